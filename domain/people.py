"""Who uses chibo: people, the roles they hold and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from domain.organisation import Unit

PersonId = NewType("PersonId", int)


class Role(StrEnum):
    """What somebody is appointed to; the values are those of `chibo people invite --role`."""

    CELL_SECRETARY = "cell_secretary"
    SECRETARY = "secretary"
    DEPUTY = "deputy"
    OVERSEER = "overseer"
    DISTRICT = "district"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The Vietnamese title that messages use."""
        return _LABELS[self]


_LABELS = {
    Role.CELL_SECRETARY: "bí thư chi bộ",
    Role.SECRETARY: "bí thư",
    Role.DEPUTY: "phó bí thư",
    Role.OVERSEER: "ủy viên phụ trách",
    Role.DISTRICT: "cán bộ Ban Tổ chức",
    Role.ADMIN: "quản trị",
}
REPORTING_ROLES = frozenset({Role.CELL_SECRETARY, Role.SECRETARY, Role.DEPUTY})
"""The roles that report for their unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A role held at a unit from a day on; `until` is the first day on which it is held no more."""

    role: Role
    unit: Unit
    since: date = date.min
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who joined by invitation, with the appointments held now; the first one speaks for them.

    `cells` are those of the grassroots organisations that they report for, or that their own cell belongs to.
    """

    id: PersonId
    name: str
    appointments: tuple[Appointment, ...]
    cells: tuple[Unit, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(appointment.role for appointment in self.appointments)

    @property
    def is_district(self) -> bool:
        """Whether this person works at the district office."""
        return not self.roles.isdisjoint({Role.DISTRICT, Role.ADMIN})

    @property
    def asks_of_others(self) -> bool:
        """Whether what this person says is of other units: an officer, or an overseer who reports for none."""
        return self.is_district or (Role.OVERSEER in self.roles and not self.reports_for)

    def only(self, appointment: Appointment) -> Person:
        """The same person with this appointment alone."""
        return replace(self, appointments=(appointment,))

    @property
    def reports_for(self) -> tuple[Unit, ...]:
        """The units this person reports for, in the order of appointment."""
        return tuple(a.unit for a in self.appointments if a.role in REPORTING_ROLES)
