"""Who is ready for the next class, on all lists at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.candidate import Candidate
from domain.candidate_limits import Limits
from domain.class_list import ClassList, ClassRules, ForClass, goes_again, is_of_firm, is_ready, needs_class
from domain.organisation import Unit, UnitId, UnitKind
from storage.queries.candidates import every_followed
from storage.queries.employments import employed
from storage.queries.units import units_of
from storage.session import Session


def class_list(session: Session, today: date, rules: ClassRules, limits: Limits) -> ClassList:
    """The list as the books stand on a day; of a unit, those who have waited longest come first."""
    needing = [one for one in every_followed(session) if needs_class(one, today, limits)]
    ready = [one for one in needing if is_ready(one)]
    units = _with_parents(session, ready)
    told = employed(session, [one.id for one in ready])

    def row(one: Candidate) -> ForClass:
        unit = units[one.unit]
        counted = _counted(unit, units)
        by_name = is_of_firm((unit, counted), rules)
        return ForClass(
            who=one,
            unit=unit,
            counted=counted,
            is_worker=told.get(one.id, by_name),
            again=goes_again(one, today, limits),
        )

    rows = sorted((row(one) for one in ready), key=_place)
    return ClassList(day=today, rows=tuple(rows), unmentored=len(needing) - len(ready))


def _with_parents(session: Session, people: list[Candidate]) -> Mapping[UnitId, Unit]:
    units = units_of(session, {one.unit for one in people}) if people else {}
    above = {unit.parent for unit in units.values() if unit.parent is not None} - units.keys()
    return {**units, **units_of(session, above)} if above else units


def _counted(unit: Unit, units: Mapping[UnitId, Unit]) -> Unit:
    if unit.kind is not UnitKind.CELL or unit.parent is None:
        return unit
    return units.get(unit.parent, unit)


def _place(row: ForClass) -> tuple[bool, int, int, int, date, int]:
    unit = row.counted
    return unit.block == 0, unit.block, unit.position, unit.id, row.who.step_on, row.who.id
