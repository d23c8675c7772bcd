"""What is told of a candidate whose papers lie still, or whose years are too few or too many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.candidate import Step
from domain.candidate_limits import (
    Concern,
    age_concern,
    months_before,
    months_between,
    remarks_on,
    working_days_between,
)
from tests.domain.test_candidate import candidate

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def told(today: date, *steps: Step, **who) -> list[tuple[Concern, int]]:
    return [(remark.concern, remark.figure) for remark in remarks_on(candidate(*steps, **who), today)]


def test_papers_that_lie_still_for_twelve_months_are_told_of():
    assert told(date(2022, 12, 31), Step.LISTED) == []
    assert told(date(2023, 2, 5), Step.LISTED) == [(Concern.IDLE, 13)]


def test_a_certificate_is_told_of_after_sixty_months():
    assert told(date(2026, 12, 1), Step.TRAINED, Step.APPLIED)[0] == (Concern.IDLE, 58)
    assert told(date(2027, 1, 1), Step.TRAINED, Step.APPLIED)[0] == (Concern.CERTIFICATE_OLD, 60)


def test_a_decision_is_late_after_sixty_working_days_and_a_ceremony_after_thirty():
    assert told(date(2022, 3, 25), Step.CELL_RESOLVED) == []
    assert told(date(2022, 3, 28), Step.CELL_RESOLVED) == [(Concern.DECISION_LATE, 61)]
    assert told(date(2022, 2, 11), Step.DECIDED) == []
    assert told(date(2022, 2, 14), Step.DECIDED) == [(Concern.CEREMONY_LATE, 31)]


def test_who_was_admitted_is_due_for_confirmation_after_twelve_months():
    assert told(date(2022, 12, 31), Step.ADMITTED, birth_year=1930) == []
    assert told(date(2023, 1, 1), Step.ADMITTED) == [(Concern.CONFIRMATION_DUE, 12)]


@pytest.mark.parametrize(
    ("year", "born", "concern"),
    [
        (2004, None, None),
        (2005, None, Concern.TOO_YOUNG),
        (1962, None, None),
        (1961, None, Concern.TOO_OLD),
        (2004, date(2004, 4, 1), Concern.TOO_YOUNG),
        (2004, date(2004, 3, 31), None),
        (1962, date(1962, 3, 1), None),
        (1962, date(1962, 2, 28), Concern.TOO_OLD),
        (None, None, None),
    ],
)
def test_age_counts_by_months_where_the_day_of_birth_is_known(year, born, concern):
    assert age_concern(year, born, date(2022, 3, 20)) is concern


def test_the_age_that_counts_is_that_at_the_cells_vote():
    assert told(date(2022, 1, 10), Step.CELL_RESOLVED, birth_date=date(2004, 2, 1)) == [
        (Concern.TOO_YOUNG, 0)
    ]
    assert told(date(2022, 2, 10), Step.LISTED, birth_date=date(2004, 2, 1)) == []


@given(days, st.integers(0, 100))
def test_so_many_months_before_are_so_many_months_between(day, months):
    earlier = months_before(day, months)
    assert months_between(earlier, day) == months
    assert earlier.day <= day.day


@given(days, st.integers(0, 400))
def test_five_days_of_seven_are_working_days(day, number):
    later = day + timedelta(days=number)
    assert abs(working_days_between(day, later) - number * 5 / 7) < 2
