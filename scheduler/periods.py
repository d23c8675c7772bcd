"""Quarters that their date closes: the books say so, with the roll-up of that moment."""

from __future__ import annotations

from datetime import datetime

from domain.closing import Period
from domain.deadline import Timetable
from domain.deed import Deed
from domain.office import Office
from storage.queries import audit
from storage.queries.closings import close, lock_quarters
from storage.queries.periods import date_closed, periods_of
from storage.session import Session


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Close the quarters whose last day is over; answers how many messages that put, which is none.

    Late or missed, it closes them with the roll-up as it stood when their day was over.
    """
    today = timetable.today(now)
    if periods_of(session).overdue(today):
        lock_quarters(session)
        for period in periods_of(session).overdue(today):
            _close(session, period, now, office)
    return 0


def _close(session: Session, period: Period, now: datetime, office: Office) -> None:
    at = date_closed(session, period, now, office.timezone)
    closing = close(session, period, at, period.last_day, office)
    if closing is not None:
        details: dict[str, object] = {"closing": closing, "at": at.isoformat()}
        audit.note(session, Deed.CLOSE_QUARTER.value, at=now, subject=period.quarter.code, details=details)
