"""What changed of a quarter between two moments: reports that came, were corrected or withdrawn, and targets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from domain.office import CountBy
from domain.organisation import UnitId
from domain.period import Quarter
from storage.queries.admissions import counted_on
from storage.session import Session
from storage.tables import revisions, targets


def _written(
    from_at: ColumnElement[datetime],
    until_at: ColumnElement[datetime | None],
    since: datetime,
    until: datetime,
) -> ColumnElement[bool]:
    """Rows that came into force after one moment and until another one, or ceased to be."""
    return or_(
        and_(from_at > since, from_at <= until),
        and_(from_at <= until, until_at > since, until_at <= until),
    )


def changed_between(
    session: Session, quarter: Quarter, since: datetime, until: datetime, count_by: CountBy
) -> frozenset[UnitId]:
    """The units whose admissions or target of a quarter were changed after one moment and until another one.

    An admission that was moved out of the quarter has changed it, too.
    """
    of_reports = select(revisions.c.unit_id).where(
        counted_on(count_by).between(quarter.first_day, quarter.last_day),
        _written(revisions.c.from_at, revisions.c.until_at, since, until),
    )
    of_targets = select(targets.c.unit_id).where(
        targets.c.quarter == quarter, _written(targets.c.from_at, targets.c.until_at, since, until)
    )
    found = session.execute(of_reports.union(of_targets)).scalars()
    return frozenset(UnitId(unit) for unit in found)
