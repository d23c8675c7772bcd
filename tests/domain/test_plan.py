from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.plan import Plan, PlanRow, UnitTargets
from domain.plan_changes import plan_changes
from domain.plan_units import units_of_rows


def unit(number: int, name: str, code: str) -> Unit:
    return Unit(id=UnitId(number), kind=UnitKind.GRASSROOTS, name=name, short=name, code=code)


def row(name: str, position: int = 1) -> PlanRow:
    return PlanRow(line=0, block=3, position=position, name=name, total=0, quarters=(0, 0, 0, 0))


CHU = unit(1, "Chũ", "CHU")
PLAN = Plan(
    year=2022,
    number="72-KH/HU",
    signed_on=date(2022, 2, 11),
    pledged=10,
    targets=(UnitTargets(unit=CHU, quarters=(2, 4, 3, 2)),),
)


def test_assigned_is_the_sum_of_the_targets_and_not_what_is_pledged():
    assert (PLAN.assigned, PLAN.pledged) == (11, 10)
    assert PLAN.assigned_in(Quarter(2022, 2)) == 4
    assert (PLAN.heads_rate, PLAN.grace_days) == (90, 5)


def test_a_plan_does_not_differ_from_itself():
    assert plan_changes(PLAN, PLAN) == ()


def test_every_term_that_differs_is_named():
    other = replace(
        PLAN, number="73-KH/HU", signed_on=date(2022, 3, 1), pledged=12, heads_rate=95, grace_days=3
    )
    assert [change.sentence for change in plan_changes(PLAN, other)] == [
        "Số kế hoạch: đang là 72-KH/HU, nay là 73-KH/HU.",
        "Ngày ký: đang là 11/02/2022, nay là 01/03/2022.",
        "Mục tiêu: đang là 10, nay là 12.",
        "Tỷ lệ trưởng thôn là đảng viên: đang là 90%, nay là 95%.",
        "Số ngày chờ sau cuối quý: đang là 5, nay là 3.",
    ]


def test_a_row_is_the_unit_that_goes_by_its_name_whatever_its_spelling():
    (found,) = units_of_rows([row("THỊ TRẤN CHU")], [replace(CHU, aliases=("thị trấn Chũ",))], (), ())
    assert (found.id, found.block, found.position) == (1, 3, 1)


def test_a_new_unit_is_named_after_its_row_with_a_code_of_its_own():
    first, second = units_of_rows([row("Đảng bộ xã Tân Sơn"), row("Thanh Sơn", 2)], [CHU], (), {"TS"})
    assert (first.short, first.name, first.code) == ("Tân Sơn", "Đảng bộ xã Tân Sơn", "TSO")
    assert second.code == "TSON"
    assert first.id < 0 > second.id != first.id


def test_a_new_unit_that_is_described_keeps_its_description_unless_its_code_is_taken():
    (found,) = units_of_rows([row("Chũ")], (), [replace(CHU, aliases=("phố Chũ",))], {"CHU"})
    assert found.aliases == ("phố Chũ",)
    assert found.code != "CHU"
