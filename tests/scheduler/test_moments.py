"""The moments at which something can fall due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from domain.deadline import Step
from domain.office import Office
from domain.people import Role
from scheduler.days_off import timetable_of
from scheduler.moments import hours_of, moments_between
from tests.harness.district import admit, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)


def at(day: int, month: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Trù Hựu": (2, 1, 1, 2)})


def test_each_working_day_has_the_hours_of_the_timetable(begin, ids):
    with begin() as session:
        found = moments_between(session, at(26, 3, 9), at(29, 3), TIMES)  # Saturday to Monday
    assert found == [at(26, 3, 9), at(26, 3, 16), at(26, 3, 17), at(28, 3, 8), at(28, 3, 16), at(28, 3, 17)]


def test_a_closing_is_seen_to_at_midnight_and_told_in_the_morning(begin, ids):
    with begin() as session:
        found = moments_between(session, at(5, 4, 20), at(6, 4, 9), TIMES)
    assert found == [at(5, 4, 20), at(6, 4), at(6, 4, 7), at(6, 4, 8)]


def test_what_the_books_hold_of_that_time_is_followed(begin, ids):
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 20), at=at(26, 3, 9, 20))
        found = moments_between(session, at(26, 3, 9), at(26, 3, 17), TIMES)
    assert found == [at(26, 3, 9), at(26, 3, 9, 20), at(26, 3, 10), at(26, 3, 16)]


def test_an_hour_outside_those_fit_for_speaking_waits_for_them():
    steps = (
        Step(name="early", days=-1, at=time(5, 30), to=frozenset({Role.SECRETARY})),
        Step(name="late", days=0, at=time(14, 30), to=frozenset({Role.SECRETARY})),
    )
    assert hours_of(replace(TIMES, steps=steps)) == (time(7), time(8), time(14, 30), time(16), time(17))
