"""Putting a message into the outbox that nobody asked for."""

from __future__ import annotations

from datetime import datetime

from domain.office import Office
from domain.people import PersonId
from messages.say import Hearer, Say, say
from scheduler.offer import offer
from storage.queries import outbox
from storage.queries.outbox import Draft
from storage.queries.recipients import Reached
from storage.session import Session


def put_unasked(
    session: Session,
    person: PersonId,
    reached: Reached,
    words: Say,
    *,
    kind: str,
    key: str,
    about: dict[str, object] | None,
    now: datetime,
    until: datetime,
    office: Office,
) -> None:
    """Render what is to be said, let its choices wait in the person's dialogue, and put it into the outbox."""
    question = offer(session, person, words.choices, now) if words.choices else ""
    message = say([words], Hearer.on(reached.channel, office), words.choices, question)
    draft = Draft(
        address_id=reached.address_id,
        kind=kind,
        text=message.text,
        choices=tuple((choice.value, choice.label) for choice in message.choices),
        question=message.question,
        key=key,
        about=about,
        encloses=message.encloses,
        expires_at=until,
    )
    outbox.put_once(session, draft, now)
