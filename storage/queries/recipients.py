"""Who can be spoken to unasked: people in office, each at the address that they used last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from domain.deadline import Recipient
from domain.organisation import UnitId
from domain.people import PersonId, Role
from storage.queries.channels_off import is_open
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
    .where(addresses.c.person_id.is_not(None), is_open())
    .subquery()
)
"""The address that each person used last, of those where messages go out, at place 1."""
_OF_ONE = select(_LAST_USED).where(_LAST_USED.c.person_id == bindparam("person"), _LAST_USED.c.place == 1)


def where_reached(session: Session, person: PersonId) -> Reached | None:
    """Where somebody is reached; None when none of their addresses takes messages."""
    row = session.execute(_OF_ONE, {"person": person}).first()
    return None if row is None else Reached(address_id=row.id, channel=row.channel, value=row.value)


_ELSEWHERE = (
    select(addresses.c.id, addresses.c.channel, addresses.c.value)
    .where(
        addresses.c.person_id == bindparam("person"),
        addresses.c.channel != bindparam("off"),
        is_open(),
    )
    .order_by(addresses.c.last_used_at.desc().nulls_last(), addresses.c.id.desc())
    .limit(1)
)


def where_else_reached(session: Session, person: PersonId, off: str) -> Reached | None:
    """Where somebody is reached on another channel than this one; None when nowhere."""
    row = session.execute(_ELSEWHERE, {"person": person, "off": off}).first()
    return None if row is None else Reached(address_id=row.id, channel=row.channel, value=row.value)


PAGE: Final = 500
"""People whose appointments are in memory at once."""


def recipient_pages(
    session: Session, roles: Collection[Role], on: date
) -> Iterator[tuple[tuple[Recipient, Reached], ...]]:
    """The same as `recipients`, some hundred people at a time."""
    after = 0
    held = select(appointments.c.person_id).distinct().where(_held(roles, on))
    while True:
        page = held.where(appointments.c.person_id > after).order_by(appointments.c.person_id).limit(PAGE)
        people = session.execute(page).scalars().all()
        if not people:
            return
        after = people[-1]
        yield _recipients(session, roles, on, people)


def _recipients(
    session: Session, roles: Collection[Role], on: date, people: Collection[int]
) -> tuple[tuple[Recipient, Reached], ...]:
    last_used = (
        select(addresses.c.id, addresses.c.channel, addresses.c.value, addresses.c.person_id)
        .where(addresses.c.person_id.in_(people), is_open())
        .order_by(addresses.c.person_id, addresses.c.last_used_at.desc().nulls_last(), addresses.c.id.desc())
    )
    reached: dict[int, Reached] = {}
    for row in session.execute(last_used):
        at = Reached(address_id=row.id, channel=row.channel, value=row.value)
        reached.setdefault(row.person_id, at)
    held = (
        select(appointments.c.person_id, appointments.c.unit_id, appointments.c.role)
        .where(_held(roles, on), appointments.c.person_id.in_(people))
        .order_by(appointments.c.person_id, appointments.c.id)
    )
    return tuple(
        (
            Recipient(person=PersonId(row.person_id), unit=UnitId(row.unit_id), role=Role(row.role)),
            reached[row.person_id],
        )
        for row in session.execute(held)
        if row.person_id in reached
    )


def _held(roles: Collection[Role], on: date) -> ColumnElement[bool]:
    """Appointments to one of the roles that are held on a day."""
    return (
        appointments.c.role.in_([role.value for role in roles])
        & (appointments.c.since <= on)
        & or_(appointments.c.until.is_(None), appointments.c.until > on)
    )


def roles_reached(session: Session, on: date) -> frozenset[tuple[UnitId, Role]]:
    """Which roles are held on a day, at which units, by somebody who can be reached."""
    can_be = exists().where(addresses.c.person_id == appointments.c.person_id, is_open())
    found = (
        select(appointments.c.unit_id, appointments.c.role).distinct().where(_held(tuple(Role), on), can_be)
    )
    return frozenset((UnitId(row.unit_id), Role(row.role)) for row in session.execute(found))


def recipients(
    session: Session, roles: Collection[Role], on: date, units: Collection[UnitId] | None = None
) -> tuple[tuple[Recipient, Reached], ...]:
    """Everybody who holds one of the roles on a day, at one of the units if given, person by person.

    Who never joined, has blocked us everywhere, or uses a channel alone that is off cannot be reached and is not among them.
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
