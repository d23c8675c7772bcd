"""Targets of single units: what is in force, and what a decision of the district puts in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select, update

from domain.organisation import UnitId
from domain.period import Quarter
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import plans, targets

_OF_UNIT = select(targets.c.id, targets.c.quarter, targets.c.assigned).where(
    targets.c.unit_id == bindparam("unit"),
    targets.c.quarter.between(bindparam("first"), bindparam("last")),
    targets.c.until_at.is_(None),
)
_WHOLE = (
    select(targets.c.quarter, func.sum(targets.c.assigned).label("assigned"))
    .where(targets.c.quarter.between(bindparam("first"), bindparam("last")), targets.c.until_at.is_(None))
    .group_by(targets.c.quarter)
)
_END = update(targets).where(targets.c.id == bindparam("target")).values(until_at=bindparam("at"))
_PLAN = select(plans.c.id).where(plans.c.year == bindparam("year"))
_PUT = insert(targets).returning(targets.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What a unit is assigned for a quarter, by the row that is in force."""

    id: int
    figure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a new target rests on: a reason, and a decision where it has a number."""

    reason: str
    decision_no: str | None = None
    decision_on: date | None = None


def assigned_to(session: Session, unit: UnitId, year: int) -> Mapping[Quarter, Assigned]:
    """What a unit is assigned in the quarters of a year; empty for one that does not stand in the year's plan."""
    rows = session.execute(_OF_UNIT, {"unit": unit, **_bounds(year)})
    return {row.quarter: Assigned(id=row.id, figure=row.assigned) for row in rows}


def assigned_to_all(session: Session, year: int) -> Mapping[Quarter, int]:
    """What all units together are assigned in each quarter of a year."""
    return {row.quarter: int(row.assigned) for row in session.execute(_WHOLE, _bounds(year))}


def _bounds(year: int) -> dict[str, Quarter]:
    return {"first": Quarter(year, 1), "last": Quarter(year, 4)}


def assign(
    session: Session, unit: UnitId, quarter: Quarter, figure: int, ground: Ground, origin: Origin
) -> int:
    """Put a target in the place of the one in force, which ends now, and answer the new row's id."""
    before = assigned_to(session, unit, quarter.year).get(quarter)
    if before is not None:
        _end(session, before.id, origin.at)
    row = {
        "plan_id": session.execute(_PLAN, {"year": quarter.year}).scalar_one(),
        "unit_id": unit,
        "quarter": quarter,
        "assigned": figure,
        "from_at": origin.at,
        "reason": ground.reason,
        "decision_no": ground.decision_no,
        "decision_on": ground.decision_on,
        "by_person_id": origin.person,
    }
    made: int = session.execute(_PUT, row).scalar_one()
    return made


def _end(session: Session, target: int, at: datetime) -> None:
    session.execute(_END, {"target": target, "at": at})
