"""The roll-up on both databases: as of any moment, by either date, equal to an independent count."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from domain.errors import NoPlan
from domain.facts import Schooling
from domain.office import CountBy, Office
from domain.period import Quarter
from domain.progress import Filed, FilingKind, FilingState, Tally, Verdict
from storage.queries.plan_terms import plan_terms
from storage.queries.rollup import roll_up
from storage.queries.unit_entry import end_unit
from storage.session import Session, savepoint
from tests.harness.books import example
from tests.harness.district import add_unit, admit, file_quarter, lay_down, revise

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
OFFICE = Office()
ASSIGNED = {
    "Biên Sơn": (1, 2, 2, 0),
    "Trù Hựu": (2, 1, 1, 2),
    "Kim Sơn": (0, 2, 1, 1),
    "Tòa án": (0, 0, 0, 0),
}


def at(month: int, day: int, hour: int = 3) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=UTC)


def row(session: Session, name: str, as_of: datetime, quarter: Quarter = Q1, office: Office = OFFICE):
    return next(each for each in roll_up(session, quarter, as_of, office).units if each.unit.name == name)


def test_the_rows_are_the_plans_in_its_order_with_their_targets(session):
    lay_down(session, ASSIGNED)
    whole = roll_up(session, Q2, at(6, 1), OFFICE)
    assert [each.unit.name for each in whole.units] == list(ASSIGNED)
    assert whole.units[1].target == Tally(quarter=1, to_date=3, year=6)
    assert whole.target == Tally(quarter=5, to_date=8, year=15)
    assert (whole.plan.number, whole.plan.pledged, whole.assigned) == ("72-KH/HU", 200, 15)
    assert whole.district == "Lục Ngạn"


def test_a_year_without_a_plan_is_refused(session):
    assert plan_terms(session, 2023) is None
    with pytest.raises(NoPlan):
        roll_up(session, Quarter(2023, 1), at(3, 1), OFFICE)


def test_the_five_states_are_told_apart(session):
    ids = lay_down(session, ASSIGNED | {"Chũ": (2, 0, 0, 0), "Sa Lý": (1, 0, 0, 0)})
    admit(session, ids["Biên Sơn"], date(2022, 3, 10))
    admit(session, ids["Trù Hựu"], date(2022, 3, 10))
    file_quarter(session, ids["Biên Sơn"], Q1, "filed", at(3, 20))
    file_quarter(session, ids["Chũ"], Q1, "nil", at(3, 20))
    whole = roll_up(session, Q1, at(3, 30), OFFICE)
    assert [each.filing for each in whole.units] == [
        FilingState.FILED,
        FilingState.DRAFT,
        FilingState.NOT_DUE,
        FilingState.NOT_DUE,
        FilingState.NIL,
        FilingState.SILENT,
    ]
    assert [each.verdict for each in whole.units][:3] == [Verdict.MET, Verdict.BELOW, Verdict.NONE]


def test_the_books_are_read_as_they_stood(session):
    ids = lay_down(session, ASSIGNED)
    admission = admit(session, ids["Biên Sơn"], date(2022, 3, 10), at=at(3, 11))
    revise(session, admission, at(3, 20), ceremony_on=date(2022, 4, 2))
    revise(session, admission, at(4, 3), withdrawn=True)
    file_quarter(session, ids["Biên Sơn"], Q1, "nil", at(3, 12))
    file_quarter(session, ids["Biên Sơn"], Q1, "filed", at(3, 14))
    assert row(session, "Biên Sơn", at(3, 10)).admitted == Tally()
    assert row(session, "Biên Sơn", at(3, 11)).admitted == Tally(quarter=1, to_date=1, year=1)
    assert row(session, "Biên Sơn", at(4, 2)).admitted == Tally(year=1)
    assert row(session, "Biên Sơn", at(4, 2), Q2).admitted == Tally(quarter=1, to_date=1, year=1)
    assert row(session, "Biên Sơn", at(4, 3)).admitted == Tally()
    assert row(session, "Biên Sơn", at(3, 20)).admitted == Tally(), "the moment belongs to what begins"
    assert row(session, "Biên Sơn", at(3, 11)).filed is None
    assert row(session, "Biên Sơn", at(3, 13)).filed == Filed(kind=FilingKind.NIL, at=at(3, 12))
    assert row(session, "Biên Sơn", at(3, 13)).filing is FilingState.DRAFT
    assert row(session, "Biên Sơn", at(3, 14)).filing is FilingState.FILED


@pytest.mark.parametrize(("by", "quarter"), [(CountBy.CEREMONY, Q2), (CountBy.DECISION, Q1)])
def test_the_setting_says_which_date_counts(session, by, quarter):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 4, 2), decision_on=date(2022, 3, 28))
    counted = {
        each: row(session, "Biên Sơn", at(5, 1), each, Office(count_by=by)).admitted.quarter
        for each in (Q1, Q2)
    }
    assert counted == {Q1: int(quarter is Q1), Q2: int(quarter is Q2)}


@pytest.mark.parametrize("by", list(CountBy))
def test_the_other_date_serves_when_one_is_missing(session, by):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 3, 2))
    admit(session, ids["Biên Sơn"], None, decision_on=date(2022, 3, 2))
    assert row(session, "Biên Sơn", at(5, 1), Q1, Office(count_by=by)).admitted.quarter == 2


def test_the_breakdown_counts_what_was_said_of_the_quarters_admissions(session):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 3, 2), gender="nữ", minority=True, youth=True, rural=False)
    admit(session, ids["Trù Hựu"], date(2022, 3, 2), gender="nam", village_head=True, private_sector=True)
    admit(session, ids["Trù Hựu"], date(2022, 3, 3), schooling="university")
    admit(session, ids["Trù Hựu"], date(2022, 4, 3), gender="nữ", religious=True, schooling="primary")
    admit(session, ids["Trù Hựu"], date(2022, 3, 4), gender="nữ", minority=True, withdrawn=True)
    found = roll_up(session, Q1, at(5, 1), OFFICE).breakdown
    assert (found.women, found.minority, found.youth, found.rural) == (1, 1, 1, 0)
    assert (found.village_heads, found.private_sector, found.religious, found.sex_unknown) == (1, 1, 0, 1)
    assert found.schooling == {**dict.fromkeys(Schooling, 0), Schooling.UNIVERSITY: 1}


def test_what_begins_at_the_very_moment_counts_though_more_came_since(session):
    ids = lay_down(session, ASSIGNED)
    for day in (11, 12):
        admit(session, ids["Biên Sơn"], date(2022, 3, 10), at=at(3, day))
    assert row(session, "Biên Sơn", at(3, 11)).admitted == Tally(quarter=1, to_date=1, year=1)


def test_a_unit_without_figures_is_a_row_as_long_as_it_exists(session):
    lay_down(session, ASSIGNED)
    ended = add_unit(session, "Chi bộ cũ")
    end_unit(session, ended, date(2022, 3, 1), at(2, 20))
    names = [
        [each.unit.name for each in roll_up(session, Q1, on, OFFICE).units] for on in (at(2, 28), at(3, 2))
    ]
    assert ["Chi bộ cũ" in each for each in names] == [True, False]


def test_a_correction_after_the_close_is_singled_out(session):
    ids = lay_down(session, ASSIGNED)
    admission = admit(session, ids["Biên Sơn"], date(2022, 3, 2))
    admit(session, ids["Trù Hựu"], date(2022, 3, 2))
    revise(session, admission, at(4, 7), withdrawn=True, reason="nhầm đơn vị")
    assert roll_up(session, Q1, at(4, 6), OFFICE).amended_after_close == ()
    whole = roll_up(session, Q1, at(4, 8), OFFICE)
    assert [each.unit.name for each in whole.amended_after_close] == ["Biên Sơn"]


def test_a_unit_outside_the_annex_that_admits_is_not_lost(session):
    lay_down(session, ASSIGNED)
    other = add_unit(session, "Chi bộ mới")
    admit(session, other, date(2022, 3, 2))
    whole = roll_up(session, Q1, at(3, 30), OFFICE)
    assert whole.admitted.quarter == 1
    assert whole.units[-1].unit.name == "Chi bộ mới"


def test_units_are_known_as_they_stand_though_others_were_read_before(session):
    ids = lay_down(session, ASSIGNED)
    names = list(ASSIGNED)
    with suppress(LookupError), savepoint(session):
        end_unit(session, ids["Tòa án"], date(2022, 2, 1), at(2, 1))
        admit(session, add_unit(session, "Chi bộ mới"), date(2022, 3, 2))
        seen = roll_up(session, Q1, at(3, 30), OFFICE).units
        assert [row.unit.valid_to for row in seen] == [None, None, None, date(2022, 2, 1), None]
        raise LookupError
    whole = roll_up(session, Q1, at(3, 30), OFFICE)
    assert [(row.unit.name, row.unit.valid_to) for row in whole.units] == [(name, None) for name in names]
    end_unit(session, ids["Biên Sơn"], date(2022, 2, 1), at(2, 1))
    assert roll_up(session, Q1, at(3, 30), OFFICE).units[0].unit.valid_to == date(2022, 2, 1)


def test_the_number_of_statements_does_not_grow_with_the_units(session):
    ids = lay_down(session, {f"Xã {n}": (1, 1, 1, 1) for n in range(40)})
    for unit in ids.values():
        admit(session, unit, date(2022, 3, 2))
    seen: list[str] = []
    event.listen(session.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert roll_up(session, Q1, at(3, 30), OFFICE).admitted.quarter == 40
    assert len(seen) <= 27


days = st.dates(date(2021, 12, 20), date(2023, 1, 10))
moments = st.integers(0, 400).map(lambda n: at(1, 1) + timedelta(days=n))
changes = st.lists(st.tuples(moments, days, st.booleans()), max_size=2, unique_by=lambda c: c[0])
stories = st.lists(
    st.tuples(st.sampled_from(sorted(ASSIGNED)), days, moments, changes), min_size=1, max_size=12
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stories=stories, as_of=moments, quarter=st.integers(1, 4).map(lambda n: Quarter(2022, n)))
def test_every_number_equals_an_independent_count(session, stories, as_of, quarter):
    with example(session):
        ids = lay_down(session, ASSIGNED)
        counted: Counter[tuple[str, str]] = Counter()
        for name, on, told, later in stories:
            history = [(told, on, False)]
            admission = admit(session, ids[name], on, at=told)
            for when, day, withdrawn in sorted(each for each in later if each[0] > told):
                revise(session, admission, when, ceremony_on=day, withdrawn=withdrawn)
                history.append((when, day, withdrawn))
            known = [(day, withdrawn) for when, day, withdrawn in history if when <= as_of]
            if known and not known[-1][1]:
                day = known[-1][0]
                if day.year == 2022 and day <= (as_of + timedelta(hours=7)).date():
                    counted[name, "year"] += 1
                    counted[name, "to_date"] += day <= quarter.last_day
                    counted[name, "quarter"] += day in quarter
        whole = roll_up(session, quarter, as_of, OFFICE)
        for each in whole.units:
            for figure in ("quarter", "to_date", "year"):
                assert getattr(each.admitted, figure) == counted[each.unit.name, figure]
        assert whole.admitted.year == sum(n for (_, figure), n in counted.items() if figure == "year")


@pytest.mark.parametrize("narrow", [400, 0])
def test_of_some_units_the_rows_are_those_of_the_whole(session, monkeypatch, narrow):
    monkeypatch.setattr("storage.queries.rollup._NARROW", narrow)
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 2, 3))
    for number in (3, 4):
        admit(session, ids["Trù Hựu"], date(2022, 3, number))
    file_quarter(session, ids["Trù Hựu"], Q1, "filed", at(3, 30))
    whole = roll_up(session, Q1, at(4, 1), OFFICE)
    for some in ({"Trù Hựu"}, {"Biên Sơn", "Tòa án"}, set()):
        found = roll_up(session, Q1, at(4, 1), OFFICE, {ids[name] for name in some})
        assert found.units == tuple(each for each in whole.units if each.unit.name in some)
