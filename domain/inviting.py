"""Whom somebody may invite, and where."""

from __future__ import annotations

from typing import Final

from domain.organisation import Unit, UnitKind
from domain.people import Appointment, Person, Role

MOST_A_DAY: Final = 30
"""Codes that one person may make in a day: enough for a large commune, few enough for a stolen telephone."""
_BY_OFFICER: Final = (Role.SECRETARY, Role.DEPUTY, Role.CELL_SECRETARY, Role.OVERSEER)
_INVITES: Final = {
    Role.ADMIN: (*_BY_OFFICER, Role.DISTRICT, Role.ADMIN),
    Role.DISTRICT: _BY_OFFICER,
    Role.SECRETARY: (Role.CELL_SECRETARY, Role.DEPUTY),
    Role.DEPUTY: (Role.CELL_SECRETARY,),
}
_KINDS: Final = {
    Role.CELL_SECRETARY: UnitKind.CELL,
    Role.SECRETARY: UnitKind.GRASSROOTS,
    Role.DEPUTY: UnitKind.GRASSROOTS,
    Role.OVERSEER: UnitKind.GRASSROOTS,
    Role.DISTRICT: UnitKind.DISTRICT,
    Role.ADMIN: UnitKind.DISTRICT,
}
"""At which kind of unit each role is held."""


def roles_to_invite(person: Person) -> tuple[Role, ...]:
    """The roles that somebody may invite others to, wherever it is, in the order in which they are offered."""
    return tuple(dict.fromkeys(role for a in person.appointments for role in _INVITES.get(a.role, ())))


def may_invite(person: Person, role: Role, unit: Unit) -> bool:
    """Whether somebody may invite others to a role at a unit: officers everywhere, a commune for its own."""
    return _KINDS[role] is unit.kind and any(_may(a, role, unit) for a in person.appointments)


def may_end(person: Person, role: Role, unit: Unit) -> bool:
    """Whether somebody may end an appointment of others: an officer's business, where they may invite to it."""
    return person.is_district and may_invite(person, role, unit)


def _may(appointment: Appointment, role: Role, unit: Unit) -> bool:
    everywhere = appointment.role in (Role.ADMIN, Role.DISTRICT)
    here = everywhere or appointment.unit.id in (unit.id, unit.parent)
    return here and role in _INVITES.get(appointment.role, ())
