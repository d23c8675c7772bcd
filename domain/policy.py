"""Who may do what, and where."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.organisation import Unit, UnitId
from domain.people import REPORTING_ROLES, Appointment, Person, Role


class Action(StrEnum):
    """The kinds of act that need leave."""

    REPORT = "report"  # admissions of one's own unit
    FILE = "file"  # the quarter of a grassroots organisation
    SEE_UNIT = "see_unit"  # figures of one's own unit
    SEE_ALL = "see_all"  # figures of every unit
    OVERSEE = "oversee"  # the figures of the units that one answers for, and calling them
    EXPORT = "export"  # the office's files of them
    ADD_CELL = "add_cell"  # below one's own grassroots organisation
    INVITE = "invite"  # others, as far as `domain.inviting` says
    HAND_OVER = "hand_over"  # one's own appointment to a successor
    CONSENT = "consent"  # to another's handing over
    ANSWER = "answer"  # what units ask of the district
    END_APPOINTMENT = "end_appointment"  # of somebody else
    AMEND_TARGET = "amend_target"  # of a unit
    REMIND = "remind"  # units of their report
    SEND_NOTICE = "send_notice"  # to many units
    CLOSE_QUARTER = "close_quarter"  # or let it take reports again
    BE_HERE = "be_here"  # whatever anybody who joined may do


_ROLES: Final = {
    Action.REPORT: REPORTING_ROLES,
    Action.FILE: frozenset({Role.SECRETARY, Role.DEPUTY}),
    Action.SEE_UNIT: REPORTING_ROLES,
    Action.SEE_ALL: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.OVERSEE: frozenset({Role.OVERSEER, Role.DISTRICT, Role.ADMIN}),
    Action.EXPORT: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.ADD_CELL: frozenset({Role.SECRETARY, Role.DEPUTY}),
    Action.INVITE: frozenset({Role.SECRETARY, Role.DEPUTY, Role.DISTRICT, Role.ADMIN}),
    Action.HAND_OVER: frozenset({Role.SECRETARY, Role.CELL_SECRETARY}),
    Action.CONSENT: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.ANSWER: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.END_APPOINTMENT: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.AMEND_TARGET: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.REMIND: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.SEND_NOTICE: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.CLOSE_QUARTER: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.BE_HERE: frozenset(Role),
}
_EVERYWHERE: Final = frozenset({Role.DISTRICT, Role.ADMIN})


def may(person: Person, action: Action, unit: Unit | None = None) -> bool:
    """Whether an appointment of this person allows an action: at this unit, or anywhere when none is named."""
    return any(
        appointment.role in _ROLES[action] and (unit is None or _reaches(appointment, action, unit))
        for appointment in person.appointments
    )


def overseen(person: Person) -> frozenset[UnitId] | None:
    """The units that somebody oversees: an overseer's cluster, nothing for who has none; None for all there are."""
    held = [each for each in person.appointments if each.role in _ROLES[Action.OVERSEE]]
    if any(each.role in _EVERYWHERE for each in held):
        return None
    return frozenset(each.unit.id for each in held)


def _reaches(appointment: Appointment, action: Action, unit: Unit) -> bool:
    """Whether what is allowed by an appointment is so at a unit: a commune speaks for its cells as well."""
    own = {unit.id} if action is Action.HAND_OVER else {unit.id, unit.parent}
    return appointment.unit.id in own or appointment.role in _EVERYWHERE
