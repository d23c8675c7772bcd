"""Who can be spoken to unasked: people in office, each at the address that they used last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, or_, select

from domain.deadline import Recipient
from domain.organisation import UnitId
from domain.people import PersonId, Role
from storage.session import Session
from storage.tables import addresses, appointments


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An address at which somebody is reached."""

    address_id: int
    channel: str
    value: str


_LAST_USED = (
    select(
        addresses.c.id,
        addresses.c.channel,
        addresses.c.value,
        addresses.c.person_id,
        func.row_number()
        .over(
            partition_by=addresses.c.person_id,
            order_by=(addresses.c.last_used_at.desc().nulls_last(), addresses.c.id.desc()),
        )
        .label("place"),
    )
    .where(addresses.c.person_id.is_not(None), addresses.c.blocked_at.is_(None))
    .subquery()
)
"""The address that each person used last, of those where we are not blocked, at place 1."""
_OF_ONE = select(_LAST_USED).where(_LAST_USED.c.person_id == bindparam("person"), _LAST_USED.c.place == 1)


def where_reached(session: Session, person: PersonId) -> Reached | None:
    """Where somebody is reached; None when they have no address or have blocked us at all of them."""
    row = session.execute(_OF_ONE, {"person": person}).first()
    return None if row is None else Reached(address_id=row.id, channel=row.channel, value=row.value)


def recipients(
    session: Session, roles: Collection[Role], on: date, units: Collection[UnitId] | None = None
) -> tuple[tuple[Recipient, Reached], ...]:
    """Everybody who holds one of the roles on a day, at one of the units if given, person by person.

    Who never joined or has blocked every address cannot be reached and is not among them.
    """
    query = (
        select(
            appointments.c.person_id,
            appointments.c.unit_id,
            appointments.c.role,
            _LAST_USED.c.id.label("address_id"),
            _LAST_USED.c.channel,
            _LAST_USED.c.value,
        )
        .join(_LAST_USED, (_LAST_USED.c.person_id == appointments.c.person_id) & (_LAST_USED.c.place == 1))
        .where(appointments.c.role.in_([role.value for role in roles]), appointments.c.since <= on)
        .where(or_(appointments.c.until.is_(None), appointments.c.until > on))
        .order_by(appointments.c.person_id, appointments.c.id)
    )
    return tuple(
        (
            Recipient(person=PersonId(row.person_id), unit=UnitId(row.unit_id), role=Role(row.role)),
            Reached(address_id=row.address_id, channel=row.channel, value=row.value),
        )
        for row in session.execute(query)
        if units is None or row.unit_id in units
    )
