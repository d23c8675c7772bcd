"""A copy of the books: the same rows, whatever they are kept in, and nothing done to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select, text

from domain.people import Role
from storage.copy_of_books import NoBooks, copy_of
from storage.queries import outbox, senders
from storage.queries.outbox import Draft
from storage.readiness import Readiness, readiness
from storage.session import open_engine, unit_of_work
from storage.tables import addresses, metadata, people
from tests.harness.contents import contents
from tests.harness.district import add_person, admit

AT = datetime(2022, 3, 24, 1, tzinfo=UTC)


@pytest.fixture
def engine(plan_url):
    """The plan of 2022, an admission, and messages with and without what JSON holds."""
    engine = open_engine(plan_url)
    with unit_of_work(engine)() as session:
        person = add_person(session, "Vi Văn Sơn", [(2, Role.SECRETARY)], ("telegram",))
        admit(session, 2, AT.date(), at=AT)
        senders.lock_senders(session, [("telegram", f"telegram-{person}")], AT)
        to = session.execute(select(addresses.c.id)).scalar_one()
        outbox.put(session, Draft(address_id=to, kind="reminder", text="một", about={"kind": "x"}), AT)
        outbox.put(session, Draft(address_id=to, kind="reply", text="hai", choices=(("a", "Đúng"),)), AT)
    yield engine
    engine.dispose()


def test_a_copy_holds_the_same_rows_in_every_table(engine):
    with copy_of(engine) as copy:
        assert readiness(copy) is Readiness.READY
        assert contents(copy) == contents(engine)


def test_of_what_is_null_and_what_is_json_null_each_stays_what_it_is(engine):
    kinds = text("SELECT about IS NULL, encloses IS NULL FROM outbox ORDER BY id")
    with copy_of(engine) as copy, copy.connect() as there, engine.connect() as here:
        assert [tuple(map(bool, row)) for row in there.execute(kinds)] == [
            tuple(map(bool, row)) for row in here.execute(kinds)
        ]


def test_what_is_written_into_a_copy_is_not_in_the_books(engine):
    before = contents(engine)
    with copy_of(engine) as copy, copy.begin() as session:
        session.execute(insert(people).values(name="Ai", created_at=AT))
        assert session.execute(select(func.count()).select_from(people)).scalar() == 2
    assert contents(engine) == before


def test_copying_leaves_the_file_and_its_folder_as_they_were(sqlite_plan_url, tmp_path):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    engine = open_engine(sqlite_plan_url)
    with copy_of(engine):
        pass
    engine.dispose()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_copy_has_also_what_is_still_in_the_journal(sqlite_plan_url):
    engine = open_engine(sqlite_plan_url)
    with engine.connect() as running:
        running.execute(insert(people).values(name="Ai", created_at=AT))
        running.commit()
        with copy_of(engine) as copy, copy.connect() as session:
            assert session.execute(select(people.c.name)).scalars().all() == ["Ai"]
    engine.dispose()


def test_where_there_is_no_file_none_is_made(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'không-có.db'}")
    with pytest.raises(NoBooks), copy_of(engine):
        pass
    assert not list(tmp_path.iterdir())


def test_every_table_is_looked_at(engine):
    assert set(contents(engine)) == set(metadata.tables)
