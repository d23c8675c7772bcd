"""What changed of a quarter between two moments: reports that came, were corrected or withdrawn, and targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, CompoundSelect, and_, bindparam, or_, select

from domain.office import CountBy
from domain.organisation import UnitId
from domain.period import Quarter
from storage.queries.admissions import counted_on
from storage.session import Session
from storage.tables import revisions, targets


def _written(
    from_at: ColumnElement[datetime], until_at: ColumnElement[datetime | None]
) -> ColumnElement[bool]:
    """Rows that came into force after one moment (`since`) and until another one, or ceased to be."""
    since, until = bindparam("since", type_=from_at.type), bindparam("until", type_=from_at.type)
    return or_(
        and_(from_at > since, from_at <= until),
        and_(from_at <= until, until_at > since, until_at <= until),
    )


def reasons_of(
    session: Session, quarter: Quarter, since: datetime, until: datetime, count_by: CountBy
) -> Mapping[UnitId, tuple[str | None, ...]]:
    """Why each unit's quarter was changed in between, each reason once in the order of writing; None where none was given.

    None is also what a report has that was said before the close, and came after it.
    """
    before = revisions.alias("before")
    first, last = quarter.first_day, quarter.last_day
    of_reports = (
        select(revisions.c.unit_id, revisions.c.late_because, revisions.c.from_at)
        .outerjoin(
            before,
            and_(
                before.c.admission_id == revisions.c.admission_id,
                before.c.number == revisions.c.number - 1,
            ),
        )
        .where(revisions.c.from_at > since, revisions.c.from_at <= until)
        .where(
            or_(
                counted_on(count_by).between(first, last),
                counted_on(count_by, before).between(first, last),
            )
        )
    )
    of_targets = select(targets.c.unit_id, targets.c.reason, targets.c.from_at).where(
        targets.c.quarter == quarter, targets.c.from_at > since, targets.c.from_at <= until
    )
    found: dict[UnitId, dict[str | None, None]] = {}
    rows = [row for query in (of_reports, of_targets) for row in session.execute(query)]
    for unit, because, _ in sorted(rows, key=lambda row: row.from_at):
        found.setdefault(UnitId(unit), {})[because] = None
    return {unit: tuple(reasons) for unit, reasons in found.items()}


def changed_between(
    session: Session, quarter: Quarter, since: datetime, until: datetime, count_by: CountBy
) -> frozenset[UnitId]:
    """The units whose admissions or target of a quarter were changed after one moment and until another one.

    An admission that was moved out of the quarter has changed it, too.
    """
    asked = {
        "of": quarter,
        "first": quarter.first_day,
        "last": quarter.last_day,
        "since": since,
        "until": until,
    }
    return frozenset(UnitId(unit) for unit in session.execute(_changed(count_by), asked).scalars())


@cache
def _changed(count_by: CountBy) -> CompoundSelect[int]:
    in_quarter = counted_on(count_by).between(bindparam("first"), bindparam("last"))
    of_reports = select(revisions.c.unit_id).where(
        in_quarter, _written(revisions.c.from_at, revisions.c.until_at)
    )
    of_targets = select(targets.c.unit_id).where(
        targets.c.quarter == bindparam("of"), _written(targets.c.from_at, targets.c.until_at)
    )
    return of_reports.union(of_targets)
