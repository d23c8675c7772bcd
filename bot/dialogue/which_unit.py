"""Which unit something is about, among many: the one named, or one chosen from pages or by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from bot.dialogue.pages import ask_one
from bot.dialogue.talk import NOTHING, Fills, Talk
from domain.errors import NotAmongThese, NothingToChoose
from domain.organisation import Unit
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.understand import UnitNames
from messages.understand.heard import Heard

MOST_LIKE: Final = 9
"""Units offered at once where a name fits several."""


def unit_fills(heard: Heard, line: Answer) -> Fills:
    """The unit that a line named, or the words that fit several."""
    if heard.unit is not None:
        return {"named": Answer(heard.unit, line.at, heard.unit)}
    return {"unit": Answer(heard.text, line.at)} if "unit" in heard.unclear and heard.text else {}


def which_unit(
    talk: Talk, units: Sequence[Unit], known: Sequence[Unit], about: Mapping[str, object] = NOTHING
) -> Unit:
    """One of these units; needs the questions `unit` and `which`.

    Names are looked up among all that are `known`, for one is not to be taken for another that is like it.
    """
    named = talk.given("named", Words())
    found = [unit for unit in known if named == unit.name]
    if found:
        return _must_be_among(units, found[0])
    if not units:
        raise NothingToChoose
    options = [(Choice(unit.code, unit.short), (unit,)) for unit in units]
    meant: tuple[Unit, ...] = ask_one(talk, "unit", options, _those_among(units, known), about)
    if len(meant) == 1:
        return meant[0]
    return talk.ask("which", OneOf(tuple((Choice(unit.code, unit.short), unit) for unit in meant)))


def _must_be_among(units: Sequence[Unit], unit: Unit) -> Unit:
    if unit not in units:
        raise NotAmongThese(unit.short)
    return unit


def _those_among(units: Sequence[Unit], known: Sequence[Unit]) -> Callable[[Answer], tuple[Unit, ...]]:
    """A reading of words as the units that they fit, as far as these are offered."""
    by_name = those_named(known)

    def read(answer: Answer) -> tuple[Unit, ...]:
        found = by_name(answer)
        offered = tuple(unit for unit in found if unit in units)
        if not offered:
            raise NotUnderstood("not_among_these", {"unit": found[0].short})
        return offered

    return read


def those_named(units: Sequence[Unit]) -> Callable[[Answer], tuple[Unit, ...]]:
    """A reading of words as one of these units, or as the several that they fit."""

    def read(answer: Answer) -> tuple[Unit, ...]:
        found = names_of(tuple(units)).find(answer.said)
        if found.unit is None and not found.candidates:
            raise NotUnderstood("no_such_unit", {"said": answer.said[:40]})
        return (found.unit,) if found.unit else found.candidates[:MOST_LIKE]

    return read


@lru_cache(maxsize=8)
def names_of(units: tuple[Unit, ...]) -> UnitNames:
    """The names of some units, made ready once for looking them up."""
    return UnitNames(units)
