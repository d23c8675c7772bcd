"""Claiming the names of units in a line: which one a secretary speaks for, which one the office asks about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from messages.understand.beside import Beside, Surroundings
from messages.understand.date_said import DateSaid, is_just_ahead
from messages.understand.line import Line
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.spoken_for import FIGURES, Role, SpokenFor
from messages.understand.unit_words import agrees, is_no_name, reads_as_person, without
from messages.understand.units import UnitMention, UnitNames

UNIT: Final = "unit"
PLACE: Final = "place"
_VOTES: Final = (Sign.VOTED, Sign.RECOMMENDS)
"""The signs of steps that the body in the unit's name takes: «đảng ủy Trù Hựu ra nghị quyết»."""


def claim_units_asked_for(scene: Scene, units: UnitNames) -> None:
    """The units that the office names, in full or by their codes."""
    named = [*units.mentions(scene.line), *units.coded(scene.line)]
    found = [mention for mention in named if _is_free(scene.line, mention)]
    for mention in found:
        scene.line.claim(mention.first, mention.after, UNIT)
    _settle(scene, found)


def claim_surely_units(line: Line, units: UnitNames) -> list[UnitMention]:
    """The units that a secretary may have named; what can be nobody's name is claimed before names are read.

    So is Nam Dương, lest «nam» is taken for a man.
    """
    found = [m for m in units.mentions(line) if _is_free(line, m) and agrees(line, m)]
    for mention in found:
        if is_no_name(line, mention) or line.words[mention.first] == "nam":
            line.claim(mention.first, mention.after, UNIT)
    return found


def claim_units_spoken_for(scene: Scene, named: Sequence[UnitMention]) -> None:
    """Of the units that a secretary named the one that reports; where that cannot be told it stays unclear."""
    line, reporting, doubtful = scene.line, list[UnitMention](), list[UnitMention]()
    for mention in named:
        hits = without(line, scene.hits, mention) if _is_free(line, mention) else None
        if hits is None:
            continue
        role = _role(scene, mention)
        if role is Role.REPORTS:
            reporting.append(mention)
            scene.hits = scene.hits if scene.has(*_VOTES) else hits
        if role is Role.DOUBTFUL:
            doubtful.append(mention)
        _claim(line, mention, role)
    scene.signs = scene.signs_of_hits()
    _settle(scene, reporting)
    if doubtful and not reporting:
        scene.unclear.append("unit")
        scene.unit_words = line.between(doubtful[0].first, doubtful[0].after - 1)


def _role(scene: Scene, mention: UnitMention) -> Role:
    """Without a report in the line only a unit named with «xã» or «chi bộ» is one; in a promise any is."""
    if _puts_off(scene):
        titled = Surroundings(scene).before(mention.first) is Beside.HONORIFIC
        return Role.NONE if titled else Role.REPORTS
    reports = scene.has(*VERB, *FIGURES) or scene.quarter is not None
    return SpokenFor(scene).role(mention) if reports or mention.marked else Role.NONE


def _puts_off(scene: Scene) -> bool:
    """«để mai Kim Sơn báo», «xin khất đến 30/3 cho Kim Sơn»."""
    if scene.has(*VERB, *STEPS, Sign.CANDIDATE) or not scene.has(Sign.PUT_OFF, Sign.REPORT):
        return False
    return any(_is_ahead(scene, said) for said in scene.dates)


def _is_ahead(scene: Scene, said: DateSaid) -> bool:
    day = said.reading.value
    return is_just_ahead(said, scene.today) or (day is not None and day > scene.today)


def _claim(line: Line, mention: UnitMention, role: Role) -> None:
    """What can be a person is left to the names, unless it surely is a place."""
    if role is Role.REPORTS:
        claim = UNIT
    elif role is Role.ELSEWHERE or is_no_name(line, mention):
        claim = PLACE
    else:
        claim = PLACE if role is Role.DOUBTFUL and not reads_as_person(line, mention) else ""
    line.claim(mention.first, mention.after, claim)


def _is_free(line: Line, mention: UnitMention) -> bool:
    return all(token.claim in ("", UNIT) for token in line.tokens[mention.first : mention.after])


def _settle(scene: Scene, found: Sequence[UnitMention]) -> None:
    distinct = {mention.unit.id: mention.unit for mention in found}
    if len(distinct) > 1:
        scene.unclear.append("unit")
    scene.unit = next(iter(distinct.values())) if len(distinct) == 1 else None
