"""Units as the domain knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, bindparam, or_, select

from domain.organisation import Unit, UnitId, UnitKind
from storage.session import Session
from storage.tables import units


def unit_from(row: RowMapping | Mapping[str, Any]) -> Unit:
    """A unit from a row of its table."""
    return Unit(
        id=UnitId(row["id"]),
        kind=UnitKind(row["kind"]),
        name=row["name"],
        short=row["short"],
        code=row["code"],
        parent=None if row["parent_id"] is None else UnitId(row["parent_id"]),
        aliases=tuple(row["aliases"]),
        block=row["block"],
        position=row["position"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def all_units(session: Session, on: date) -> tuple[Unit, ...]:
    """Every unit that exists on a day, in the plan's order, those outside the annex last."""
    rows = session.execute(
        select(units)
        .where(units.c.valid_from <= on, (units.c.valid_to.is_(None)) | (units.c.valid_to > on))
        .order_by(units.c.block == 0, units.c.block, units.c.position, units.c.id)
    ).mappings()
    return tuple(unit_from(row) for row in rows)


_CELLS = (
    select(units)
    .where(
        units.c.parent_id.in_(bindparam("parents", expanding=True)),
        units.c.kind == UnitKind.CELL.value,
        units.c.valid_from <= bindparam("day"),
        or_(units.c.valid_to.is_(None), units.c.valid_to > bindparam("day")),
    )
    .order_by(units.c.id)
)


def cells_below(session: Session, parents: Collection[UnitId], on: date) -> tuple[Unit, ...]:
    """The cells of some grassroots organisations that exist on a day, in the order in which they were entered."""
    if not parents:
        return ()
    rows = session.execute(_CELLS, {"parents": sorted(parents), "day": on}).mappings()
    return tuple(unit_from(row) for row in rows)


_BY_ID = select(units).where(units.c.id == bindparam("unit"))


def unit_by_id(session: Session, unit_id: UnitId) -> Unit:
    """The unit with this id; an error when there is none."""
    return unit_from(session.execute(_BY_ID, {"unit": unit_id}).mappings().one())


def counted_unit(session: Session, unit: Unit) -> Unit:
    """The grassroots organisation whose target a unit's admissions count towards: itself, or the one above a cell."""
    if unit.kind is UnitKind.CELL and unit.parent is not None:
        return unit_by_id(session, unit.parent)
    return unit
