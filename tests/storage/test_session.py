"""The unit of work on either kind of database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, text

from storage import session as session_room
from storage.faults import is_collision
from storage.session import DatabaseFault, open_engine, unit_of_work
from storage.tables import candidates


def test_a_lock_that_does_not_come_free_is_a_collision_and_not_an_endless_wait(
    postgresql_books_url, monkeypatch
):
    monkeypatch.setattr(session_room, "LOCK_PATIENCE", "50ms")
    engine = open_engine(postgresql_books_url)
    begin = unit_of_work(engine)
    with begin() as holder:
        holder.execute(text("LOCK TABLE people"))
        with pytest.raises(DatabaseFault) as fault, begin() as session:
            session.execute(text("SELECT 1 FROM people"))
    assert is_collision(fault.value)
    engine.dispose()


def test_a_statement_that_takes_too_long_is_a_collision_too(postgresql_books_url, monkeypatch):
    monkeypatch.setattr(session_room, "PATIENCE", "50ms")
    engine = open_engine(postgresql_books_url)
    with pytest.raises(DatabaseFault) as fault, unit_of_work(engine)() as session:
        session.execute(text("SELECT pg_sleep(60)"))
    assert is_collision(fault.value)
    engine.dispose()


def test_a_fault_does_not_tell_what_the_statement_was_given(books_url):
    engine = open_engine(books_url)
    somebody = {
        "unit_id": 1,
        "name": "Nguyễn Thị Hoa",
        "folded": "nguyen thi hoa",
        "closed_on": date(2022, 3, 1),
    }
    with pytest.raises(DatabaseFault) as fault, unit_of_work(engine)() as session:
        session.execute(insert(candidates), [somebody | {"closed_because": "moved"}])
    engine.dispose()
    assert "candidates" in str(fault.value)
    assert "Hoa" not in str(fault.value).partition("DETAIL")[0]
