"""What may leave while people are not to be spoken to unasked: whether more was put, and when the next is due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from storage.queries.delivery import can_be_reached, is_first, may_leave_at_night, still_waits
from storage.session import Session
from storage.tables import outbox

_NEWEST = select(func.max(outbox.c.id))


def newest(session: Session) -> int:
    """The id of the message that was put last, on any channel; 0 while there is none."""
    return session.execute(_NEWEST).scalar() or 0


def next_due(session: Session, channel: str, now: datetime) -> datetime | None:
    """When the next message of a channel may be leased that need not wait for the morning; None where none waits."""
    waits = (still_waits(now), can_be_reached(channel), is_first(), may_leave_at_night())
    is_free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= outbox.c.due_at)
    moments = [
        session.execute(select(func.min(moment)).where(*waits, of_these)).scalar()
        for moment, of_these in ((outbox.c.due_at, is_free), (outbox.c.leased_until, ~is_free))
    ]
    return min((moment for moment in moments if moment is not None), default=None)
