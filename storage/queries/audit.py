"""Who did or saw what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from domain.organisation import UnitId
from domain.people import PersonId
from storage.session import Session
from storage.tables import audit, heartbeats, inbox, outbox

_NOTE = insert(audit).returning(audit.c.id)


def note(
    session: Session,
    act: str,
    *,
    at: datetime,
    person: PersonId | None = None,
    unit: UnitId | None = None,
    inbox_id: int | None = None,
    line_id: int | None = None,
    subject: str | None = None,
    details: dict[str, object] | None = None,
) -> int:
    """Write an entry into the log of who did or saw what, and answer its id; `act` is a verb phrase.

    `line_id` is the message that the conversation began with, where `inbox_id` is only its confirmation.
    """
    row = {
        "at": at,
        "act": act,
        "person_id": person,
        "unit_id": unit,
        "inbox_id": inbox_id,
        "line_id": line_id,
        "subject": subject,
        "details": details,
    }
    entry: int = session.execute(_NOTE, row).scalar_one()
    return entry


def last_at(session: Session) -> datetime | None:
    """The latest moment that the books know of, on whatever clock they were kept; None when they are empty."""
    moments = session.execute(
        select(
            select(func.max(audit.c.at)).scalar_subquery(),
            select(func.max(inbox.c.received_at)).scalar_subquery(),
            select(func.max(outbox.c.created_at)).scalar_subquery(),
            select(func.max(heartbeats.c.seen_until)).scalar_subquery(),
        )
    ).one()
    return max((moment for moment in moments if moment is not None), default=None)
