"""Putting messages into the outbox that nobody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.office import Office
from domain.people import PersonId
from messages.reminder_words import offered_by
from messages.say import Hearer, Say, say
from scheduler.offer import choices_in, in_the_midst, offer, offered_in, question_in
from storage.queries import outbox, senders
from storage.queries.outbox import Draft
from storage.queries.recipients import Reached
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """What is to be said to somebody, in parts: out of date at `until` where it was not sent before.

    What it offers waits until `offered_until`.
    """

    person: PersonId
    reached: Reached
    parts: Sequence[Say]
    key: str
    about: dict[str, object] | None
    until: datetime
    offered_until: datetime


def put_all(session: Session, messages: Sequence[Unasked], kind: str, now: datetime, office: Office) -> None:
    """Render what is to be said to some people, let its choices wait in their dialogues, and put it into the outbox.

    Whoever is in the middle of a conversation is offered nothing. Their rows are to be locked before.
    """
    before = senders.dialogues_of(session, [each.person for each in messages])
    dialogues: dict[PersonId, dict[str, object]] = {}
    hearers = {channel: Hearer.on(channel, office) for channel in {each.reached.channel for each in messages}}
    drafts = []
    for each in messages:
        choices = () if in_the_midst(before.get(each.person)) else offered_by(each.parts)
        if choices:
            latest = dialogues.get(each.person, before.get(each.person))
            dialogues[each.person] = offered_in(latest, choices, now, each.offered_until)
            choices = choices_in(dialogues[each.person])
        question = question_in(dialogues[each.person]) if choices else ""
        message = say(each.parts, hearers[each.reached.channel], choices, question)
        drafts.append(
            Draft(
                address_id=each.reached.address_id,
                kind=kind,
                text=message.text,
                choices=tuple((choice.value, choice.label) for choice in message.choices),
                question=message.question,
                key=each.key,
                about=each.about,
                encloses=message.encloses,
                expires_at=each.until,
            )
        )
    senders.keep_dialogues(session, dialogues, now)
    outbox.put_all_once(session, drafts, now)


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
    question, choices = offer(session, person, words.choices, now, until) if words.choices else ("", ())
    message = say([words], Hearer.on(reached.channel, office), choices, question)
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
