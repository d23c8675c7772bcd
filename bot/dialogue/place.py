"""For which unit somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.talk import Asker, Fills, Talk
from domain.errors import NotYourUnit
from domain.organisation import Unit
from messages.channel import Choice
from messages.readers import Answer, OneOf, Words
from messages.understand.heard import Heard
from storage.queries.units import counted_unit
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit that somebody reports for, and the grassroots organisation whose target it counts towards."""

    unit: Unit
    counted: Unit


def places_of(session: Session, asker: Asker) -> tuple[Place, ...]:
    """Where the asker reports for, in the order of appointment, each once."""
    units = dict.fromkeys(asker.person.reports_for)
    return tuple(Place(unit=unit, counted=counted_unit(session, unit)) for unit in units)


def unit_said(heard: Heard, line: Answer) -> Fills:
    """The unit that the opening line named, if it did."""
    return {} if heard.unit is None else {"unit": Answer(heard.unit, line.at, heard.unit)}


def which_place(talk: Talk, places: Sequence[Place]) -> Place:
    """The place meant: the one named, the only one, or the one chosen; another's unit is refused."""
    named = talk.given("unit", Words())
    if named is not None:
        for place in places:
            if named in (place.unit.name, place.counted.name, place.unit.code):
                return place
        raise NotYourUnit(named)
    if len(places) == 1:
        return places[0]
    return talk.ask("unit", OneOf(tuple((Choice(p.unit.code, p.unit.short), p) for p in places)))
