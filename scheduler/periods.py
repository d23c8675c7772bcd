"""Quarters that are closed and opened again: the books say so by themselves, and those concerned are told."""

from __future__ import annotations

from datetime import datetime

from domain.deadline import Timetable
from domain.office import Office
from scheduler import amendments, closing_notices
from storage.queries.closings import close_overdue, lock_quarters
from storage.queries.periods import periods_of
from storage.session import Session


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Close the quarters whose last day is over, and tell what there is to be told; answers how many messages.

    Late or missed, it closes them with the roll-up as it stood when their day was over. It does that at any hour,
    and speaks when people may be spoken to.
    """
    if periods_of(session).overdue(timetable.today(now)):
        lock_quarters(session)
        close_overdue(session, now, office)
    if not timetable.may_speak(now):
        return 0
    told = closing_notices.tell(session, now, office, timetable)
    return told + amendments.tell(session, now, office)
