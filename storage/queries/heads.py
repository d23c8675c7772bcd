"""How many of the units' village heads are Party members; the figures in force are the latest of each unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from domain.organisation import UnitId
from domain.progress import HeadsRate
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A unit's figures as the books hold them, and since when."""

    id: int
    rate: HeadsRate
    at: datetime


_IN_FORCE = select(heads).where(heads.c.unit_id == bindparam("unit"), heads.c.until_at.is_(None))
_BY_ID = select(heads).where(heads.c.id == bindparam("heads"))
_END = (
    update(heads)
    .where(heads.c.id == bindparam("heads"), heads.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(heads.c.id)
)
_AS_OF = select(heads.c.unit_id, heads.c.members, heads.c.total).where(
    heads.c.from_at <= bindparam("at"),
    or_(heads.c.until_at.is_(None), heads.c.until_at > bindparam("at")),
)


def heads_of(session: Session, unit: UnitId) -> Counted | None:
    """A unit's figures in force; None while it has told none."""
    row = session.execute(_IN_FORCE, {"unit": unit}).first()
    return (
        None
        if row is None
        else Counted(id=row.id, rate=HeadsRate(members=row.members, total=row.total), at=row.from_at)
    )


def heads_by_id(session: Session, id_: int) -> HeadsRate:
    """The figures that a row holds."""
    row = session.execute(_BY_ID, {"heads": id_}).one()
    return HeadsRate(members=row.members, total=row.total)


def record(session: Session, unit: UnitId, rate: HeadsRate, origin: Origin) -> int:
    """Write down a unit's figures and answer the row's id; none of the unit may be in force."""
    row = {
        "unit_id": unit,
        "members": rate.members,
        "total": rate.total,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    return int(session.execute(insert(heads).values(row).returning(heads.c.id)).scalar_one())


def end(session: Session, id_: int, at: datetime) -> bool:
    """End the figures of a row; says whether they were in force."""
    return session.execute(_END, {"heads": id_, "at": at}).first() is not None


def heads_as_of(session: Session, at: datetime) -> Mapping[UnitId, HeadsRate]:
    """Every unit's figures as the books stood at a moment."""
    rows = session.execute(_AS_OF, {"at": at})
    return {UnitId(row.unit_id): HeadsRate(members=row.members, total=row.total) for row in rows}
