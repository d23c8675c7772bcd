"""A plan as text for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import shorten
from typing import Final

from domain.period import ROMAN
from domain.plan import Plan, UnitTargets

_NAME_WIDTH: Final = 46


def plan_title(plan: Plan) -> str:
    """The plan in one line: `Kế hoạch 72-KH/HU năm 2022`."""
    return f"Kế hoạch {plan.number} năm {plan.year}"


def plan_summary(plan: Plan) -> str:
    """The plan's sums in a few lines: the two denominators, the quarters, the tables."""
    quarters = " · ".join(
        f"quý {name} {figure}" for name, figure in zip(ROMAN, _sums(plan.targets)[1:], strict=True)
    )
    return "\n".join(
        [
            f"  Mục tiêu {plan.pledged} · giao {plan.assigned} · {len(plan.targets)} đơn vị",
            f"  {quarters[:1].upper()}{quarters[1:]}",
            *(
                f"  Biểu {block}: {len(targets)} đơn vị, giao {_sums(targets)[0]}"
                for block, targets in _blocks(plan)
            ),
        ]
    )


def plan_table(plan: Plan) -> str:
    """The plan with a line for each unit and the sums of each table."""
    lines = [
        f"{plan_title(plan)}, ký ngày {plan.signed_on:%d/%m/%Y}",
        f"Mục tiêu {plan.pledged} · giao {plan.assigned} · trưởng thôn là đảng viên từ {plan.heads_rate}%",
        "",
        _line("TT", "Đơn vị", "Mã", ["Năm", *ROMAN]),
    ]
    for block, targets in _blocks(plan):
        lines.append(f"Biểu {block}")
        lines += [
            _line(str(each.unit.position), each.unit.short, each.unit.code, [each.year, *each.quarters])
            for each in targets
        ]
        lines.append(_line("", "Cộng", "", _sums(targets)))
    return "\n".join([*lines, _line("", "Tổng cộng", "", _sums(plan.targets))])


def _blocks(plan: Plan) -> list[tuple[int, tuple[UnitTargets, ...]]]:
    return [
        (block, tuple(targets)) for block, targets in groupby(plan.targets, key=lambda each: each.unit.block)
    ]


def _sums(targets: Sequence[UnitTargets]) -> list[int]:
    return [
        sum(each.year for each in targets),
        *(sum(each.quarters[n] for each in targets) for n in range(4)),
    ]


def _line(number: str, name: str, code: str, figures: Iterable[object]) -> str:
    fitted = shorten(name, _NAME_WIDTH, placeholder="…")
    return f"{number:>3} {fitted:<{_NAME_WIDTH}} {code:<4}" + "".join(f"{figure!s:>5}" for figure in figures)
