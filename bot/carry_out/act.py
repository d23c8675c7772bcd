"""What every command is carried out with: who, when, by which message; and what each of them leaves in the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.deed import Deed
from domain.errors import NotYourUnit
from domain.links import Links
from domain.office import Office
from domain.organisation import Unit, UnitId
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may
from storage.queries import audit
from storage.queries.admissions import Origin
from storage.queries.periods import after_words
from storage.queries.progress import lock_unit
from storage.session import Session

_NO_LINKS: Final = Links()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who has a command carried out, by which message, and under which office's rules.

    `inbox_id` is the message that confirmed it, `line_id` the one that its conversation began with.
    `because` is the reason for changing a quarter that is closed.
    `links` and `below` (a number under n that nobody can foresee) are what an invitation needs.
    """

    person: Person
    inbox_id: int | None
    said_at: datetime
    at: datetime
    office: Office
    line_id: int | None = None
    because: str | None = None
    links: Links = _NO_LINKS
    below: Callable[[int], int] = secrets.randbelow

    @property
    def origin(self) -> Origin:
        return Origin(
            at=self.at,
            said_at=self.said_at,
            person=self.person.id,
            inbox_id=self.inbox_id,
            late_because=self.because,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A unit's quarter whose figures or filing an act has changed; `reopened` when it was filed before."""

    unit: Unit
    quarter: Quarter
    reopened: bool = False


def locked(session: Session, unit: UnitId, act: Act) -> Act:
    """The act as it enters a unit's books, which nobody else writes until the end of the transaction.

    A closing that it has waited for kept a roll-up without it: what it writes, it writes after that one.
    """
    lock_unit(session, unit)
    return replace(act, at=after_words(session, act.at))


def must_be_allowed(act: Act, action: Action, unit: Unit) -> None:
    """Refuse whoever holds no appointment that allows an action at a unit."""
    if not may(act.person, action, unit):
        raise NotYourUnit(unit.short)


def log(
    session: Session, deed: Deed, unit: Unit, act: Act, subject: str, details: dict[str, object] | None = None
) -> int:
    """Write a deed into the log and answer the entry's id; `details` hold the ids that undoing it needs."""
    return audit.note(
        session,
        deed.value,
        at=act.at,
        person=act.person.id,
        unit=unit.id,
        inbox_id=act.inbox_id,
        line_id=act.line_id,
        subject=subject,
        details=details,
    )
