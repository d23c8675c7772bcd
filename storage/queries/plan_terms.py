"""What a year's plan lays down beside its targets, now or as it stood at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select

from domain.progress import PlanTerms
from storage.session import Session
from storage.tables import former_plans, plans

_OF_YEAR = select(plans).where(plans.c.year == bindparam("of"))
_BEFORE = (
    select(former_plans)
    .where(former_plans.c.plan_id == bindparam("plan"), former_plans.c.until_at > bindparam("at"))
    .order_by(former_plans.c.until_at, former_plans.c.id)
    .limit(1)
)
_AMENDED = (
    select(func.max(former_plans.c.until_at))
    .join(plans, plans.c.id == former_plans.c.plan_id)
    .where(plans.c.year == bindparam("of"), former_plans.c.until_at <= bindparam("at"))
)


def amended_at(session: Session, year: int, at: datetime) -> datetime | None:
    """When the plan of a year was amended last before a moment; None where it never was."""
    found: datetime | None = session.execute(_AMENDED, {"of": year, "at": at}).scalar()
    return found


def plan_terms(session: Session, year: int, at: datetime | None = None) -> PlanTerms | None:
    """What the plan of a year lays down, now or as it stood at a moment; None when there is no plan for it."""
    row = session.execute(_OF_YEAR, {"of": year}).mappings().first()
    if row is None:
        return None
    terms = terms_at(session, row, at)
    return PlanTerms(
        year=row["year"],
        number=terms["number"],
        signed_on=terms["signed_on"],
        pledged=terms["pledged"],
        heads_rate=terms["heads_rate"],
        grace_days=terms["grace_days"],
    )


def terms_at(session: Session, row: RowMapping, at: datetime | None) -> RowMapping:
    """A plan's row as it stood at a moment: before the first amendment after it, else as it is now."""
    if at is None:
        return row
    return session.execute(_BEFORE, {"plan": row["id"], "at": at}).mappings().first() or row
