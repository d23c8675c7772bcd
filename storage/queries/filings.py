"""Filings: a unit's word that a quarter is complete; the one in force is the latest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import Filed, FilingKind
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import filings

_FILING = select(filings.c.kind, filings.c.from_at).where(
    filings.c.unit_id == bindparam("unit"),
    filings.c.quarter == bindparam("of"),
    filings.c.until_at.is_(None),
)
_FILE = insert(filings).returning(filings.c.id)
_END = (
    update(filings)
    .where(filings.c.id == bindparam("filing"), filings.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
)
_REOPEN = (
    update(filings)
    .where(
        filings.c.unit_id == bindparam("unit"),
        filings.c.quarter == bindparam("of"),
        filings.c.until_at.is_(None),
    )
    .values(until_at=bindparam("at"))
    .returning(filings.c.id)
)


def filing_of(session: Session, unit_id: UnitId, quarter: Quarter) -> Filed | None:
    """The filing of a unit's quarter that is in force."""
    row = session.execute(_FILING, {"unit": unit_id, "of": quarter}).first()
    return None if row is None else Filed(kind=FilingKind(row.kind), at=row.from_at)


_OPENED = (
    select(filings.c.unit_id, func.count().label("times"))
    .where(filings.c.quarter == bindparam("of"), filings.c.until_at.is_not(None))
    .group_by(filings.c.unit_id)
)


def times_opened(session: Session, quarter: Quarter) -> dict[UnitId, int]:
    """How often units have filed a quarter that was opened again, by a later report or by undoing."""
    return {UnitId(row.unit_id): int(row.times) for row in session.execute(_OPENED, {"of": quarter})}


_NILS = select(filings.c.unit_id).where(
    filings.c.unit_id.in_(bindparam("units", expanding=True)),
    filings.c.quarter == bindparam("of"),
    filings.c.kind == FilingKind.NIL.value,
    filings.c.until_at.is_(None),
)


def nils_of(session: Session, unit_ids: Collection[UnitId], quarter: Quarter) -> frozenset[UnitId]:
    """Which of these units have said that they admit nobody in a quarter."""
    found = session.execute(_NILS, {"units": sorted(unit_ids), "of": quarter}).scalars()
    return frozenset(UnitId(unit) for unit in found)


def file(
    session: Session, unit_id: UnitId, quarter: Quarter, *, kind: FilingKind, admitted: int, origin: Origin
) -> int:
    """Write down that a unit has filed a quarter, with the number of admissions that it stands for; answers its id."""
    row = {
        "unit_id": unit_id,
        "quarter": quarter,
        "kind": kind.value,
        "admitted": admitted,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    filing: int = session.execute(_FILE, row).scalar_one()
    return filing


def reopen(session: Session, unit_id: UnitId, quarter: Quarter, at: datetime) -> bool:
    """End the filing in force, since what it stood for has changed; says whether there was one."""
    ended = session.execute(_REOPEN, {"unit": unit_id, "of": quarter, "at": at})
    return ended.first() is not None


def end(session: Session, filing: int, at: datetime) -> None:
    """End a filing; one that a later report has ended stays as it is."""
    session.execute(_END, {"filing": filing, "at": at})
