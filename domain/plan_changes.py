"""How another plan of a year differs from the one on the books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.organisation import Unit
from domain.period import Quarter
from domain.plan import Plan, Quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange:
    """A unit's target of a quarter that is another one in the file than on the books."""

    unit: Unit
    quarter: Quarter
    before: int
    after: int

    @property
    def sentence(self) -> str:
        return f"{self.unit.short}, {self.quarter.name}: đang giao {self.before}, tệp ghi {self.after}."

    @property
    def targets(self) -> tuple[TargetChange, ...]:
        return (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded:
    """A unit that was not in the plan, with what it is assigned."""

    unit: Unit
    year: int
    quarters: Quarters

    @property
    def sentence(self) -> str:
        parts = " + ".join(str(figure) for figure in self.quarters)
        return f"{self.unit.short}: thêm vào kế hoạch, giao {sum(self.quarters)} ({parts})."

    @property
    def targets(self) -> tuple[TargetChange, ...]:
        return tuple(
            TargetChange(unit=self.unit, quarter=Quarter(self.year, number), before=0, after=figure)
            for number, figure in enumerate(self.quarters, start=1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """Something that the plan says as a whole and that is another than on the books."""

    term: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        return f"{self.term}: đang là {self.before}, nay là {self.after}."

    @property
    def targets(self) -> tuple[TargetChange, ...]:
        return ()


PlanChange = TargetChange | UnitAdded | TermChange
"""`sentence` says it in Vietnamese; `targets` are the figures that it gives to the books."""


def plan_changes(old: Plan, new: Plan) -> tuple[PlanChange, ...]:
    """What differs, the terms first and then the targets in the new plan's order.

    A unit that the new plan leaves out has nothing assigned any more; it stays in the plan with 0.
    """
    before = {target.unit.id: target for target in old.targets}
    after = {target.unit.id: target for target in new.targets}
    left_out = [target for unit_id, target in before.items() if unit_id not in after]
    changes: list[PlanChange] = [*_term_changes(old, new)]
    for target in new.targets:
        known = before.get(target.unit.id)
        if known is None:
            changes.append(UnitAdded(unit=target.unit, year=new.year, quarters=target.quarters))
        else:
            changes.extend(_target_changes(target.unit, new.year, known.quarters, target.quarters))
    for target in left_out:
        changes.extend(_target_changes(target.unit, new.year, target.quarters, (0, 0, 0, 0)))
    return tuple(changes)


def _term_changes(old: Plan, new: Plan) -> Iterator[TermChange]:
    terms = (
        ("Số kế hoạch", old.number, new.number),
        ("Ngày ký", f"{old.signed_on:%d/%m/%Y}", f"{new.signed_on:%d/%m/%Y}"),
        ("Mục tiêu", str(old.pledged), str(new.pledged)),
        ("Tỷ lệ trưởng thôn là đảng viên", f"{old.heads_rate}%", f"{new.heads_rate}%"),
        ("Số ngày chờ sau cuối quý", str(old.grace_days), str(new.grace_days)),
    )
    return (
        TermChange(term=term, before=before, after=after) for term, before, after in terms if before != after
    )


def _target_changes(unit: Unit, year: int, before: Quarters, after: Quarters) -> Iterator[TargetChange]:
    for number, (was, now) in enumerate(zip(before, after, strict=True), start=1):
        if was != now:
            yield TargetChange(unit=unit, quarter=Quarter(year, number), before=was, after=now)
