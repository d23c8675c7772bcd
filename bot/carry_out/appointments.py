"""Ending an appointment by the district's word; the history stays with the unit."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.access.invite import take_back
from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.tell import tell_person
from domain.commands import EndAppointment
from domain.deed import Deed
from domain.errors import AppointmentEnded, ChangedSince, LastOfficer, NotYourUnit
from domain.inviting import may_end
from domain.people import Role
from domain.policy import Action, may
from domain.title import title_of
from messages import labels
from messages.say import Say
from storage.queries import hand_overs, invitations, people
from storage.queries.audit import Entry
from storage.queries.people import Held
from storage.session import Session

_AT_THE_DISTRICT: Final = (Role.DISTRICT, Role.ADMIN)


def end_appointment(session: Session, command: EndAppointment, act: Act) -> Say:
    """End what somebody holds from a day on and tell them; the last one at the district is never ended."""
    held, today = _still_held(session, command, act), act.office.day_of(act.at)
    title = title_of(held.role, held.unit)
    if held.role in _AT_THE_DISTRICT and not people.others_stay(
        session, held.id, held.role, max(today, command.until)
    ):
        raise LastOfficer(title)
    if command.until <= today:
        _close_what_waits(session, held, act)
    people.end(session, held.id, command.until)
    details: dict[str, object] = {
        "appointment": held.id,
        "until": command.until.isoformat(),
        "before": held.appointment.until.isoformat() if held.appointment.until else None,
        "because": command.because,
    }
    entry = log(session, Deed.END_APPOINTMENT, held.unit, act, title, details)
    facts = {"title": title, "until": command.until}
    told = _tell(session, held, Say("end_appointment/notice", facts), f"ended:{entry}", act)
    done = {**facts, "at": act.said_at, "name": held.name, "told": told}
    offers = (labels.INVITE, labels.END_ANOTHER, labels.MENU)
    return Say("end_appointment/done", done, offers)


def _still_held(session: Session, command: EndAppointment, act: Act) -> Held:
    """The appointment as it was shown, locked with its unit; else it is refused."""
    if not may(act.person, Action.END_APPOINTMENT) or not may_end(act.person, command.role, command.unit):
        raise NotYourUnit(command.unit.short)
    act = locked(session, command.unit.id, act)
    held = people.held_by_number(session, command.number)
    today = act.office.day_of(act.at)
    is_held = people.is_held(session, held.id, today)
    if not is_held or (held.unit.id, held.role) != (command.unit.id, command.role):
        raise AppointmentEnded(title_of(command.role, command.unit))
    return held


def _close_what_waits(session: Session, held: Held, act: Act) -> None:
    """An undecided wish to hand the office over is over; a code by which the same person would hold it again, too."""
    hand_over = hand_overs.of_appointment(session, held.id)
    if hand_over is not None and hand_over.is_waiting:
        hand_overs.end(session, hand_over.id, act.at)
    for invitation in invitations.open_at(session, held.unit.id, act.at):
        if invitation.person == held.person_id and invitation.role is held.role:
            take_back(session, invitation, act.at)


def _tell(session: Session, held: Held, words: Say, key: str, act: Act) -> bool:
    is_somebody_else = held.person_id != act.person.id
    return is_somebody_else and tell_person(session, held.person_id, words, key, act)


def resume_appointment(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of ending: it is held on, unless somebody else has come into the office since."""
    held = people.held_by_number(session, entry.row("appointment"))
    if not may(act.person, Action.END_APPOINTMENT) or not may_end(act.person, held.role, held.unit):
        raise NotYourUnit(held.unit.short)
    until, before = entry.details["until"], entry.details["before"]
    is_as_it_was = held.appointment.until is not None and held.appointment.until.isoformat() == until
    if not is_as_it_was or people.appointed_since(session, held.unit.id, held.role, entry.said_at):
        raise ChangedSince(entry.subject)
    people.end(session, held.id, None if before is None else date.fromisoformat(before))
    words = Say("end_appointment/resumed", {"title": title_of(held.role, held.unit)})
    _tell(session, held, words, f"resumed:{entry.id}", act)
    return ()
