"""Putting choices before somebody who did not ask.

A number or a tap means the n-th choice of the list as it was shown, so what is offered has to wait in the
person's dialogue, in the form in which that is stored (`bot.dialogue.state`). Somebody in the middle of a
conversation is offered nothing: their waiting question must not be taken from under them. What is offered waits
until what it is about is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.people import PersonId
from messages.channel import Choice
from storage.queries import senders
from storage.queries.delivery import Lapsed
from storage.session import Session

Dialogue = Mapping[str, Any]
"""A dialogue as it is stored."""


def is_busy(session: Session, person: PersonId) -> bool:
    """Whether somebody is in the middle of a conversation; their row is to be locked before."""
    return in_the_midst(senders.dialogue_of(session, person))


def in_the_midst(stored: Dialogue | None) -> bool:
    """Whether a dialogue is one in whose midst somebody is."""
    return bool(stored and stored["frames"])


def waits(session: Session, person: PersonId, question: str) -> bool:
    """Whether the choices under a question still wait for somebody's answer; their row is to be locked before."""
    stored: Dialogue | None = senders.dialogue_of(session, person)
    waiting = stored and stored["waiting"]
    return bool(stored and not stored["frames"] and waiting and waiting["question"] == question)


def offer_instead(
    session: Session, person: PersonId, question: str, choices: Sequence[Choice], at: datetime
) -> None:
    """Let other choices, or none, wait under a question that still does."""
    if not waits(session, person, question):
        return
    stored: dict[str, Any] = senders.dialogue_of(session, person) or {}
    offered = [[choice.value, choice.label] for choice in choices]
    waiting = {**stored["waiting"], "choices": offered} if offered else None
    senders.keep_dialogue(session, person, {**stored, "waiting": waiting}, at)


def withdraw(session: Session, lapsed: Iterable[Lapsed], at: datetime) -> None:
    """Let the choices of messages that will not be sent wait no more."""
    for message in lapsed:
        person = senders.lock_owner(session, message.address_id) if message.question else None
        if person is not None:
            offer_instead(session, person, message.question, (), at)


def offer(
    session: Session, person: PersonId, choices: Sequence[Choice], at: datetime, until: datetime
) -> str:
    """Let these choices wait for an answer of somebody who is not busy; answers the id a tap brings back."""
    offered = offered_in(senders.dialogue_of(session, person), choices, until)
    senders.keep_dialogue(session, person, offered, at)
    return question_in(offered)


def offered_in(stored: Dialogue | None, choices: Sequence[Choice], until: datetime) -> dict[str, object]:
    """The dialogue of somebody who is not busy, with these choices waiting."""
    number = int((stored or {"put": 0})["put"]) + 1
    waiting: dict[str, object] = {
        "question": f"q{number}",
        "key": "",
        "choices": [[choice.value, choice.label] for choice in choices],
        "failures": 0,
        "until": until.isoformat(),
    }
    return {"frames": [], "waiting": waiting, "put": number}


def question_in(stored: Dialogue) -> str:
    """The id of the question that waits in a dialogue."""
    return str(stored["waiting"]["question"])
