"""Mailings: what the district has said to many at once, a notice or a reminder, at its hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType

from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter

MailingId = NewType("MailingId", int)
HOLD: Final = timedelta(minutes=1)
"""How long a mailing is held before it leaves: so long it can be taken back from everybody."""
LONGEST_NOTICE: Final = 1500
"""Characters of a notice; with what stands above it, it fits on every channel."""


class MailingKind(StrEnum):
    """What is sent: a notice in the district's own words, or a reminder of a quarter's report."""

    NOTICE = "notice"
    REMINDER = "reminder"


_BEGINS: Final = {MailingKind.NOTICE: "TB", MailingKind.REMINDER: "NH"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is spoken to: those with one of the roles, at all units, at those of a block of the annex, or at these.

    A cell belongs to the grassroots organisation above it.
    """

    roles: tuple[Role, ...]
    units: tuple[UnitId, ...] | None = None
    block: int | None = None

    def as_json(self) -> dict[str, object]:
        units = None if self.units is None else list(self.units)
        return {"roles": [role.value for role in self.roles], "units": units, "block": self.block}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Audience:
        units = stored["units"]
        return cls(
            roles=tuple(Role(role) for role in stored["roles"]),
            units=None if units is None else tuple(UnitId(unit) for unit in units),
            block=stored["block"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people of an audience are reached, have blocked chibo everywhere, or have no address at all.

    `off`: how many are reached nowhere because a channel of theirs is off.
    `units` at which somebody is in office, `missing` those at which nobody is.
    """

    reached: int
    blocked: int
    unlinked: int
    units: int
    missing: int = 0
    off: int = 0

    @property
    def people(self) -> int:
        return self.reached + self.blocked + self.unlinked + self.off


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """One mailing: when it leaves (`due_at`), or has left (`done_at`), and whether it was taken back; all in UTC.

    `reach` is what it was when it left. `details` are the words of a notice, or the quarter of a reminder, and to whom.
    """

    id: MailingId
    kind: MailingKind
    details: Mapping[str, Any]
    due_at: datetime
    from_at: datetime
    by: PersonId | None
    done_at: datetime | None = None
    until: datetime | None = None
    reach: Reach | None = None

    @property
    def code(self) -> str:
        """What it is called in messages: «TB-3», «NH-4»."""
        return f"{_BEGINS[self.kind]}-{self.id}"

    @property
    def quarter(self) -> Quarter:
        """The quarter that a reminder is about."""
        return Quarter.parse(self.details["quarter"])

    @property
    def units(self) -> frozenset[UnitId]:
        """The units that a reminder is about."""
        return frozenset(UnitId(unit) for unit in self.details["units"])

    @property
    def people(self) -> frozenset[PersonId]:
        """The people to whom a reminder goes."""
        return frozenset(PersonId(person) for person in self.details["people"])

    @property
    def audience(self) -> Audience:
        return Audience.from_json(self.details["audience"])

    @property
    def key(self) -> str:
        """The beginning of the keys of its messages."""
        return f"mailing:{self.id}:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What has become of a mailing's messages so far."""

    sent: int = 0
    waiting: int = 0
    blocked: int = 0
    failed: int = 0
    withdrawn: int = 0
