"""understand(): from the text of a message to its meaning, in one straight line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from messages.understand.commands import in_words
from messages.understand.gather import gather
from messages.understand.heard import Heard, Intent
from messages.understand.intents import intent_of
from messages.understand.line import Kind, Line
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.slots import filled
from messages.understand.units import UnitNames

_OF_A_UNIT: Final = frozenset(
    {
        Intent.REMIND,
        Intent.INVITE,
        Intent.EXPORT,
        Intent.ISSUES_LIST,
        Intent.END_APPOINTMENT,
        Intent.AMEND_TARGET,
    }
)
_MOST_WORDS: Final = 9
_LONGEST_ANSWER: Final = 8


def understand(text: str, *, today: date, units: UnitNames, district: bool) -> Heard:
    """What a message means on a day, said by the district office or by a secretary; never raises."""
    read = _answer if len(text) <= _LONGEST_ANSWER else _understood
    return read(text, today, units, district)


def _understood(text: str, today: date, units: UnitNames, district: bool) -> Heard:
    line = Line(in_words(text))
    if not line.tokens:
        return Heard()
    scene = gather(line, today, units, district=district)
    intent = intent_of(scene)
    if line.cut and intent is not Intent.ISSUE:
        return Heard()
    heard = filled(scene, intent)
    settled = heard.unit is not None or "unit" in heard.unclear
    return _with_unit(scene, heard, units) if district and not settled else heard


@lru_cache(maxsize=1024)
def _answer(text: str, today: date, units: UnitNames, district: bool) -> Heard:
    """A short message: «1», «Đúng», «không» come so often that their meaning is remembered."""
    return _understood(text, today, units, district)


def _with_unit(scene: Scene, heard: Heard, units: UnitNames) -> Heard:
    """The same with the unit that the words left over name, in part or with a slip; near ones are offered."""
    whole = heard.intent is Intent.ROLLUP and not scene.has(Sign.WHOLE, Sign.ROLLUP)
    if heard.intent not in _OF_A_UNIT and heard.intent is not Intent.UNKNOWN and not whole:
        return heard
    rest = _words_left(scene)
    found = units.find(rest)
    if not found.unit and not found.candidates:
        return heard
    intent = heard.intent if heard.intent in _OF_A_UNIT else Intent.UNIT_STATUS
    if found.unit:
        return replace(heard, intent=intent, unit=found.unit.name, people=(), count=None)
    return replace(heard, intent=intent, people=(), count=None, text=rest, unclear=(*heard.unclear, "unit"))


def _words_left(scene: Scene) -> str:
    """The words that say nothing else, as typed; none when there are too many to be a name."""
    line = scene.line
    quiet = {i for hit in scene.hits if hit.signs <= _QUIET for i in range(hit.first, hit.after)}
    said = {i for hit in scene.hits for i in range(hit.first, hit.after)} - quiet
    left = [
        line.typed(index)
        for index, token in enumerate(line.tokens)
        if index not in said and token.kind in (Kind.WORD, Kind.NUMBER) and token.claim in _LOOSE
    ]
    return " ".join(left) if len(left) <= _MOST_WORDS else ""


_QUIET: Final = frozenset({Sign.PLACE, Sign.PEOPLE_NOUN})
_LOOSE: Final = frozenset({"", "name", "phrase", "about", "place", "count"})
