"""Setting the stage: the demo's books, filled through the same acts as in earnest."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from bot.access.invite import invite
from bot.carry_out import Act, carry_out
from bot.demo.cast import Character
from bot.demo.past import ADMITTED, BEGAN, ON_THE_WAY, SPOKE, STRONG, TOLD, Admitted, OnTheWay, Spoke, Strong
from bot.hearing import Hearing
from bot.receive import House, receive
from domain.commands import Command, FileQuarter, NewMember, RecordAdmissions, RecordNil, RecordStrength
from domain.invitation import shown
from domain.office import Office
from domain.people import Person, Role
from domain.period import Quarter
from messages.channel import Address, IncomingMessage, MessageKind
from messages.fold import fold
from storage.queries import candidates, delivery, senders
from storage.queries.admissions import Origin
from storage.queries.delivery import Sent
from storage.session import Session

CHANNEL = "web"
_PHONES = 900_000_000
"""Before the made-up telephone numbers, which nobody has."""


def set_stage(session: Session, cast: Iterable[Character], office: Office, start: datetime) -> None:
    """Let everybody join, and report what the past holds until `start`, each at their own hour."""
    joining = min(_hour(office, BEGAN), start)
    everybody = tuple(cast)
    senders.lock_senders(session, [(CHANNEL, one.address) for one in everybody], joining)
    house = House(
        office=office, hear=Hearing(office), now=lambda: joining, process="demo", delivers=lambda _: False
    )
    for number, one in enumerate(everybody, 1):
        _join(session, one, f"{_PHONES + number:010}", joining, house)
    leads = {one.unit.short: one for one in everybody if one.role is Role.SECRETARY}
    for candidate in ON_THE_WAY:
        _walk(session, candidate, leads[candidate.unit], office, start)
    reports = [(report.said_on, leads[report.unit], _report(report, leads)) for report in ADMITTED]
    words = [(word.on, leads[word.unit], _word(word, leads)) for word in SPOKE]
    strengths = [(TOLD, leads[told.unit], _strength(told, leads)) for told in STRONG]
    for day, one, command in sorted((*strengths, *reports, *words), key=lambda said: said[0]):
        if _hour(office, day) < start:
            _carry_out(session, one, command, _hour(office, day), office)


def _hour(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(9), office.timezone)


def _join(session: Session, one: Character, phone: str, at: datetime, house: House) -> None:
    """Somebody sends the code; the answer counts as sent, for it would be weeks late when the demo opens."""
    invited = invite(session, one.unit, one.role, now=at, below=secrets.randbelow, name=one.name, phone=phone)
    message = IncomingMessage(
        channel=CHANNEL,
        external_id=f"{one.address}/join",
        sender=Address(CHANNEL, one.address),
        kind=MessageKind.TEXT,
        at=at,
        text=shown(invited.code),
    )
    reply = receive(session, message, house)
    if reply is not None:
        delivery.record(session, [Sent(id=reply.outbox_id, receipt="demo")], by="demo", at=at)


def _walk(session: Session, candidate: OnTheWay, lead: Character, office: Office, start: datetime) -> None:
    listed = min(_hour(office, BEGAN), start)
    person = _person(session, lead, office.day_of(listed))
    made = candidates.list_candidate(session, lead.unit.id, candidate.name, fold(candidate.name), listed)
    for step, day in candidate.steps:
        at = _hour(office, day)
        if at < start:
            candidates.take_step(session, made, step, day, Origin(at=at, said_at=at, person=person.id))


def _report(report: Admitted, leads: Mapping[str, Character]) -> Command:
    member = NewMember(
        name=report.name, gender=report.gender, birth_year=report.born, ceremony_on=report.ceremony_on
    )
    return RecordAdmissions(unit=leads[report.unit].unit, people=(member,))


def _strength(told: Strong, leads: Mapping[str, Character]) -> Command:
    return RecordStrength(unit=leads[told.unit].unit, members=told.members, last_admission=told.last)


def _word(word: Spoke, leads: Mapping[str, Character]) -> Command:
    unit, quarter = leads[word.unit].unit, Quarter.of(word.on)
    if word.is_nil:
        return RecordNil(unit=unit, quarter=quarter)
    admitted = sum(report.unit == word.unit for report in ADMITTED)
    return FileQuarter(unit=unit, quarter=quarter, admitted=admitted)


def _carry_out(session: Session, one: Character, command: Command, at: datetime, office: Office) -> None:
    person = _person(session, one, office.day_of(at))
    carry_out(session, command, Act(person=person, inbox_id=None, said_at=at, at=at, office=office))


def _person(session: Session, one: Character, on: date) -> Person:
    person = senders.sender_of(session, CHANNEL, one.address, on).person
    if person is None:
        raise LookupError(f"{one.key} has no appointment on {on}")
    return person
