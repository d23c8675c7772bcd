"""Who may do what, and where."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.organisation import Unit
from domain.people import REPORTING_ROLES, Person, Role


class Action(StrEnum):
    """The kinds of act that need leave."""

    REPORT = "report"  # admissions of one's own unit
    FILE = "file"  # the quarter of a grassroots organisation
    SEE_UNIT = "see_unit"  # figures of one's own unit
    SEE_ALL = "see_all"  # figures of every unit
    BE_HERE = "be_here"  # whatever anybody who joined may do


_ROLES: Final = {
    Action.REPORT: REPORTING_ROLES,
    Action.FILE: frozenset({Role.SECRETARY, Role.DEPUTY}),
    Action.SEE_UNIT: REPORTING_ROLES,
    Action.SEE_ALL: frozenset({Role.DISTRICT, Role.ADMIN}),
    Action.BE_HERE: frozenset(Role),
}
_EVERYWHERE: Final = frozenset({Role.DISTRICT, Role.ADMIN})


def may(person: Person, action: Action, unit: Unit | None = None) -> bool:
    """Whether an appointment of this person allows an action: at this unit, or anywhere when none is named."""
    return any(
        appointment.role in _ROLES[action]
        and (unit is None or appointment.unit.id == unit.id or appointment.role in _EVERYWHERE)
        for appointment in person.appointments
    )
