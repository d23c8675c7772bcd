"""Filings: a unit's word that a quarter is complete; the one in force is the latest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

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


def file(
    session: Session, unit_id: UnitId, quarter: Quarter, *, kind: FilingKind, admitted: int, origin: Origin
) -> None:
    """Write down that a unit has filed a quarter, with the number of admissions that it stands for."""
    session.execute(
        insert(filings).values(
            unit_id=unit_id,
            quarter=quarter,
            kind=kind.value,
            admitted=admitted,
            from_at=origin.at,
            by_person_id=origin.person,
            inbox_id=origin.inbox_id,
        )
    )


def reopen(session: Session, unit_id: UnitId, quarter: Quarter, at: datetime) -> bool:
    """End the filing in force, since what it stood for has changed; says whether there was one."""
    ended = session.execute(_REOPEN, {"unit": unit_id, "of": quarter, "at": at})
    return ended.first() is not None
