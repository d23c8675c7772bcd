from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.engine import make_url

from storage.queries import people
from storage.queries.plans import plan_of
from storage.session import open_engine, unit_of_work
from storage.tables import targets, units
from tests.harness.browser import chromium
from tests.harness.plan import SIGNED


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_gets_a_database_without_the_tables_of_the_one_before(database_url: str, turn: str) -> None:
    url = make_url(database_url)
    engine = create_engine(
        url.set(drivername="postgresql+psycopg") if "postgresql" in url.drivername else url
    )
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE traces (word TEXT)"))
        connection.execute(text("INSERT INTO traces VALUES ('đồng chí')"))
        assert connection.execute(text("SELECT word FROM traces")).scalar_one() == "đồng chí"
    engine.dispose()


def test_the_postgresql_address_is_one_that_people_would_write(postgresql_url: str) -> None:
    assert postgresql_url.startswith("postgresql://")


@pytest.mark.browser
def test_the_browser_that_is_named_exists(chromium_path: str) -> None:
    assert Path(chromium_path).exists()


def test_without_a_browser_a_test_is_skipped() -> None:
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        chromium(["no-such-browser"], ci=False)


def test_without_a_browser_a_test_fails_in_ci() -> None:
    with pytest.raises(pytest.fail.Exception, match="CI=true"):
        chromium(["no-such-browser"], ci=True)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_prepared_books_are_as_new_for_each_test(plan_url: str, turn: str) -> None:
    engine = open_engine(plan_url)
    with unit_of_work(engine)() as session:
        plan = plan_of(session, 2022)
        assert plan is not None
        assert plan.assigned == 220
        assert people.add(session, "Vi Văn Toàn", SIGNED) == 1
        session.execute(update(units).values(name="đổi tên"))
        session.execute(delete(targets))
    engine.dispose()
