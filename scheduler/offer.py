"""Putting choices before somebody who did not ask.

A number or a tap means the n-th choice of the list as it was shown, so what is offered has to wait in the
person's dialogue, in the form in which that is stored (`bot.dialogue.state`). Somebody in the middle of a
conversation is offered nothing: their waiting question must not be taken from under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.people import PersonId
from messages.channel import Choice
from storage.queries import senders
from storage.session import Session


def is_busy(session: Session, person: PersonId) -> bool:
    """Whether somebody is in the middle of a conversation; their row is to be locked before."""
    stored: dict[str, Any] | None = senders.dialogue_of(session, person)
    return bool(stored and stored["frames"])


def waits(session: Session, person: PersonId, question: str) -> bool:
    """Whether the choices under a question still wait for somebody's answer; their row is to be locked before."""
    stored: dict[str, Any] | None = senders.dialogue_of(session, person)
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


def offer(session: Session, person: PersonId, choices: Sequence[Choice], at: datetime) -> str:
    """Let these choices wait for an answer of somebody who is not busy; answers the id a tap brings back."""
    stored: dict[str, Any] = senders.dialogue_of(session, person) or {"put": 0}
    number = int(stored["put"]) + 1
    waiting: dict[str, object] = {
        "question": f"q{number}",
        "key": "",
        "choices": [[choice.value, choice.label] for choice in choices],
        "failures": 0,
    }
    senders.keep_dialogue(session, person, {"frames": [], "waiting": waiting, "put": number}, at)
    return f"q{number}"
