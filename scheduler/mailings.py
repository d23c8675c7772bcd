"""Mailings on their way: what the district has said to many goes into the outbox at its hour, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, assert_never

from domain.deadline import Timetable
from domain.mailing import Mailing, MailingKind, Reach
from domain.office import Office
from messages.say import Hearer, Say, say
from scheduler.offer import withdraw
from scheduler.reminders_asked import remind
from storage.queries import heartbeats, mailings
from storage.queries.audience import put_notice, reach
from storage.session import Session

LATE: Final = timedelta(hours=1)
"""What should have left so long ago waits for an hour fit for speaking: nobody chose the night for it."""
_ANY_CHANNEL: Final = "web"
HEARTBEAT: Final = "mailings"
_UNDER_WAY: Final = timedelta(minutes=5)
"""What was taken back may be committed after a later moment was looked at; to look twice is harmless."""


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put the mailings whose hour has come into the outbox; answers how many messages that were."""
    _withdraw(session, now)
    ready = [
        mailing
        for mailing in mailings.due(session, now)
        if now - mailing.due_at < LATE or timetable.may_speak(now)
    ]
    return sum(_send(session, mailing, now, office, timetable) for mailing in ready)


def _withdraw(session: Session, now: datetime) -> None:
    """Let the choices of reminders that were taken back wait no more: who never saw them must not answer them."""
    since = heartbeats.unseen_since(session, HEARTBEAT, now, now - _UNDER_WAY) - _UNDER_WAY
    withdraw(session, mailings.lapsed_since(session, since), now)
    heartbeats.mark_seen(session, HEARTBEAT, now)


def _send(session: Session, mailing: Mailing, now: datetime, office: Office, timetable: Timetable) -> int:
    after = mailings.last_message(session)
    match mailing.kind:
        case MailingKind.NOTICE:
            reached = _notice(session, mailing, now, office)
        case MailingKind.REMINDER:
            reached = remind(session, mailing, now, office, timetable)
        case _:
            assert_never(mailing.kind)
    mailings.settle(session, mailing.id, reached, after, now)
    return reached.reached


def _notice(session: Session, mailing: Mailing, now: datetime, office: Office) -> Reach:
    """The same words for everybody: a notice names nobody, and offers nothing to choose."""
    words = Say("send_notice/notice", {"words": mailing.details["words"]})
    text = say([words], Hearer.on(_ANY_CHANNEL, office)).text
    on = office.day_of(now)
    reached = reach(session, mailing.audience, on, mailing.by)
    put_notice(session, mailing, text, on, now, mailing.by)
    return reached
