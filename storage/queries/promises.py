"""Promised days: by when a unit will report a quarter; at most one is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Row, bindparam, insert, select, update

from domain.matters import Promise, PromiseId
from domain.organisation import UnitId
from domain.people import PersonId
from domain.period import Quarter
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import promises

_ALL = select(promises).where(promises.c.quarter == bindparam("of"), promises.c.until_at.is_(None))
_IN_FORCE = _ALL.where(promises.c.unit_id == bindparam("unit"))
_BY_ID = select(promises).where(promises.c.id == bindparam("promise"))
_END = (
    update(promises)
    .where(promises.c.id == bindparam("promise"), promises.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(promises.c.id)
)


def promise_of(session: Session, unit: UnitId, quarter: Quarter) -> Promise | None:
    """What a unit has promised for a quarter."""
    row = session.execute(_IN_FORCE, {"unit": unit, "of": quarter}).first()
    return None if row is None else _promise(row)


def promises_of(session: Session, quarter: Quarter) -> Mapping[UnitId, Promise]:
    """What all units have promised for a quarter."""
    found = (_promise(row) for row in session.execute(_ALL, {"of": quarter}))
    return {promise.unit: promise for promise in found}


def promise_by_id(session: Session, promise: PromiseId) -> Promise:
    """The promise of a row, also one that was ended."""
    return _promise(session.execute(_BY_ID, {"promise": promise}).one())


def _promise(row: Row[tuple[object, ...]]) -> Promise:
    return Promise(
        id=PromiseId(row.id),
        unit=UnitId(row.unit_id),
        day=row.promised_on,
        by=None if row.by_person_id is None else PersonId(row.by_person_id),
    )


def make(session: Session, unit: UnitId, quarter: Quarter, day: date, origin: Origin) -> PromiseId:
    """Write down a promise and answer its id; none of the unit for the quarter may be in force."""
    row = {
        "unit_id": unit,
        "quarter": quarter,
        "promised_on": day,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    return PromiseId(session.execute(insert(promises).values(row).returning(promises.c.id)).scalar_one())


def end(session: Session, promise: PromiseId, at: datetime) -> bool:
    """End a promise; says whether it was in force."""
    return session.execute(_END, {"promise": promise, "at": at}).first() is not None
