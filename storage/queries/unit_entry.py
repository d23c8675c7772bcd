"""Putting units on the books: the district at the root, and those that a plan names for the first time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, insert, literal, or_, select, update

from domain.organisation import Unit, UnitId, UnitKind
from storage.data import shipped_district
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import admissions, appointments, candidates, former_units, heads, issues, units


def grassroots_of_year(session: Session, year: int) -> tuple[Unit, ...]:
    """The grassroots organisations that exist on some day of a year, in the order in which they were entered."""
    rows = session.execute(
        select(units)
        .where(
            units.c.kind == UnitKind.GRASSROOTS.value,
            units.c.valid_from <= date(year, 12, 31),
            units.c.valid_to.is_(None) | (units.c.valid_to > date(year, 1, 1)),
        )
        .order_by(units.c.id)
    ).mappings()
    return tuple(unit_from(row) for row in rows)


def codes_taken(session: Session) -> frozenset[str]:
    """The codes of all units that ever were: a receipt is to be found under one unit for good."""
    return frozenset(session.execute(select(units.c.code)).scalars())


def district_unit(session: Session) -> Unit:
    """The root of the tree; it is entered as the shipped one when the books hold none."""
    row = (
        session.execute(select(units).where(units.c.kind == UnitKind.DISTRICT.value).order_by(units.c.id))
        .mappings()
        .first()
    )
    return enter_unit(session, shipped_district(), None) if row is None else unit_from(row)


def enter_unit(session: Session, unit: Unit, parent: Unit | None, at: datetime | None = None) -> Unit:
    """Put a unit on the books below `parent`, from a moment on; the answer has the id that it got."""
    entered = replace(unit, parent=None if parent is None else parent.id)
    statement = insert(units).values(
        kind=entered.kind.value,
        name=entered.name,
        short=entered.short,
        code=entered.code,
        parent_id=entered.parent,
        aliases=list(entered.aliases),
        block=entered.block,
        position=entered.position,
        valid_from=entered.valid_from,
        valid_to=entered.valid_to,
        entered_at=at,
    )
    return replace(entered, id=UnitId(session.execute(statement.returning(units.c.id)).scalar_one()))


def place_unit(session: Session, unit: Unit, at: datetime) -> None:
    """Put a unit where the latest annex has it, so that lists come in the plan's order."""
    here = (units.c.block == unit.block) & (units.c.position == unit.position)
    _change(session, (units.c.id == unit.id) & ~here, at, block=unit.block, position=unit.position)


def end_unit(session: Session, unit: UnitId, valid_to: date, at: datetime) -> None:
    """End a unit: `valid_to` is the first day on which it exists no more."""
    _change(session, units.c.id == unit, at, valid_to=valid_to)


_KEPT = tuple(column.name for column in former_units.c if column.name not in ("id", "unit_id", "until_at"))
"""What is kept of a unit as it was before it changed."""


def _change(session: Session, which: ColumnElement[bool], at: datetime, **values: object) -> None:
    """Change units, and keep what the books said of them until now: a roll-up of an earlier day needs it."""
    before = select(units.c.id, literal(at, former_units.c.until_at.type), *(units.c[name] for name in _KEPT))
    keep = insert(former_units).from_select(["unit_id", "until_at", *_KEPT], before.where(which))
    session.execute(keep)
    session.execute(update(units).where(which).values(**values))


def is_in_use(session: Session, unit: UnitId) -> bool:
    """Whether anything on the books rests on a unit: a report, a candidate, or somebody who was appointed there."""
    columns = (
        admissions.c.cell_id,
        admissions.c.unit_id,
        candidates.c.unit_id,
        appointments.c.unit_id,
        heads.c.unit_id,
        issues.c.unit_id,
    )
    return bool(
        session.execute(select(or_(*(exists().where(column == unit) for column in columns)))).scalar()
    )
