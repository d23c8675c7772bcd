"""Several units typed in one line: «Biên Sơn, Chũ, Tân Hoa»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.talk import Talk
from bot.dialogue.which_unit import MOST_LIKE, names_of
from domain.organisation import Unit
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf

_APART: Final = re.compile(r"[,;\n+]| v[àa] | v[ớo]i | vs ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """A name as it was typed, and the units that it may mean."""

    name: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class UnitsTyped:
    """One to many names of these units; one that none of them has is asked for again."""

    units: tuple[Unit, ...]

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> tuple[Meant, ...]:
        names = [name.strip() for name in _APART.split(answer.said) if name.strip()]
        if not names:
            raise NotUnderstood("no_such_unit", {"said": answer.said[:40]})
        return tuple(self._one(name) for name in names)

    def _one(self, name: str) -> Meant:
        found = names_of(self.units).find(name)
        meant = (found.unit,) if found.unit else found.candidates[:MOST_LIKE]
        if not meant:
            raise NotUnderstood("no_such_unit", {"said": name[:40]})
        return Meant(name[:40], meant)


def units_typed(talk: Talk, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units of a list, each once; needs the questions `typed` and `which`, for a name that fits several."""
    return settled(talk, talk.ask("typed", UnitsTyped(tuple(units))))


def settled(talk: Talk, names: Sequence[Meant]) -> tuple[Unit, ...]:
    """The units of names that were typed, each once; needs the question `which`, for a name that fits several."""
    return tuple(dict.fromkeys(_one_of(talk, each) for each in names))


def _one_of(talk: Talk, meant: Meant) -> Unit:
    if len(meant.units) == 1:
        return meant.units[0]
    options = tuple((Choice(unit.code, unit.short), unit) for unit in meant.units)
    return talk.ask("which", OneOf(options), {"name": meant.name}, item=meant.name)
