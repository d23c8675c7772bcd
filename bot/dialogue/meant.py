"""What an answer in words means beyond its own question: a choice, a correction, the same once more, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.state import Frame, Waiting
from bot.dialogue.talk import CHANGE, CONFIRM, DROP, Script
from domain.candidate import may_be_same
from domain.people import Person
from domain.phone import phone_in
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import Answer, people_as_json, people_from_json
from messages.say import Say
from messages.understand.heard import Heard, Intent, PersonSaid

_QUOTED: Final = 60
_WAIT: Final = ("cho", "doi", "cho toi", "doi toi", "vui long cho", "xin cho")
_BIT: Final = (
    "chut",
    "ti",
    "ty",
    "mot chut",
    "mot ti",
    "1 chut",
    "1 ti",
    "xiu",
    "ty nhe",
    "chut nhe",
    "ti nhe",
    "da",
)
_LOOK: Final = (
    "xem",
    "xem da",
    "xem lai",
    "xem lai da",
    "kiem tra",
    "kiem tra lai",
    "kiem tra da",
    "hoi lai",
    "hoi da",
)
_A_MOMENT: Final = frozenset(
    {
        *(f"{wait} {bit}" for wait in _WAIT for bit in _BIT),
        *(f"{let} {look}" for let in ("de toi", "de", "cho toi", "de minh", "de em") for look in _LOOK),
    }
)
_MOST_DIGITS: Final = 3
"""Of the number of a choice; a longer one is of an identity card or a telephone."""


def number_typed(said: str) -> int | None:
    """The number that a text is, and nothing else: «2», «2.», «2)», 0 for a long one; None for any other."""
    plain = said.strip().rstrip(".)")
    if not plain.isascii() or not plain.isdigit() or phone_in(plain) is not None:
        return None
    return int(plain) if len(plain) <= _MOST_DIGITS else 0


def choice_meant(waiting: Waiting, said: str, heard: Heard) -> Choice | None:
    """The choice that its own words, a plain yes, or a plain «sai rồi» stand for."""
    words = fold(said)
    meant = [choice for choice in waiting.choices if words in _own_words(choice)]
    if len(meant) == 1:
        return meant[0]
    if waiting.key == CONFIRM and heard.intent is Intent.YES:
        return waiting.choices[0]
    if waiting.key == CONFIRM and heard.intent is Intent.CORRECT:
        return _of_value(waiting, CHANGE)
    if waiting.key == CONFIRM and heard.intent is Intent.UNDO and heard.code is None:
        return _of_value(waiting, DROP)  # nothing was recorded yet that it could mean more naturally
    return None


def _of_value(waiting: Waiting, value: str) -> Choice | None:
    return next((choice for choice in waiting.choices if choice.value == value), None)


def denies(waiting: Waiting, heard: Heard) -> bool:
    """Whether what is read back is answered with a plain no."""
    return waiting.key == CONFIRM and heard.intent is Intent.NO and not heard.people and heard.date is None


def are_words_of_a_choice(waiting: Waiting | None, said: str) -> bool:
    """Whether a text is what stands on a choice of the question that waits: «bỏ qua» skips, where that is offered."""
    labelled = () if waiting is None else waiting.choices
    return waiting is not None and waiting.key != "" and fold(said) in [fold(c.label) for c in labelled]


def _own_words(choice: Choice) -> tuple[str, ...]:
    """«Đúng, chốt» is also meant by either half of it."""
    whole = fold(choice.label)
    return (whole, *whole.split(", ", 1))


def corrected(top: Frame, script: Script, heard: Heard, answer: Answer) -> Mapping[str, Answer]:
    """At a confirmation «22/3», «sửa ngày 22/3», or the whole report anew of the same people, gives other answers."""
    fills = script.fills(heard, answer)
    if heard.intent is script.opens_on and _names(top.answers, script):
        anew = _same_names(top, script, fills) and not says_no_more(top, script, heard, answer)
        return with_marks(top.answers, fills, script) if anew else {}
    bare_day = heard.intent is Intent.UNKNOWN and heard.date is not None and not heard.people
    if not bare_day and heard.intent is not Intent.CORRECT:
        return {}
    key = next(iter(fills)) if len(fills) == 1 else ""
    may_change = key in top.answers and labels.changeable(script.name, key) is not None
    return fills if may_change else {}


def with_marks(
    before: Mapping[str, Answer], fills: Mapping[str, Answer], script: Script
) -> Mapping[str, Answer]:
    """What is said anew, but for names that were typed before with their tone marks and are not now."""
    marked = {fold(person.name): person.name for person in _people(before, script)}
    kept = {}
    for key in fills.keys() & set(script.takes_words):
        people = _people({key: fills[key]}, script)
        named = [
            replace(p, name=marked.get(fold(p.name), p.name) if p.name.isascii() else p.name) for p in people
        ]
        if named:
            kept[key] = replace(fills[key], value=people_as_json(named))
    return {**fills, **kept}


def is_another(top: Frame, script: Script, heard: Heard, answer: Answer) -> bool:
    """Whether a line in the middle of a report is another one of its kind, of other people."""
    if heard.intent is not script.opens_on or CONFIRM not in script.asks:
        return False
    fills = script.fills(heard, answer)
    both_name = bool(_names(top.answers, script)) and bool(_names(fills, script))
    return both_name and not _same_names(top, script, fills)


def is_same_report(frame: Frame, script: Script, heard: Heard, answer: Answer) -> bool:
    """Whether a line is the report again that waits already, in the same words or with other facts of the same people."""
    if frame.script != script.name:
        return False
    fills = script.fills(heard, answer)
    return says_no_more(frame, script, heard, answer) or (
        bool(_names(fills, script)) and _same_names(frame, script, fills)
    )


def _same_names(top: Frame, script: Script, fills: Mapping[str, Answer]) -> bool:
    before, now = _names(top.answers, script), _names(fills, script)
    years = zip(sorted(before), sorted(now), strict=False)
    return sorted(name for name, _ in before) == sorted(name for name, _ in now) and all(
        may_be_same(one or None, other or None) for (_, one), (_, other) in years
    )


def _names(answers: Mapping[str, Answer], script: Script) -> list[tuple[str, int]]:
    """Whom the answers name, folded, with the year of birth or 0."""
    return [(fold(person.name), person.birth_year or 0) for person in _people(answers, script)]


def _people(answers: Mapping[str, Answer], script: Script) -> list[PersonSaid]:
    given = [answers[key].value for key in script.takes_words if key in answers]
    lists = [people_from_json(value) for value in given if value and value.startswith("[")]
    return [person for people in lists for person in people]


def is_a_nod(said: str, heard: Heard) -> bool:
    """Whether a text only shows that somebody is there: «vâng», «ok», «.», a thumb."""
    return heard.intent is Intent.YES or not any(sign.isalnum() or sign == "?" for sign in said)


def asks_for_time(said: str) -> bool:
    """Whether a text only says that an answer will come: «chờ chút», «để tôi xem»."""
    return fold(said).strip(" .!…") in _A_MOMENT


def quoted(said: str) -> str:
    """The beginning of what somebody wrote, to be said back to them."""
    words = " ".join(said.split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"


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
    fills = script.fills(heard, answer)
    return script.name == top.script and all(
        key in top.answers and _is_same(top.answers[key], fill) for key, fill in fills.items()
    )


def _is_same(given: Answer, fill: Answer) -> bool:
    """Whether an answer is the one given before; names that were given in words are found in them."""
    if given.value is None and fill.value and fill.value.startswith("["):
        return all(fold(person.name) in fold(given.said) for person in people_from_json(fill.value))
    return given.value == fill.value


def no_conversation(heard: Heard, person: Person) -> Say | None:
    """What is said where a text was understood, but is not done by message; None where it was not understood."""
    if heard.intent in (Intent.UNKNOWN, Intent.YES, Intent.NO):
        return None
    return Say("problems/not_by_message", {"intent": heard.intent.value, "person": person})
