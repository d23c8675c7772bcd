"""The figures of a year as the books stood at a moment, for the files that people open."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, func, or_, select

from domain.figures import Figures, OpenIssue, UnitYear
from domain.office import Office
from domain.period import Quarter
from domain.plan import Quarters
from domain.progress import RollUp, Tally
from storage.queries.admissions import counted_on, in_force
from storage.queries.plan_terms import plan_terms
from storage.queries.rating import rating
from storage.queries.rollup import all_progress
from storage.session import Session
from storage.tables import issue_answers, issues, revisions, units


def figures_of(session: Session, found: RollUp, office: Office, *, rated: bool = False) -> Figures:
    """What stands around a roll-up in the office's table, report and chart, as the books stood at its moment.

    With `rated` also what the units' rating of the year rests on.
    """
    quarter, as_of = found.quarter, found.as_of
    return Figures(
        roll_up=found,
        rows=_rows(session, quarter.year, as_of, office),
        year_before=_year_before(session, quarter, as_of, office),
        issues=_open_issues(session, as_of),
        rating=rating(session, quarter.year, as_of, office) if rated else None,
    )


def _rows(session: Session, year: int, as_of: datetime, office: Office) -> tuple[UnitYear, ...]:
    quarters = [all_progress(session, Quarter(year, number), as_of, office) for number in (1, 2, 3, 4)]
    return tuple(
        UnitYear(
            unit=first.unit,
            assigned=_by_quarter(first.target, second.target, third.target, fourth.target),
            admitted=_by_quarter(first.admitted, second.admitted, third.admitted, fourth.admitted),
        )
        for first, second, third, fourth in zip(*quarters, strict=True)
    )


def _by_quarter(first: Tally, second: Tally, third: Tally, fourth: Tally) -> Quarters:
    return first.quarter, second.quarter, third.quarter, fourth.quarter


def _year_before(session: Session, quarter: Quarter, as_of: datetime, office: Office) -> int | None:
    if plan_terms(session, quarter.year - 1) is None:
        return None
    last = _a_year_before(min(quarter.last_day, office.day_of(as_of)))
    counted = counted_on(office.count_by)
    admitted = (
        select(func.count())
        .select_from(revisions)
        .where(in_force(as_of), revisions.c.withdrawn.is_(False))
        .where(counted.between(date(last.year, 1, 1), last))
    )
    return session.execute(admitted).scalar_one()


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _open_issues(session: Session, as_of: datetime) -> tuple[OpenIssue, ...]:
    """The issues that were open at the moment: told, neither withdrawn nor answered."""
    answered = exists().where(
        issue_answers.c.issue_id == issues.c.id,
        issue_answers.c.from_at <= as_of,
        or_(issue_answers.c.until_at.is_(None), issue_answers.c.until_at > as_of),
    )
    found = session.execute(
        select(units.c.short, issues.c.text)
        .join(units, units.c.id == issues.c.unit_id)
        .where(issues.c.from_at <= as_of, ~answered)
        .where(or_(issues.c.until_at.is_(None), issues.c.until_at > as_of))
        .order_by(issues.c.from_at, issues.c.id)
    )
    return tuple(OpenIssue(unit=row.short, text=row.text) for row in found)
