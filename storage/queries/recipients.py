"""Who can be spoken to unasked: people in office, each at the address that they used last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, exists, func, or_, select

from domain.deadline import Recipient
from domain.organisation import UnitId
from domain.people import PersonId, Role
from storage.dialect import dialect_of, one_of
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
    held, appointed = _in_office(dialect_of(session), frozenset(roles))
    asked: dict[str, object] = {"on": on, "after": 0}
    while people := session.execute(held, asked).scalars().all():
        asked = {"on": on, "after": people[-1], "people": people}
        reached = _last_used(session, people)
        yield tuple(
            (Recipient(person=PersonId(person), unit=UnitId(unit), role=Role(role)), reached[person])
            for person, unit, role in session.execute(appointed, asked).all()
            if person in reached
        )


@cache
def _in_office(dialect: str, roles: frozenset[Role]) -> tuple[Select[int], Select[int, int, str]]:
    """Who holds one of the roles, a page of them; and what some people hold."""
    person, held = appointments.c.person_id, _held(roles, bindparam("on", type_=Date))
    page = select(person).distinct().where(held, person > bindparam("after")).order_by(person).limit(PAGE)
    appointed = select(person, appointments.c.unit_id, appointments.c.role)
    theirs = appointed.where(held, one_of(dialect, person, "people")).order_by(person, appointments.c.id)
    return page, theirs


def _last_used(session: Session, people: Sequence[int]) -> Mapping[int, Reached]:
    found: dict[int, Reached] = {}
    for id_, channel, value, person in session.execute(_used(dialect_of(session)), {"people": people}).all():
        if person is not None and person not in found:
            found[person] = Reached(address_id=id_, channel=channel, value=value)
    return found


@cache
def _used(dialect: str) -> Select[int, str, str, int | None]:
    """The addresses at which some people are reached, of each person the one first that was used last."""
    return (
        select(addresses.c.id, addresses.c.channel, addresses.c.value, addresses.c.person_id)
        .where(one_of(dialect, addresses.c.person_id, "people"), is_open())
        .order_by(addresses.c.person_id, addresses.c.last_used_at.desc().nulls_last(), addresses.c.id.desc())
    )


def _held(roles: Collection[Role], on: date | BindParameter[date]) -> ColumnElement[bool]:
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
