"""Units as the domain knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, RowMapping, bindparam, func, or_, select

from domain.organisation import Unit, UnitId, UnitKind
from storage.session import Session
from storage.tables import former_units, units


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


_KNOWN = (
    select(units)
    .where(units.c.kind != UnitKind.CELL.value)
    .order_by(units.c.block == 0, units.c.block, units.c.position, units.c.id)
)
_FORMER = (
    select(former_units)
    .where(former_units.c.until_at > bindparam("at"))
    .order_by(former_units.c.until_at.desc(), former_units.c.id.desc())
)
_EDITION = select(
    func.count(),
    func.max(units.c.id),
    func.max(units.c.entered_at),
    select(func.max(former_units.c.id)).scalar_subquery(),
    select(func.max(former_units.c.until_at)).scalar_subquery(),
)
"""Tells one tree from another: no unit is ever taken away, and a change leaves what was before with the former ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """A unit as the books knew it at a moment; `entered` says whether they did."""

    unit: Unit
    entered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """The district and every grassroots organisation that ever was, as they are now, and since when each is known."""

    edition: tuple[object, ...]
    known: tuple[KnownUnit, ...]
    entered_at: Mapping[UnitId, datetime]

    def at(self, at: datetime) -> tuple[KnownUnit, ...]:
        later = {unit for unit, entered_at in self.entered_at.items() if entered_at > at}
        if not later:
            return self.known
        return tuple(replace(each, entered=each.unit.id not in later) for each in self.known)


_TREES: Final[WeakKeyDictionary[Pool, _Tree]] = WeakKeyDictionary()
"""The tree of each database as it was last read: it changes a few times a year, and each roll-up needs it."""


def units_as_of(session: Session, at: datetime) -> tuple[KnownUnit, ...]:
    """The district and every grassroots organisation that ever was, as the books knew them at a moment.

    In the order of the annex of that day, those outside it last.
    """
    # Of what a unit was before, the earliest after the moment comes last: it is what the moment knew.
    former = {row["unit_id"]: row for row in session.execute(_FORMER, {"at": at}).mappings()}
    known = _tree(session).at(at)
    return tuple(sorted((_as_before(each, former) for each in known), key=_place)) if former else known


def _tree(session: Session) -> _Tree:
    pool, edition = session.engine.pool, tuple(session.execute(_EDITION).one())
    tree = _TREES.get(pool)
    if tree is None or tree.edition != edition:
        tree = _TREES[pool] = _read(session, edition)
    return tree


def _read(session: Session, edition: tuple[object, ...]) -> _Tree:
    rows = session.execute(_KNOWN).mappings().all()
    return _Tree(
        edition=edition,
        known=tuple(KnownUnit(unit=unit_from(row), entered=True) for row in rows),
        entered_at={UnitId(row["id"]): row["entered_at"] for row in rows if row["entered_at"] is not None},
    )


_PARENTS = (
    select(
        units.c.id,
        units.c.parent_id,
        former_units.c.id.label("former"),
        former_units.c.parent_id.label("was"),
    )
    .outerjoin(
        former_units, (former_units.c.unit_id == units.c.id) & (former_units.c.until_at > bindparam("at"))
    )
    .where(units.c.id.in_(bindparam("units", expanding=True)), units.c.kind == UnitKind.CELL.value)
    .order_by(former_units.c.until_at.desc(), former_units.c.id.desc())
)


def parents_as_of(session: Session, cells: Collection[UnitId], at: datetime) -> dict[UnitId, UnitId]:
    """The organisation above each cell, as the books knew it at a moment; those with none above are left out."""
    if not cells:
        return {}
    rows = session.execute(_PARENTS, {"units": sorted(cells), "at": at})
    # As above: what the moment knew comes last.
    found = {row.id: row.parent_id if row.former is None else row.was for row in rows}
    return {UnitId(cell): UnitId(parent) for cell, parent in found.items() if parent is not None}


def _as_before(known: KnownUnit, former: Mapping[int, RowMapping]) -> KnownUnit:
    """A unit as it was before it changed, where it did so after the moment."""
    was = former.get(known.unit.id)
    if was is None:
        return known
    row = {**was, "id": known.unit.id, "kind": known.unit.kind, "code": known.unit.code}
    return replace(known, unit=unit_from(row))


def _place(known: KnownUnit) -> tuple[bool, int, int, int]:
    unit = known.unit
    return unit.block == 0, unit.block, unit.position, unit.id


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


def units_of(session: Session, ids: Collection[UnitId]) -> dict[UnitId, Unit]:
    """These units by id, also those that exist no more."""
    rows = session.execute(select(units).where(units.c.id.in_(ids))).mappings()
    return {UnitId(row["id"]): unit_from(row) for row in rows}


def counted_unit(session: Session, unit: Unit) -> Unit:
    """The grassroots organisation whose target a unit's admissions count towards: itself, or the one above a cell."""
    if unit.kind is UnitKind.CELL and unit.parent is not None:
        return unit_by_id(session, unit.parent)
    return unit
