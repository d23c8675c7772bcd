"""Early warning: who will miss a quarter, by the files on the way and the days that are left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.candidate import ORDER, Candidate, CandidateId, Step, Taken
from domain.office import CountBy
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import Tally, UnitProgress
from domain.warning import LEAST_DAYS, at_risk, can_make_it, is_warned_of, near_steps

Q1 = Quarter(2022, 1)
TODAY = date(2022, 3, 10)
THANH_HAI = Unit(id=UnitId(1), kind=UnitKind.GRASSROOTS, name="Thanh Hải", short="Thanh Hải", code="THA")


def row(admitted: int, target: int, number: int = 1) -> UnitProgress:
    unit = Unit(id=UnitId(number), kind=UnitKind.GRASSROOTS, name="X", short="X", code=f"U{number}")
    return UnitProgress(unit=unit, quarter=Q1, target=Tally(quarter=target), admitted=Tally(quarter=admitted))


def candidate(step: Step, on: date = date(2022, 3, 1), **others: object) -> Candidate:
    return Candidate(
        id=CandidateId(1),
        unit=THANH_HAI.id,
        name="Vi Văn An",
        folded="vi van an",
        gender=None,
        birth_year=others.get("birth_year"),
        birth_date=None,
        steps=(Taken(id=1, step=step, on=on), *others.get("more", ())),
    )


def risks(now: UnitProgress, *candidates: Candidate, today: date = TODAY, by: CountBy = CountBy.CEREMONY):
    return at_risk([now], {now.unit.id: candidates}, today, by)


def test_the_arithmetic_of_the_example():
    (risk,) = risks(row(1, 3), candidate(Step.DECIDED))
    assert (risk.missing, risk.can_make_it, risk.short) == (2, 1, 1)
    assert risk.ready == ((Step.DECIDED, 1),)


def test_enough_who_can_make_it_is_no_risk():
    assert risks(row(1, 3), candidate(Step.DECIDED), candidate(Step.CELL_RESOLVED)) == ()


@pytest.mark.parametrize("now", [row(2, 2), row(3, 2), row(0, 0)])
def test_a_unit_that_lacks_nothing_is_not_at_risk(now):
    assert risks(now) == ()


@pytest.mark.parametrize("today", [date(2021, 12, 31), date(2022, 4, 1)])
def test_there_is_no_warning_before_the_quarter_or_after_it(today):
    assert risks(row(0, 2), today=today) == ()


@pytest.mark.parametrize("step", list(LEAST_DAYS))
def test_a_step_is_near_enough_up_to_its_last_day_and_not_a_day_longer(step):
    last = Q1.last_day - timedelta(days=LEAST_DAYS[step])
    assert can_make_it(candidate(step, on=last), Q1, last, CountBy.CEREMONY)
    assert not can_make_it(candidate(step, on=last), Q1, last + timedelta(days=1), CountBy.CEREMONY)


def test_the_later_the_step_the_fewer_days_it_needs():
    days = [LEAST_DAYS[step] for step in ORDER if step in LEAST_DAYS]
    assert days == sorted(days, reverse=True)
    assert near_steps(Q1, Q1.last_day) == (Step.DECIDED,)


@pytest.mark.parametrize(
    "stopped",
    [
        candidate(Step.RECOMMENDED, on=date(2021, 2, 1)),  # idle for a year: a part has to be redone
        candidate(Step.CELL_RESOLVED, more=(Taken(id=2, step=Step.TRAINED, on=date(2016, 1, 1)),)),
        candidate(Step.RECOMMENDED, birth_year=2008),
    ],
)
def test_a_file_that_has_to_go_back_does_not_count(stopped):
    assert not can_make_it(stopped, Q1, date(2022, 2, 20), CountBy.CEREMONY)


def test_where_the_decision_counts_it_counts_in_its_own_quarter():
    assert can_make_it(candidate(Step.DECIDED, on=date(2022, 3, 1)), Q1, TODAY, CountBy.DECISION)
    assert not can_make_it(candidate(Step.DECIDED, on=date(2021, 12, 30)), Q1, TODAY, CountBy.DECISION)


def test_the_unit_that_will_lack_most_comes_first():
    rows = [row(0, 1, 1), row(0, 3, 2), row(0, 2, 3), row(1, 2, 4)]
    assert [risk.unit.id for risk in at_risk(rows, {}, TODAY, CountBy.CEREMONY)] == [2, 3, 1, 4]


def test_the_roll_up_warns_in_the_last_weeks_only():
    assert not is_warned_of(Q1, date(2022, 2, 16))
    assert is_warned_of(Q1, date(2022, 2, 17))
    assert is_warned_of(Q1, date(2022, 3, 30))
    assert not is_warned_of(Q1, date(2022, 3, 31))


@given(
    st.integers(0, 5),
    st.integers(0, 5),
    st.lists(st.sampled_from(list(LEAST_DAYS)), max_size=6),
    st.dates(Q1.first_day, Q1.last_day),
)
def test_a_warning_always_adds_up(admitted, target, steps, today):
    now, people = row(admitted, target), [candidate(step, on=today) for step in steps]
    found = risks(now, *people, today=today)
    ready = sum(can_make_it(each, Q1, today, CountBy.CEREMONY) for each in people)
    assert bool(found) == (ready < target - admitted)
    for risk in found:
        assert risk.missing == risk.can_make_it + risk.short
        assert risk.can_make_it == ready
        assert risk.short > 0
