"""Putting choices before somebody who did not ask.

A number or a tap means the n-th choice of the list as it was shown, so what is offered has to wait in the
person's dialogue, in the form in which that is stored (`bot.dialogue.state`). Somebody in the middle of a
conversation is offered nothing: their waiting question must not be taken from under them. What is offered waits
until what it is about is out of date.

Of two messages that come on one morning either may be the one that is answered. So the later one's list begins with
what the earlier one offered, under the same numbers: «1» means the same, whichever of them somebody looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from domain.people import PersonId
from messages.channel import Choice
from messages.labels import READ_BACK
from storage.queries import senders
from storage.queries.delivery import Lapsed
from storage.session import Session

_ONE_MORNING: Final = timedelta(hours=2)
"""For so long what was offered goes on in what is offered next."""
_MOST: Final = 9
"""Choices that a list has at most; where it would have more, it is begun anew."""
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
) -> tuple[Choice, ...]:
    """Let other choices, or none, wait under a question that still does, after those of earlier ones; answers all."""
    if not waits(session, person, question):
        return ()
    stored: dict[str, Any] = senders.dialogue_of(session, person) or {}
    earlier = stored["waiting"].get("earlier", ())
    kept = _choices_in(stored["waiting"])[: earlier[-1][1] if earlier else 0]
    offered = _together(kept, choices)
    waiting = {**stored["waiting"], "choices": _stored(offered)} if offered else None
    senders.keep_dialogue(session, person, {**stored, "waiting": waiting}, at)
    return offered


def withdraw(session: Session, lapsed: Iterable[Lapsed], at: datetime) -> None:
    """Let the choices of messages that will not be sent wait no more."""
    for message in lapsed:
        person = senders.lock_owner(session, message.address_id) if message.question else None
        if person is not None:
            offer_instead(session, person, message.question, (), at)


def offer(
    session: Session, person: PersonId, choices: Sequence[Choice], at: datetime, until: datetime
) -> tuple[str, tuple[Choice, ...]]:
    """Let these choices wait for an answer of somebody who is not busy.

    Answers the id that a tap brings back, and the list under which they are shown.
    """
    offered = offered_in(senders.dialogue_of(session, person), choices, at, until)
    senders.keep_dialogue(session, person, offered, at)
    return question_in(offered), choices_in(offered)


def offered_in(
    stored: Dialogue | None, choices: Sequence[Choice], at: datetime, until: datetime
) -> dict[str, object]:
    """The dialogue of somebody who is not busy, with these choices waiting, after those of the same morning."""
    number = int((stored or {"put": 0})["put"]) + 1
    before = _going_on(stored, choices, at)
    kept = _choices_in(before)
    waiting: dict[str, object] = {
        "question": f"q{number}",
        "key": "",
        "choices": _stored(_together(kept, choices)),
        "failures": 0,
        "until": max(until, *_until(before)).isoformat() if before else until.isoformat(),
        "offered": at.isoformat(),
    }
    if before:
        waiting["earlier"] = [*before.get("earlier", ()), [before["question"], len(kept)]]
    return {"frames": [], "waiting": waiting, "put": number}


def _going_on(stored: Dialogue | None, choices: Sequence[Choice], at: datetime) -> Dialogue:
    """What was offered unasked shortly before and still waits, where both fit into one list.

    Where each reads something back that is answered with «Đúng», only the later one may be; two choices that look alike
    and are not the same cannot stand in one list either.
    """
    waiting: Dialogue = (stored or {}).get("waiting") or {}
    if not waiting.get("offered") or waiting["key"] or waiting["failures"]:
        return {}
    is_fresh = at - datetime.fromisoformat(waiting["offered"]) < _ONE_MORNING and all(
        at < end for end in _until(waiting)
    )
    kept = _choices_in(waiting)
    together = _together(kept, choices)
    is_read_back_anew = not _read_back(kept) <= _read_back(choices) and bool(_read_back(choices))
    are_told_apart = len({choice.label for choice in together}) == len(together)
    fits = len(together) <= _MOST and are_told_apart and not is_read_back_anew
    return waiting if is_fresh and fits else {}


def _until(waiting: Dialogue) -> tuple[datetime, ...]:
    return (datetime.fromisoformat(waiting["until"]),)


def _together(kept: Sequence[Choice], choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices of two lists, each once: those of the first keep their numbers."""
    return tuple(dict.fromkeys((*kept, *choices)))


def _read_back(choices: Sequence[Choice]) -> set[Choice]:
    return {choice for choice in choices if choice.label.startswith(READ_BACK)}


def _choices_in(waiting: Dialogue) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in waiting.get("choices", ()))


def _stored(choices: Sequence[Choice]) -> list[list[str]]:
    return [[choice.value, choice.label] for choice in choices]


def question_in(stored: Dialogue) -> str:
    """The id of the question that waits in a dialogue."""
    return str(stored["waiting"]["question"])


def choices_in(stored: Dialogue) -> tuple[Choice, ...]:
    """The choices that wait in a dialogue."""
    return _choices_in(stored["waiting"])
