"""What the rating of the units rests on, as the books stood at a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from domain.closing import Period, closed_since, in_force_of
from domain.errors import NoPlan
from domain.office import Office
from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import PlanTerms, UnitProgress
from domain.rating import Rating, UnitRating
from storage.queries.admissions import counted_on
from storage.queries.periods import closings_of, date_closed
from storage.queries.plan_terms import plan_terms
from storage.queries.rollup import all_progress
from storage.session import Session
from storage.tables import filings, revisions


@dataclass(frozen=True, slots=True)
class _Quarter:
    """How the units stand in a quarter: who has filed it before its close, and how often each was corrected after it."""

    rows: tuple[UnitProgress, ...]
    is_closed: bool
    on_time: frozenset[UnitId]
    corrected: Mapping[UnitId, int]


def rating(session: Session, year: int, as_of: datetime, office: Office) -> Rating:
    """The year of all units as the books stood at a moment; raises NoPlan."""
    plan = plan_terms(session, year, as_of)
    if plan is None:
        raise NoPlan(year)
    quarters = [_quarter(session, plan, Quarter(year, number), as_of, office) for number in (1, 2, 3, 4)]
    rows = zip(*(quarter.rows for quarter in quarters), strict=True)
    return Rating(
        plan=plan,
        as_of=as_of,
        rows=tuple(_row(of_unit, quarters) for of_unit in rows),
    )


def _row(of_unit: tuple[UnitProgress, ...], quarters: list[_Quarter]) -> UnitRating:
    unit = of_unit[-1].unit
    due = [
        quarter
        for row, quarter in zip(of_unit, quarters, strict=True)
        if row.target.quarter and (quarter.is_closed or unit.id in quarter.on_time)
    ]
    return UnitRating(
        unit=unit,
        assigned=of_unit[-1].target.year,
        admitted=of_unit[-1].admitted.year,
        due=len(due),
        on_time=sum(unit.id in quarter.on_time for quarter in due),
        corrected=sum(quarter.corrected.get(unit.id, 0) for quarter in quarters),
    )


def _quarter(
    session: Session, plan: PlanTerms, quarter: Quarter, as_of: datetime, office: Office
) -> _Quarter:
    closings = closings_of(session, quarter, as_of)
    period = Period(quarter=quarter, grace_days=plan.grace_days, word=in_force_of(closings))
    closed = closed_since(closings)
    if closed is None and period.is_closed(office.day_of(as_of)):  # the books do not say so yet
        closed = date_closed(session, period, as_of, office.timezone)
    return _Quarter(
        rows=all_progress(session, quarter, as_of, office),
        is_closed=closed is not None and closed <= as_of,
        on_time=_filed(session, quarter, min(closed or as_of, as_of)),
        corrected={} if closed is None else _corrected(session, quarter, closed, as_of, office),
    )


def _filed(session: Session, quarter: Quarter, at: datetime) -> frozenset[UnitId]:
    """Whose filing of a quarter was in force at a moment."""
    found = session.execute(
        select(filings.c.unit_id)
        .where(filings.c.quarter == quarter, filings.c.from_at <= at)
        .where(or_(filings.c.until_at.is_(None), filings.c.until_at > at))
    )
    return frozenset(UnitId(unit) for unit in found.scalars())


def _corrected(
    session: Session, quarter: Quarter, closed: datetime, as_of: datetime, office: Office
) -> Counter[UnitId]:
    """How many entries after the close changed a quarter's figures: reports, corrections, withdrawals."""
    before = revisions.alias("before")
    first, last, by = quarter.first_day, quarter.last_day, office.count_by
    rows = session.execute(
        select(revisions.c.unit_id, func.count())
        .outerjoin(
            before,
            and_(
                before.c.admission_id == revisions.c.admission_id,
                before.c.number == revisions.c.number - 1,
            ),
        )
        .where(revisions.c.from_at > closed, revisions.c.from_at <= as_of)
        .where(or_(counted_on(by).between(first, last), counted_on(by, before).between(first, last)))
        .group_by(revisions.c.unit_id)
    )
    return Counter({UnitId(unit): number for unit, number in rows})
