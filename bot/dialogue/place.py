"""For which unit somebody speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.dialogue.talk import Asker, Fills, Talk
from domain.errors import NotAllowed, NotYourUnit
from domain.organisation import Unit, UnitKind
from domain.policy import Action, may
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf
from messages.understand.heard import Heard
from storage.queries.units import counted_unit
from storage.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit that somebody reports for, and the grassroots organisation whose target it counts towards.

    `below`: a cell of the grassroots organisation that they report for; it is meant only where it is named.
    """

    unit: Unit
    counted: Unit
    below: bool = False


def places_of(session: Session, asker: Asker) -> tuple[Place, ...]:
    """Where the asker reports for, in the order of appointment, each once; the cells below come last."""
    units = dict.fromkeys(asker.person.reports_for)
    own = tuple(Place(unit=unit, counted=counted_unit(session, unit)) for unit in units)
    communes = {unit.id: unit for unit in units if unit.kind is UnitKind.GRASSROOTS}
    below = [
        Place(unit=cell, counted=communes[cell.parent], below=True)
        for cell in asker.person.cells
        if cell.parent in communes and cell not in units
    ]
    return (*own, *below)


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
        own = [place for place in places if name in (place.unit.name, place.unit.code)]
        return own or [place for place in places if place.counted.name == name and not place.below]

    shorts = [place.unit.short for place in places]

    def choice(place: Place) -> Choice:
        """Its short name, with its commune's where two have the same."""
        unit, among = place.unit, f" ({place.counted.short})" if shorts.count(place.unit.short) > 1 else ""
        return Choice(unit.code, f"{unit.short}{among}")

    return _which(talk, [place for place in places if not place.below], named, choice)


def which_counted(talk: Talk, places: Sequence[Place]) -> Unit:
    """The grassroots organisation meant, by its own name or that of a cell below it."""

    def named(name: str) -> Sequence[Unit]:
        return list(dict.fromkeys(p.counted for p in places if name in (p.unit.name, p.counted.name)))

    offered = list(dict.fromkeys(place.counted for place in places))
    return _which(talk, offered, named, lambda unit: Choice(unit.code, unit.short))


def _which(
    talk: Talk, offered: Sequence[T], named: Callable[[str], Sequence[T]], choice: Callable[[T], Choice]
) -> T:
    """One of what is offered; asked for only where there are several, or where several have the name said."""

    def by_name(answer: Answer) -> T:
        found = [] if answer.value is None else named(answer.value)
        if answer.value is not None and not found:
            raise NotYourUnit(answer.value)
        if len(found) != 1:
            raise NotUnderstood("not_a_choice")
        return found[0]

    if not offered:
        raise NotAllowed
    said = talk.answers.get("unit")
    meant = named(said.value) if said is not None and said.value is not None else ()
    shown = meant if len(meant) > 1 else offered
    reader = OneOf(tuple((choice(each), each) for each in shown), other=by_name)
    if len(shown) > 1:
        return talk.ask("unit", reader)
    return talk.given("unit", reader) or shown[0]
