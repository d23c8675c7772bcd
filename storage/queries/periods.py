"""Until when quarters take reports: the days of grace of the plans, and the words that closed or reopened quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, func, select

from domain.closing import Closing, ClosingKind, Period, Periods, closed_by_date
from domain.people import PersonId
from domain.period import Quarter
from storage.queries.plan_terms import amended_at
from storage.session import Session
from storage.tables import closings, plans

_WORD: Final = tuple(column for column in closings.c if column.name not in ("snapshot", "inbox_id"))
_NOW = select(plans.c.year, plans.c.grace_days, *_WORD).select_from(
    # Every plan with every word: few rows of each, and one statement.
    plans.outerjoin(closings, closings.c.until_at.is_(None))
)


def periods_of(session: Session) -> Periods:
    """All quarters of the years that have a plan, as the books have them now."""
    grace_days: dict[int, int] = {}
    words: dict[Quarter, Closing] = {}
    for row in session.execute(_NOW).mappings():
        grace_days[row["year"]] = row["grace_days"]
        if row["quarter"] is not None:
            words[row["quarter"]] = closing_from(row)
    return Periods(grace_days=grace_days, words=words)


_OF_QUARTER = (
    select(*_WORD)
    .where(closings.c.quarter == bindparam("of"), closings.c.from_at <= bindparam("at"))
    .order_by(closings.c.from_at, closings.c.id)
)


def closings_of(session: Session, quarter: Quarter, at: datetime) -> tuple[Closing, ...]:
    """All words on a quarter as the books knew them at a moment, the first one first."""
    found = [closing_from(row) for row in session.execute(_OF_QUARTER, {"of": quarter, "at": at}).mappings()]
    return tuple(
        replace(word, until=None) if word.until is not None and word.until > at else word for word in found
    )


_LATEST = select(func.max(closings.c.from_at)).where(closings.c.from_at >= bindparam("at"))
_NEXT: Final = timedelta(microseconds=1)


def after_words(session: Session, at: datetime) -> datetime:
    """When something enters the books that came at a moment: after every word on any quarter that they have.

    The roll-up that a closing keeps, of its own quarter and of the year, was made without it. The unit must be
    locked: a closing that is under way has been waited for, and the next one waits.
    """
    latest: datetime | None = session.execute(_LATEST, {"at": at}).scalar()
    return at if latest is None else latest + _NEXT


def date_closed(session: Session, period: Period, at: datetime, zone: tzinfo) -> datetime:
    """When its date has closed a quarter that is closed, as the books knew at a moment.

    Days of grace that were shortened afterwards close it only from then on: until then it was open.
    """
    moment = closed_by_date(period.last_day, zone)
    amended = None if period.word is not None else amended_at(session, period.quarter.year, at)
    return moment if amended is None else max(moment, amended)


def closing_from(row: RowMapping | Mapping[str, Any]) -> Closing:
    """A word on a quarter from a row of its table."""
    by = row["by_person_id"]
    return Closing(
        id=row["id"],
        quarter=row["quarter"],
        kind=ClosingKind(row["kind"]),
        at=row["from_at"],
        last=row["last_day"],
        until=row["until_at"],
        by=None if by is None else PersonId(by),
        reason=row["reason"],
    )
