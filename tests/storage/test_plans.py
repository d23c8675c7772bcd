from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from domain.organisation import UnitKind
from domain.period import Quarter
from domain.plan import Plan, PlanRow
from domain.plan_table import accepted_rows
from messages.figures.plan_file import read_plan_file
from storage.data import shipped_plan, shipped_plan_path, shipped_units
from storage.queries.plans import ImportOutcome, import_plan, plan_of, plan_years
from storage.queries.units import all_units
from storage.tables import audit, plans, targets, units

NOW = datetime(2022, 3, 24, 0, 55, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ROWS = accepted_rows(read_plan_file(shipped_plan_path().read_bytes()))


def counts(session) -> list[int]:
    return [
        session.execute(select(func.count()).select_from(t)).scalar_one()
        for t in (units, plans, targets, audit)
    ]


def changed(unit: str, **fields) -> list[PlanRow]:
    return [replace(row, **fields) if row.name == unit else row for row in ROWS]


def test_the_shipped_plan_comes_back_as_it_was_imported(begin):
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), ROWS, at=NOW)
    with begin() as session:
        plan = plan_of(session, 2022)
    assert outcome.outcome is ImportOutcome.IMPORTED
    assert outcome.plan == plan
    assert (plan.pledged, plan.assigned, plan.number, plan.signed_on) == (
        200,
        220,
        "72-KH/HU",
        date(2022, 2, 11),
    )
    assert [plan.assigned_in(Quarter(2022, n)) for n in (1, 2, 3, 4)] == [46, 71, 72, 31]
    assert [(t.unit.name, t.quarters) for t in plan.targets] == [(row.name, row.quarters) for row in ROWS]


def test_the_units_are_entered_below_the_district_as_they_are_shipped(begin):
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
        found = all_units(session, date(2022, 1, 1))
    district = next(unit for unit in found if unit.kind is UnitKind.DISTRICT)
    grassroots = [unit for unit in found if unit.kind is UnitKind.GRASSROOTS]
    assert [replace(unit, id=0, parent=None) for unit in grassroots] == [
        replace(unit, id=0) for unit in shipped_units()
    ]
    assert {unit.parent for unit in grassroots} == {district.id}


def test_the_same_plan_again_changes_nothing_and_says_so(begin):
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
        before = counts(session)
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), ROWS, at=LATER, reason="lần nữa")
        assert counts(session) == before
    assert outcome.outcome is ImportOutcome.UNCHANGED
    assert outcome.changes == ()


def test_a_changed_plan_without_a_reason_is_left_out_and_every_difference_named(begin):
    rows = changed("Chũ", total=10, quarters=(2, 4, 3, 1))
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
        before = counts(session)
    with begin() as session:
        outcome = import_plan(session, replace(shipped_plan(), pledged=210), rows, at=LATER)
        assert counts(session) == before
        assert plan_of(session, 2022).assigned == 220
    assert outcome.outcome is ImportOutcome.DIFFERS
    assert [change.sentence for change in outcome.changes] == [
        "Mục tiêu: đang là 200, nay là 210.",
        "Chũ, quý IV: đang giao 2, tệp ghi 1.",
    ]


def test_an_amendment_holds_from_its_moment_and_the_old_figure_stays_readable(begin):
    rows = changed("Chũ", total=10, quarters=(2, 4, 3, 1))
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), rows, at=LATER, reason="Công văn 15")
        assert outcome.outcome is ImportOutcome.AMENDED
    with begin() as session:
        assert plan_of(session, 2022) == outcome.plan
        assert [plan_of(session, 2022, at).assigned for at in (NOW, LATER)] == [220, 219]
        reasons = (
            session.execute(select(targets.c.reason).where(targets.c.reason.is_not(None))).scalars().all()
        )
        assert reasons == ["Công văn 15"]
        assert session.execute(select(audit.c.act).order_by(audit.c.id)).scalars().all() == [
            "import plan",
            "amend plan",
        ]


def test_an_amendment_may_bring_a_unit_and_leave_one_out(begin):
    new = PlanRow(
        line=0, block=2, position=26, name="Chi bộ Công ty CP Mới Lập", total=1, quarters=(0, 0, 0, 1)
    )
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), [*ROWS[:-1], new], at=LATER, reason="Công văn 16")
    assert [change.sentence for change in outcome.changes] == [
        "Công ty CP Mới Lập: thêm vào kế hoạch, giao 1 (0 + 0 + 0 + 1).",
        "Y Dược Bắc Thăng Long, quý II: đang giao 2, tệp ghi 0.",
        "Y Dược Bắc Thăng Long, quý III: đang giao 2, tệp ghi 0.",
    ]
    with begin() as session:
        plan = plan_of(session, 2022)
    assert plan.assigned == 217
    assert {t.unit.short: t.quarters for t in plan.targets}["Y Dược Bắc Thăng Long"] == (0, 0, 0, 0)
    assert {t.unit.short: t.unit.code for t in plan.targets}["Công ty CP Mới Lập"] == "ML"


def test_a_check_writes_nothing(begin):
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), ROWS, at=NOW, only_check=True)
        assert counts(session) == [0, 0, 0, 0]
    assert outcome.outcome is ImportOutcome.IMPORTED
    assert len(outcome.new_units) == 55


def test_two_rows_that_are_one_unit_are_refused(begin):
    twice = changed("Biển Động", name="xã Biên Sơn")
    with begin() as session:
        outcome = import_plan(session, shipped_plan(), twice, at=NOW)
        assert counts(session) == [0, 0, 0, 0]
    assert outcome.outcome is ImportOutcome.REFUSED
    assert [fault.sentence for fault in outcome.faults] == [
        "Dòng 3, xã Biên Sơn: đơn vị này đã có ở dòng 2 («Biên Sơn»)."
    ]


def test_a_unit_is_known_by_another_spelling_in_the_next_years_plan(begin):
    plan = Plan(year=2023, number="80-KH/HU", signed_on=date(2023, 2, 1), pledged=210)
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=NOW)
        outcome = import_plan(session, plan, changed("Sa Lý", name="Xa Lý"), at=LATER)
        assert outcome.new_units == ()
        assert plan_years(session) == (2022, 2023)
        assert plan_of(session, 2024) is None


def test_the_targets_hold_from_the_first_day_of_the_year(begin):
    with begin() as session:
        import_plan(session, shipped_plan(), ROWS, at=datetime(2026, 5, 1, tzinfo=UTC))
        assert plan_of(session, 2022, datetime(2021, 12, 31, 17, tzinfo=UTC)).assigned == 220
