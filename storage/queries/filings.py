"""Filings: a unit's word that a quarter is complete; the one in force is the latest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import Filed, FilingKind
from storage.queries.admissions import Origin
from storage.tables import filings


def filing_of(
    session: Session, unit_id: UnitId, quarter: Quarter, at: datetime | None = None
) -> Filed | None:
    """The filing of a unit's quarter in force now, or as the books stood at a moment."""
    query = select(filings.c.kind, filings.c.from_at).where(
        filings.c.unit_id == unit_id, filings.c.quarter == quarter
    )
    if at is None:
        query = query.where(filings.c.until_at.is_(None))
    else:
        query = query.where(
            filings.c.from_at <= at, or_(filings.c.until_at.is_(None), filings.c.until_at > at)
        )
    row = session.execute(query).first()
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
    ended = session.execute(
        update(filings)
        .where(filings.c.unit_id == unit_id, filings.c.quarter == quarter, filings.c.until_at.is_(None))
        .values(until_at=at)
        .returning(filings.c.id)
    )
    return ended.first() is not None
