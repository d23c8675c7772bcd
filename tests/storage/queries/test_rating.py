"""What the rating rests on, as the books stood at a moment: filed before the close, corrected after it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import insert

from domain.commands import NewMember
from domain.errors import NoPlan
from domain.office import Office
from domain.period import Quarter
from storage.queries import admissions
from storage.queries.admissions import Entry, Origin
from storage.queries.rating import rating
from storage.tables import filings
from tests.harness.district import lay_down

OFFICE = Office()


def at(month: int, day: int, hour: int = 9, year: int = 2022) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 0, 1, 2)})


@pytest.fixture
def files(begin, ids):
    def one(unit: str, number: int, when: datetime, until: datetime | None = None) -> None:
        row = {
            "unit_id": ids[unit],
            "quarter": Quarter(2022, number),
            "kind": "filed",
            "admitted": 1,
            "from_at": when,
            "until_at": until,
        }
        with begin() as session:
            session.execute(insert(filings).values(row))

    return one


@pytest.fixture
def reports(begin, ids):
    serials = iter(range(1, 50))

    def one(unit: str, ceremony: date, when: datetime) -> None:
        entry = Entry(
            unit=ids[unit],
            cell=None,
            year=2022,
            serial=next(serials),
            member=NewMember(name="Vi Văn An", ceremony_on=ceremony),
            folded="vi van an",
            decision_no=None,
        )
        with begin() as session:
            admissions.record(session, entry, Origin(at=when, said_at=when))

    return one


@pytest.fixture
def rows(begin):
    def read(when: datetime) -> dict[str, tuple[int, int, int, int, int]]:
        with begin() as session:
            found = rating(session, 2022, when, OFFICE)
        return {
            row.unit.short: (row.assigned, row.admitted, row.due, row.on_time, row.corrected)
            for row in found.rows
        }

    return read


def test_a_quarter_without_a_target_is_not_due_and_one_that_is_open_only_when_it_is_filed(rows, files):
    assert rows(at(4, 5)) == {"Biên Sơn": (5, 0, 0, 0, 0), "Trù Hựu": (5, 0, 0, 0, 0)}
    files("Biên Sơn", 1, at(4, 4))
    assert rows(at(4, 5))["Biên Sơn"] == (5, 0, 1, 1, 0)
    assert rows(at(4, 6)) == {"Biên Sơn": (5, 0, 1, 1, 0), "Trù Hựu": (5, 0, 1, 0, 0)}
    assert rows(at(1, 20, year=2023)) == {"Biên Sơn": (5, 0, 3, 1, 0), "Trù Hựu": (5, 0, 3, 0, 0)}


def test_what_is_filed_after_the_close_is_late_and_what_was_opened_again_before_it_counts_not(rows, files):
    files("Biên Sơn", 1, at(4, 6, 1))
    files("Trù Hựu", 1, at(3, 30), until=at(4, 2))
    assert rows(at(4, 20)) == {"Biên Sơn": (5, 0, 1, 0, 0), "Trù Hựu": (5, 0, 1, 0, 0)}


def test_a_correction_after_the_close_takes_no_punctuality_away(rows, files, reports):
    files("Biên Sơn", 1, at(4, 4), until=at(4, 10))
    reports("Biên Sơn", date(2022, 3, 10), at(3, 12))
    reports("Biên Sơn", date(2022, 3, 11), at(4, 10))
    reports("Biên Sơn", date(2022, 4, 11), at(4, 12))
    assert rows(at(4, 20))["Biên Sơn"] == (5, 3, 1, 1, 1)
    assert rows(at(4, 9))["Biên Sơn"] == (5, 1, 1, 1, 0)  # as the books stood then


def test_a_year_without_a_plan_is_rated_by_nobody(begin, ids):
    with begin() as session, pytest.raises(NoPlan):
        rating(session, 2021, at(4, 1), OFFICE)
