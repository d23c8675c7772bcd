"""Somebody leaves an office and names the successor."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import ProposeHandOver
from domain.errors import HandOverAgreed, NotYourUnit
from domain.office import Office
from domain.people import Appointment
from domain.policy import Action, may
from domain.title import title_of
from messages.channel import Choice
from messages.names import proper_name
from messages.readers import Answer, OneOf, People, people_as_json
from messages.understand.heard import Heard, Intent
from storage.queries import hand_overs, people
from storage.queries.hand_overs import HandOver
from storage.queries.invitations import is_open
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesFacts:
    """The offices that the asker may hand over, each with the hand-over of it that is under way."""

    office: Office
    held: tuple[tuple[Appointment, HandOver | None], ...]


def offices_facts(session: Session, asker: Asker) -> OfficesFacts:
    """Fetch the asker's offices."""
    day = asker.office.day_of(asker.now)
    found = []
    for each in asker.person.appointments:
        number = people.appointment_of(session, asker.person.id, each.unit.id, each.role, day)
        if number is not None and may(asker.person.only(each), Action.HAND_OVER, each.unit):
            found.append((each, _under_way(session, number, asker)))
    return OfficesFacts(office=asker.office, held=tuple(found))


def _under_way(session: Session, appointment: int, asker: Asker) -> HandOver | None:
    """The hand-over of an appointment; not one whose successor can join no more, for another takes its place."""
    found = hand_overs.of_appointment(session, appointment)
    is_dead = found is not None and found.agreed and not is_open(session, found.invitation, asker.now)
    return None if is_dead else found


def hand_over_fills(heard: Heard, line: Answer) -> Fills:
    """The successor, and the unit, in «bàn giao cho đồng chí Vi Văn An»."""
    who = {"who": Answer(line.said, line.at, people_as_json(heard.people))} if heard.people else {}
    unit = {"named": Answer(heard.unit, line.at, heard.unit)} if heard.unit else {}
    return {**who, **unit}


@dialogue(
    "hand_over",
    opens_on=Intent.HAND_OVER,
    needs=Action.HAND_OVER,
    facts=offices_facts,
    fills=hand_over_fills,
    asks=("which", "who", "confirm"),
    takes_words=("who",),
)
def hand_over(talk: Talk, facts: OfficesFacts) -> ProposeHandOver:
    """Which office goes over to whom."""
    appointment, before = _which(talk, facts)
    if before is not None and before.agreed:
        raise HandOverAgreed(before.code, before.successor)
    title = title_of(appointment.role, appointment.unit)
    (successor,) = talk.ask("who", People(facts.office.timezone, 1, 1), {"title": title})
    command = ProposeHandOver(
        unit=appointment.unit, role=appointment.role, successor=proper_name(successor.name)
    )
    talk.confirm(command, {"title": title, "before": before})
    return command


def _which(talk: Talk, facts: OfficesFacts) -> tuple[Appointment, HandOver | None]:
    """The office: the one at the unit that was named, the only one, or the one chosen."""
    said = talk.answers.get("named")
    named = [one for one in facts.held if said is not None and one[0].unit.name == said.value]
    if said is not None and said.value is not None and not named:
        raise NotYourUnit(said.value)
    held = named or facts.held
    if len(held) == 1:
        return held[0]
    options = tuple((Choice(f"{a.role.value}:{a.unit.code}", _label(a)), (a, before)) for a, before in held)
    return talk.ask("which", OneOf(options))


def _label(appointment: Appointment) -> str:
    title = title_of(appointment.role, appointment.unit)
    return title[:1].upper() + title[1:]
