"""The name of whom an invitation is for, in words that may say the office and the place before it."""

from __future__ import annotations

from typing import Final

from domain.office import Office
from domain.organisation import Unit
from messages.fold import fold
from messages.names import proper_name
from messages.readers import Answer, NotUnderstood, People, quoted
from messages.understand import read_people

_KINDS: Final = ("thon", "xom", "lang", "ban", "khu", "pho", "xa", "thi tran", "to dan pho")
_SAID_BEFORE: Final = (
    *("moi", "xin moi", "cho moi"),
    *("pho bi thu", "bi thu", "can bo", "phu trach", "quan tri"),
    *("chi bo", "dang uy", "dang bo"),
    *_KINDS,
    *("dong chi", "dc", "d/c", "la", "ten", "ten la", "ho ten", "ho va ten"),
)
"""What a name follows, folded."""
_AROUND: Final = " ,.;:-–«»\"'"


def invited_name(answer: Answer, unit: Unit, office: Office) -> str:
    """The person's name alone; raises NotUnderstood where it is not sure which of the words are the name."""
    rest = _after_place(answer.said, unit)
    if rest == answer.said:
        return proper_name(People(office.timezone, 1, 1).read(answer)[0].name)
    found = read_people(rest, answer.at.astimezone(office.timezone).date())
    if len(found) != 1 or not fold(rest).startswith(fold(found[0].name)):
        raise NotUnderstood("not_a_name", {"said": quoted(answer.said)})
    return proper_name(found[0].name)


def _after_place(said: str, unit: Unit) -> str:
    """The words after the office and the unit; all of them where neither stands there."""
    words = said.split()
    folded = [fold(word.strip(_AROUND)) for word in words]
    at = 0
    while length := _longest(folded[at:], _SAID_BEFORE if at == 0 else (*_SAID_BEFORE, *_names_of(unit))):
        at += length
    return " ".join(words[at:]) if at else said


def _longest(words: list[str], phrases: tuple[str, ...]) -> int:
    """How many of the words at the beginning are one of the phrases."""
    split = (phrase.split() for phrase in phrases)
    return max((len(phrase) for phrase in split if words[: len(phrase)] == phrase), default=0)


def _names_of(unit: Unit) -> tuple[str, ...]:
    """The names of a unit, folded, with and without what kind of place it is."""
    names = [fold(name) for name in (unit.name, unit.short, *unit.aliases)]
    bare = [name.removeprefix(f"{kind} ") for name in names for kind in _KINDS]
    return tuple(name for name in dict.fromkeys([*names, *bare]) if name)
