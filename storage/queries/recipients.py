"""Who can be spoken to unasked: people in office, each at the address that they used last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

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


def recipients(
    session: Session, roles: Collection[Role], on: date, units: Collection[UnitId] | None = None
) -> tuple[tuple[Recipient, Reached], ...]:
    """Everybody who holds one of the roles on a day, at one of the units if given, person by person.

    Who never joined or has blocked every address cannot be reached and is not among them.
    """
    last_used = (
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
    query = (
        select(
            appointments.c.person_id,
            appointments.c.unit_id,
            appointments.c.role,
            last_used.c.id.label("address_id"),
            last_used.c.channel,
            last_used.c.value,
        )
        .join(last_used, (last_used.c.person_id == appointments.c.person_id) & (last_used.c.place == 1))
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
