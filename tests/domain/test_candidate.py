"""Which steps follow which, and between which days a step can lie."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.candidate import (
    ORDER,
    Candidate,
    CandidateId,
    Step,
    Taken,
    bounds_of,
    candidate_code,
    candidate_of_code,
    has_committee,
    in_order,
    skipped_by,
    steps_to_take,
)
from domain.organisation import Unit, UnitId, UnitKind

FIRST = date(2022, 1, 1)


def candidate(*steps: Step, **told) -> Candidate:
    """Somebody who took a step a month."""
    taken = [
        Taken(id=number, step=step, on=FIRST + timedelta(days=30 * number))
        for number, step in enumerate(steps)
    ]
    return Candidate(
        id=CandidateId(7),
        unit=UnitId(1),
        name="Vi Thị Hạ",
        folded="vi thi ha",
        gender=None,
        birth_year=told.get("birth_year"),
        birth_date=told.get("birth_date"),
        steps=in_order(taken),
    )


def test_the_step_that_follows_is_offered_first_and_what_was_left_out_last():
    someone = candidate(Step.LISTED, Step.TRAINED)
    assert steps_to_take(someone, committee=True) == (
        Step.APPLIED,
        Step.VETTED,
        Step.RECOMMENDED,
        Step.CELL_RESOLVED,
        Step.COMMITTEE_RESOLVED,
        Step.DECIDED,
        Step.ADMITTED,
        Step.MENTORED,
    )


def test_no_committee_votes_where_a_cell_reports_straight_to_the_district():
    someone = candidate(Step.LISTED, Step.CELL_RESOLVED)
    assert Step.COMMITTEE_RESOLVED not in steps_to_take(someone, committee=False)
    assert skipped_by(someone, Step.DECIDED, committee=False) == ()
    assert skipped_by(someone, Step.DECIDED, committee=True) == (Step.COMMITTEE_RESOLVED,)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Biên Sơn", UnitKind.GRASSROOTS, True),
        ("Đảng bộ Công an", UnitKind.GRASSROOTS, True),
        ("Chi bộ Trường THPT Lục Ngạn số 3", UnitKind.GRASSROOTS, False),
    ],
)
def test_a_grassroots_organisation_has_a_committee_unless_it_is_a_cell_itself(name, kind, expected):
    unit = Unit(id=UnitId(1), kind=kind, name=name, short=name, code="X")
    assert has_committee(unit) is expected


def test_who_is_admitted_can_only_be_confirmed():
    assert steps_to_take(candidate(Step.LISTED, Step.ADMITTED), committee=True) == (Step.CONFIRMED,)
    assert steps_to_take(candidate(Step.ADMITTED, Step.CONFIRMED), committee=True) == ()


def test_a_step_lies_between_its_neighbours_and_the_day_of_being_listed_binds_nothing():
    someone = candidate(Step.LISTED, Step.TRAINED, Step.VETTED)
    before, after = bounds_of(someone, Step.APPLIED)
    assert (before, after) == (someone.taken(Step.TRAINED), someone.taken(Step.VETTED))
    assert bounds_of(someone, Step.MENTORED) == (None, someone.taken(Step.TRAINED))


@given(st.lists(st.sampled_from(ORDER[:-2]), min_size=1, unique=True), st.booleans())
def test_every_step_is_taken_left_or_another_kind_of_units(steps, committee):
    someone = candidate(*steps)
    left = steps_to_take(someone, committee=committee)
    assert not {taken.step for taken in someone.steps} & set(left)
    missing = {Step.CONFIRMED} | ({Step.COMMITTEE_RESOLVED} if not committee else set())
    assert {*left, *(taken.step for taken in someone.steps)} >= set(ORDER) - missing
    for step in left:
        further = ORDER.index(step) > ORDER.index(someone.step)
        skipped = skipped_by(someone, step, committee)
        assert further or not skipped
        assert step not in skipped
        assert not {taken.step for taken in someone.steps} & set(skipped)


def test_a_code_reads_back_as_its_candidate_and_no_other_code_does():
    assert candidate_of_code(candidate_code(CandidateId(12))) == 12
    assert [candidate_of_code(code) for code in ("BS-22-01", "VM-3", "QC-", "12")] == [None] * 4
