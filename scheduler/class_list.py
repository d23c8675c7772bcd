"""Who is ready for the next class: told to the district on the first of each month, or the working day after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from domain.class_list import ClassList
from domain.deadline import DAY, Recipient, Timetable, class_moment
from domain.office import Office
from domain.people import Role
from messages.class_words import class_words
from messages.say import Hearer
from scheduler.offer import is_busy
from scheduler.unasked import put_unasked
from storage.queries import audit, heartbeats, senders
from storage.queries.class_list import class_list
from storage.queries.recipients import Reached, recipients
from storage.session import Session

HEARTBEAT: Final = "class_list"
KIND: Final = "class_list"
_FRESH: Final = timedelta(days=14)
"""How long the list of a month is of use when it could not be delivered."""


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put this month's list into the outbox once its hour has come; answers how many messages.

    One that was missed is told later, with the people as they are by then; of several the latest.
    """
    if not timetable.may_speak(now):
        return 0
    today = timetable.today(now)
    since = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(today, time()))
    months = (today.replace(day=1) - DAY, today)
    come = [month for month in months if since < class_moment(month, timetable) <= now]
    put = _tell(session, f"{come[-1]:%Y-%m}", now, office, timetable) if come else 0
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _tell(session: Session, month: str, now: datetime, office: Office, timetable: Timetable) -> int:
    today = timetable.today(now)
    listed = class_list(session, today, timetable.class_list, timetable.limits)
    if not listed.rows:
        return 0
    found = recipients(session, {Role.DISTRICT}, today)
    reached = {f"class:{month}:{one.person}": (one, at) for one, at in found}
    ours = sorted(heartbeats.claim(session, reached, now))
    if ours:
        senders.lock_addresses(session, [reached[key][1].address_id for key in ours])
    for key in ours:
        _put(session, key, *reached[key], listed, now, office)
    return len(ours)


def _put(
    session: Session,
    key: str,
    recipient: Recipient,
    reached: Reached,
    listed: ClassList,
    now: datetime,
    office: Office,
) -> None:
    words = class_words(listed, Hearer.on(reached.channel, office).names)
    if is_busy(session, recipient.person):
        words = replace(words, choices=())
    put_unasked(
        session,
        recipient.person,
        reached,
        words,
        kind=KIND,
        key=key,
        about=None,
        now=now,
        until=now + _FRESH,
        office=office,
    )
    audit.note(session, "see", at=now, person=recipient.person, subject=words.seen)
