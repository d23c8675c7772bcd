"""Who did or saw what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.organisation import UnitId
from domain.people import PersonId
from storage.tables import audit

_NOTE = insert(audit)


def note(
    session: Session,
    act: str,
    *,
    at: datetime,
    person: PersonId | None = None,
    unit: UnitId | None = None,
    inbox_id: int | None = None,
    subject: str | None = None,
    details: dict[str, object] | None = None,
) -> None:
    """Write a line into the log of who did or saw what; `act` is a verb phrase such as `record admission`."""
    row = {
        "at": at,
        "act": act,
        "person_id": person,
        "unit_id": unit,
        "inbox_id": inbox_id,
        "subject": subject,
        "details": details,
    }
    session.execute(_NOTE, row)
