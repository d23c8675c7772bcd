"""Frames of several years: laid down, amended with a reason, and what each year has used of one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, FromClause, and_, func, insert, or_, select, update

from domain.frame import Frame, FrameUse, FrameYear
from domain.office import Office
from domain.period import Quarter
from storage.queries import audit
from storage.queries.admissions import counted_on, in_force
from storage.queries.plan_terms import plan_terms
from storage.session import Session
from storage.tables import frame_years, frames, revisions, targets


def _held(rows: FromClause, at: datetime | None) -> ColumnElement[bool]:
    """The rows in force now, or at a moment."""
    if at is None:
        return rows.c.until_at.is_(None)
    return and_(rows.c.from_at <= at, or_(rows.c.until_at.is_(None), rows.c.until_at > at))


def frames_of(session: Session, at: datetime | None = None) -> tuple[Frame, ...]:
    """Every frame on the books, now or as they stood at a moment, the earliest first."""
    rows = session.execute(select(frames).where(_held(frames, at)).order_by(frames.c.first_year, frames.c.id))
    return tuple(
        Frame(
            first=row.first_year,
            last=row.last_year,
            admissions=row.admissions,
            number=row.number,
            signed_on=row.signed_on,
        )
        for row in rows
    )


def lay_down(session: Session, frame: Frame, at: datetime, reason: str | None = None) -> bool:
    """Put a frame on the books in place of the one of the same years; says whether anything changed."""
    if frame in frames_of(session):
        return False
    session.execute(
        update(frames)
        .where(frames.c.first_year == frame.first, frames.c.last_year == frame.last, _held(frames, None))
        .values(until_at=at)
    )
    row = {
        "first_year": frame.first,
        "last_year": frame.last,
        "admissions": frame.admissions,
        "number": frame.number,
        "signed_on": frame.signed_on,
        "reason": reason,
        "from_at": at,
    }
    session.execute(insert(frames).values(row))
    subject = f"{frame.first}-{frame.last}"
    audit.note(session, "lay down frame", at=at, subject=subject, details={"admissions": frame.admissions})
    return True


def tell_year(session: Session, year: int, assigned: int | None, admitted: int, at: datetime) -> None:
    """Write down what a year without a plan has brought, in place of what was told of it before."""
    session.execute(
        update(frame_years).where(frame_years.c.year == year, _held(frame_years, None)).values(until_at=at)
    )
    row = {"year": year, "assigned": assigned, "admitted": admitted, "from_at": at}
    session.execute(insert(frame_years).values(row))
    audit.note(session, "tell year", at=at, subject=str(year), details={"admitted": admitted})


def frame_use(session: Session, frame: Frame, as_of: datetime, office: Office) -> FrameUse:
    """What each year has used of a frame, as the books stood at a moment."""
    told = {row.year: row for row in session.execute(select(frame_years).where(_held(frame_years, as_of)))}
    today = office.day_of(as_of)

    def year_of(year: int) -> FrameYear:
        plan = plan_terms(session, year, as_of)
        if plan is not None:
            return FrameYear(
                year=year,
                assigned=_assigned(session, year, as_of),
                pledged=plan.pledged,
                admitted=_admitted(session, year, as_of, today, office),
            )
        if year in told:
            return FrameYear(year=year, assigned=told[year].assigned, admitted=told[year].admitted, told=True)
        return FrameYear(year=year)

    return FrameUse(frame=frame, as_of=as_of, today=today, years=tuple(map(year_of, frame.years)))


def _assigned(session: Session, year: int, as_of: datetime) -> int:
    of_year = targets.c.quarter.between(Quarter(year, 1), Quarter(year, 4))
    found = select(func.sum(targets.c.assigned)).where(of_year, _held(targets, as_of))
    return int(session.execute(found).scalar() or 0)


def _admitted(session: Session, year: int, as_of: datetime, today: date, office: Office) -> int:
    counted = counted_on(office.count_by).between(date(year, 1, 1), min(date(year, 12, 31), today))
    found = (
        select(func.count())
        .select_from(revisions)
        .where(in_force(as_of), revisions.c.withdrawn.is_(False), counted)
    )
    return session.execute(found).scalar_one()
