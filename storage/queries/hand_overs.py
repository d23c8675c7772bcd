"""Hand-overs: who wishes to pass an appointment on to whom, and what the district said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, insert, select, update

from domain.invitation import InvitationId
from domain.organisation import Unit, UnitId
from domain.people import PersonId, Role
from domain.title import title_of
from storage.queries.admissions import Origin
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import appointments, hand_overs, people, units


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A wish to pass an appointment on; `agreed` is None until the district has decided.

    `ended` when it was withdrawn, declined, or the successor has joined.
    """

    id: int
    appointment: int
    unit: Unit
    role: Role
    person: PersonId
    name: str
    successor: str
    agreed: bool | None
    invitation: InvitationId | None
    ended: bool

    @property
    def code(self) -> str:
        """What it is called in messages."""
        return f"BG-{self.id}"

    @property
    def title(self) -> str:
        """The office that is handed over, in words."""
        return title_of(self.role, self.unit)

    @property
    def is_waiting(self) -> bool:
        """Whether the district has still to decide."""
        return self.agreed is None and not self.ended


def propose(session: Session, appointment: int, successor: str, origin: Origin) -> int:
    """Write down somebody's wish and answer its number."""
    made = insert(hand_overs).values(
        appointment_id=appointment,
        successor=successor,
        from_at=origin.at,
        by_person_id=origin.person,
        inbox_id=origin.inbox_id,
    )
    number: int = session.execute(made.returning(hand_overs.c.id)).scalar_one()
    return number


def decide(
    session: Session, number: int, *, agreed: bool, invitation: InvitationId | None, origin: Origin
) -> None:
    """Write down what the district said; a hand-over that is declined is over."""
    ended = {} if agreed else {"until_at": origin.at}
    _update(
        session,
        hand_overs.c.id == number,
        {
            "decided_at": origin.at,
            "decided_by_id": origin.person,
            "agreed": agreed,
            "invitation_id": invitation,
            **ended,
        },
    )


def end(session: Session, number: int, at: datetime) -> None:
    """A hand-over is over: withdrawn, or done."""
    _update(session, hand_overs.c.id == number, {"until_at": at})


def invite_by(session: Session, before: InvitationId, now: InvitationId) -> None:
    """Where an invitation was that of a successor, the one that takes its place is."""
    _update(session, hand_overs.c.invitation_id == before, {"invitation_id": now})


def expect(session: Session, number: int, invitation: InvitationId, successor: str) -> None:
    """Note who is to take over, and with which invitation."""
    _update(session, hand_overs.c.id == number, {"invitation_id": invitation, "successor": successor})


def agreed_at(session: Session, unit: UnitId, role: Role) -> tuple[HandOver, ...]:
    """The hand-overs of a role at a unit that the district has consented to and nobody has joined for; not locked."""
    agreed = _HAND_OVER.where(
        appointments.c.unit_id == unit,
        appointments.c.role == role.value,
        hand_overs.c.agreed,
        hand_overs.c.until_at.is_(None),
    )
    return tuple(_hand_over(row) for row in session.execute(agreed.order_by(hand_overs.c.id)).mappings())


def of_appointment(session: Session, appointment: int) -> HandOver | None:
    """The hand-over of an appointment that is under way."""
    return _one(session, (hand_overs.c.appointment_id == appointment) & hand_overs.c.until_at.is_(None))


def of_invitation(session: Session, invitation: InvitationId) -> HandOver | None:
    """The hand-over under way whose successor joins with this invitation."""
    return _one(session, (hand_overs.c.invitation_id == invitation) & hand_overs.c.until_at.is_(None))


def numbered(session: Session, number: int) -> HandOver | None:
    """The hand-over with this number, locked until the end."""
    return _one(session, hand_overs.c.id == number)


def waiting(session: Session) -> tuple[HandOver, ...]:
    """The hand-overs that the district has to decide, the longest waiting first."""
    open_ones = _HAND_OVER.where(hand_overs.c.until_at.is_(None), hand_overs.c.decided_at.is_(None))
    return tuple(_hand_over(row) for row in session.execute(open_ones.order_by(hand_overs.c.id)).mappings())


_HAND_OVER = (
    select(
        hand_overs.c.id.label("number"),
        hand_overs.c.appointment_id,
        hand_overs.c.successor,
        hand_overs.c.agreed,
        hand_overs.c.invitation_id,
        hand_overs.c.until_at,
        appointments.c.role,
        appointments.c.person_id,
        people.c.name.label("person_name"),
        *units.c,
    )
    .join(appointments, appointments.c.id == hand_overs.c.appointment_id)
    .join(people, people.c.id == appointments.c.person_id)
    .join(units, units.c.id == appointments.c.unit_id)
)


def _one(session: Session, which: ColumnElement[bool]) -> HandOver | None:
    row = session.execute(_HAND_OVER.where(which).with_for_update(of=hand_overs)).mappings().first()
    return None if row is None else _hand_over(row)


def _hand_over(row: RowMapping) -> HandOver:
    invitation = row["invitation_id"]
    return HandOver(
        id=row["number"],
        appointment=row["appointment_id"],
        unit=unit_from(row),
        role=Role(row["role"]),
        person=PersonId(row["person_id"]),
        name=row["person_name"],
        successor=row["successor"],
        agreed=row["agreed"],
        invitation=None if invitation is None else InvitationId(invitation),
        ended=row["until_at"] is not None,
    )


def _update(session: Session, which: ColumnElement[bool], values: Mapping[str, Any]) -> None:
    session.execute(update(hand_overs).where(which).values(**values))
