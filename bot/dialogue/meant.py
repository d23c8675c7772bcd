"""What an answer in words means beyond its own question: a choice, a correction, the same once more, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.dialogue.state import Frame, Waiting
from bot.dialogue.talk import CHANGE, CONFIRM, Script
from domain.people import Person
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent

_MOST_DIGITS: Final = 3
"""Of the number of a choice; a longer one is of an identity card or a telephone."""


def number_typed(said: str) -> int | None:
    """The number that a text is, and nothing else: «2», «2.», «2)», 0 for a long one; None for any other."""
    plain = said.strip().rstrip(".)")
    if not plain.isascii() or not plain.isdigit():
        return None
    return int(plain) if len(plain) <= _MOST_DIGITS else 0


def choice_meant(waiting: Waiting, said: str, heard: Heard) -> Choice | None:
    """The choice that its own words, a plain yes, or a plain «sai rồi» stand for."""
    if waiting.key == CONFIRM and heard.intent is Intent.YES:
        return waiting.choices[0]
    if waiting.key == CONFIRM and heard.intent is Intent.CORRECT:
        return next((choice for choice in waiting.choices if choice.value == CHANGE), None)
    words = fold(said)
    meant = [choice for choice in waiting.choices if words in _own_words(choice)]
    return meant[0] if len(meant) == 1 else None


def _own_words(choice: Choice) -> tuple[str, ...]:
    """«Đúng, chốt» is also meant by either half of it."""
    whole = fold(choice.label)
    return (whole, *whole.split(", ", 1))


def corrected(top: Frame, script: Script, heard: Heard, answer: Answer) -> Mapping[str, Answer]:
    """At a confirmation «22/3» or «sửa ngày 22/3» is another answer to one question asked before; else nothing."""
    bare_day = heard.intent is Intent.UNKNOWN and heard.date is not None and not heard.people
    if not bare_day and heard.intent is not Intent.CORRECT:
        return {}
    fills = script.fills(heard, answer)
    key = next(iter(fills)) if len(fills) == 1 else ""
    may_change = key in top.answers and labels.changeable(script.name, key) is not None
    return fills if may_change else {}


def says_something_else(script: Script, key: str, heard: Heard) -> bool:
    """Whether a text is understood so well that it is no name, though it could be read as one: «chốt quý I».

    A unit's name alone may be a person's, too: «Thanh Hải».
    """
    if key not in script.takes_words or heard.people:
        return False
    undecided = (Intent.UNKNOWN, Intent.UNIT_STATUS, Intent.YES, Intent.NO, script.opens_on)
    return heard.intent not in undecided or heard.quarter is not None


def says_no_more(top: Frame, script: Script, heard: Heard, answer: Answer) -> bool:
    """Whether a line only says again what is being confirmed: it must not wait a second time under itself."""
    known = {key: given.value for key, given in top.answers.items()}
    fills = script.fills(heard, answer)
    return script.name == top.script and all(known.get(key) == fill.value for key, fill in fills.items())


def no_conversation(heard: Heard, person: Person) -> Say:
    """What is not understood is asked for in other words; what is understood, but not done by message, is said."""
    if heard.intent in (Intent.UNKNOWN, Intent.YES, Intent.NO):
        return Say("problems/not_understood")
    return Say("problems/not_by_message", {"intent": heard.intent.value, "person": person})
