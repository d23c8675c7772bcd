"""Which unit each row of a plan is, and what a unit that nobody knows yet is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from domain.organisation import Unit, UnitId, UnitKind
from domain.plan import PlanRow
from domain.plan_faults import DuplicateUnit, PlanFault
from domain.spelling import bare
from domain.unit_code import unit_code

_KIND: Final = re.compile(r"(?:đảng bộ|chi bộ|xã|thị trấn|phường)\s+", re.IGNORECASE)


def known_units(units: Iterable[Unit]) -> dict[str, Unit]:
    """Units by every name that they go by, in the form in which names are compared."""
    return {bare(name): unit for unit in units for name in (*unit.aliases, unit.short, unit.name)}


def units_of_rows(
    rows: Sequence[PlanRow], units: Iterable[Unit], described: Iterable[Unit], taken: Collection[str]
) -> tuple[Unit, ...]:
    """The unit of each row, in their order; one that is not among `units` is new and has a negative id.

    A new unit is as in `described` when it is there, and else named after its row, with a code that is not in `taken`.
    """
    known, models = known_units(units), known_units(described)
    codes = set(taken)
    found = []
    for number, row in enumerate(rows, start=1):
        unit = known.get(bare(row.name)) or _new_unit(UnitId(-number), row, models.get(bare(row.name)), codes)
        codes.add(unit.code)
        found.append(replace(unit, block=row.block, position=row.position))
    return tuple(found)


def units_named_twice(rows: Sequence[PlanRow], units: Iterable[Unit]) -> tuple[PlanFault, ...]:
    """The rows that name a unit which an earlier row names otherwise («Chũ», «thị trấn Chũ»)."""
    return tuple(_named_twice(rows, known_units(units)))


def _named_twice(rows: Sequence[PlanRow], known: dict[str, Unit]) -> Iterator[PlanFault]:
    first: dict[UnitId, PlanRow] = {}
    for row in rows:
        unit = known.get(bare(row.name))
        earlier = row if unit is None else first.setdefault(unit.id, row)
        if earlier is not row:
            yield DuplicateUnit(
                line=row.line, name=row.name, first_line=earlier.line, first_name=earlier.name
            )


def _new_unit(unit_id: UnitId, row: PlanRow, model: Unit | None, taken: set[str]) -> Unit:
    if model is None:
        return Unit(
            id=unit_id,
            kind=UnitKind.GRASSROOTS,
            name=row.name,
            short=_KIND.sub("", row.name, count=2) or row.name,
            code=unit_code(row.name, taken),
        )
    return replace(model, id=unit_id, code=unit_code(row.name, taken) if model.code in taken else model.code)
