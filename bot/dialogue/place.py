"""For which unit somebody speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.dialogue.talk import Asker, Fills, Talk
from domain.errors import NotAllowed, NotYourUnit
from domain.organisation import Unit
from domain.policy import Action, may
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf
from messages.understand.heard import Heard
from storage.queries.units import counted_unit
from storage.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit that somebody reports for, and the grassroots organisation whose target it counts towards."""

    unit: Unit
    counted: Unit


def places_of(session: Session, asker: Asker) -> tuple[Place, ...]:
    """Where the asker reports for, in the order of appointment, each once."""
    units = dict.fromkeys(asker.person.reports_for)
    return tuple(Place(unit=unit, counted=counted_unit(session, unit)) for unit in units)


def filing_places_of(session: Session, asker: Asker) -> tuple[Place, ...]:
    """Those of the asker's places whose quarters the asker may file."""
    places = places_of(session, asker)
    return tuple(place for place in places if may(asker.person, Action.FILE, place.counted))


def unit_said(heard: Heard, line: Answer) -> Fills:
    """The unit that the opening line named, if it did."""
    return {} if heard.unit is None else {"unit": Answer(heard.unit, line.at, heard.unit)}


def which_place(talk: Talk, places: Sequence[Place]) -> Place:
    """The place meant: the one named, the only one, or the one chosen; another's unit is refused."""

    def named(name: str) -> Sequence[Place]:
        own = [place for place in places if place.unit.name == name]
        return own or [place for place in places if place.counted.name == name]

    return _which(talk, {place: place.unit for place in places}, named)


def which_counted(talk: Talk, places: Sequence[Place]) -> Unit:
    """The grassroots organisation meant, by its own name or that of a cell below it."""

    def named(name: str) -> Sequence[Unit]:
        return list(dict.fromkeys(p.counted for p in places if name in (p.unit.name, p.counted.name)))

    return _which(talk, {place.counted: place.counted for place in places}, named)


def _which(talk: Talk, offered: Mapping[T, Unit], named: Callable[[str], Sequence[T]]) -> T:
    """One of what is offered, each under its unit's name; asked for only where there are several."""

    def by_name(answer: Answer) -> T:
        found = [] if answer.value is None else named(answer.value)
        if answer.value is not None and not found:
            raise NotYourUnit(answer.value)
        if len(found) != 1:
            raise NotUnderstood("not_a_choice")
        return found[0]

    if not offered:
        raise NotAllowed
    options = tuple((Choice(unit.code, unit.short), each) for each, unit in offered.items())
    reader = OneOf(options, other=by_name)
    if len(offered) > 1:
        return talk.ask("unit", reader)
    return talk.given("unit", reader) or options[0][1]
