"""Audiences: how many people a mailing reaches, and a notice to all of them in one statement."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from domain.mailing import Audience, Mailing, Reach
from domain.organisation import UnitKind
from domain.people import PersonId
from storage.columns import Instant
from storage.dialect import insert_or
from storage.queries.channels_off import is_open
from storage.queries.outbox import PATIENCE
from storage.session import Session
from storage.tables import addresses, appointments, outbox, units

KIND = "mailing"
_COUNTED = case((units.c.kind == UnitKind.CELL.value, units.c.parent_id), else_=units.c.id)
"""The grassroots organisation that a unit belongs to: itself, or the one above a cell."""
_GRASSROOTS = units.alias("grassroots")


def reach(session: Session, audience: Audience, on: date, apart: PersonId | None = None) -> Reach:
    """How many people of an audience are reached on a day, but for one, and at how many units somebody is."""
    people = _people(audience, on, apart).subquery()
    linked = exists().where(addresses.c.person_id == people.c.person_id)
    unblocked = exists().where(addresses.c.person_id == people.c.person_id, addresses.c.blocked_at.is_(None))
    open_ = exists().where(addresses.c.person_id == people.c.person_id, is_open())
    found = session.execute(
        select(
            func.count().label("people"),
            func.coalesce(func.sum(case((open_, 1), else_=0)), 0).label("reached"),
            func.coalesce(func.sum(case((unblocked, 1), else_=0)), 0).label("unblocked"),
            func.coalesce(func.sum(case((linked, 1), else_=0)), 0).label("linked"),
        ).select_from(people)
    ).one()
    peopled: int = session.execute(_units(audience, on, apart)).scalar_one()
    wanted: int = session.execute(_wanted(audience, on)).scalar_one()
    reached, linked_ones = int(found.reached), int(found.linked)
    return Reach(
        reached=reached,
        blocked=linked_ones - int(found.unblocked),
        off=int(found.unblocked) - reached,
        unlinked=int(found.people) - linked_ones,
        units=peopled,
        missing=wanted - peopled,
    )


def put_notice(
    session: Session, mailing: Mailing, text: str, on: date, at: datetime, apart: PersonId | None = None
) -> None:
    """Put a notice to an audience into the outbox, to each person once, at the address used last."""
    place = (
        func.row_number()
        .over(
            partition_by=addresses.c.person_id,
            order_by=(addresses.c.last_used_at.desc().nulls_last(), addresses.c.id.desc()),
        )
        .label("place")
    )
    reached = (
        select(addresses.c.id, place)
        .where(is_open(), addresses.c.person_id.in_(_people(mailing.audience, on, apart)))
        .subquery()
    )
    values: dict[str, ColumnElement[Any]] = {
        "address_id": reached.c.id,
        "key": literal(mailing.key, String()) + cast(reached.c.id, String),
        "kind": literal(KIND, String()),
        "text": literal(text, String()),
        "choices": literal([], JSON()),
        "question": literal("", String()),
        "created_at": literal(at, Instant()),
        "due_at": literal(at, Instant()),
        "expires_at": literal(at + PATIENCE, Instant()),
        "state": literal("waiting", String()),
    }
    chosen = select(*values.values()).where(reached.c.place == 1).order_by(reached.c.id)
    statement = insert_or(session, outbox).from_select(list(values), chosen)
    session.execute(statement.on_conflict_do_nothing(index_elements=["key"]))


def _people(audience: Audience, on: date, apart: PersonId | None) -> Select[Any]:
    """The people of an audience, each once."""
    held = select(appointments.c.person_id).join(units, units.c.id == appointments.c.unit_id)
    held = held.where(_in_office(audience, on), _at(audience)).distinct()
    return held if apart is None else held.where(appointments.c.person_id != apart)


def _units(audience: Audience, on: date, apart: PersonId | None) -> Select[Any]:
    held = select(func.count(_COUNTED.distinct())).join(appointments, appointments.c.unit_id == units.c.id)
    held = held.where(_in_office(audience, on), _at(audience))
    return held if apart is None else held.where(appointments.c.person_id != apart)


def _wanted(audience: Audience, on: date) -> Select[Any]:
    """How many grassroots organisations an audience is of."""
    wanted = select(func.count(units.c.id)).where(
        units.c.kind == UnitKind.GRASSROOTS.value,
        units.c.valid_from <= on,
        or_(units.c.valid_to.is_(None), units.c.valid_to > on),
    )
    if audience.units is not None:
        wanted = wanted.where(units.c.id.in_(audience.units))
    return wanted if audience.block is None else wanted.where(units.c.block == audience.block)


def _in_office(audience: Audience, on: date) -> ColumnElement[bool]:
    return (
        appointments.c.role.in_([role.value for role in audience.roles])
        & (appointments.c.since <= on)
        & or_(appointments.c.until.is_(None), appointments.c.until > on)
    )


def _at(audience: Audience) -> ColumnElement[bool]:
    """At the units of an audience, or at the cells below them; never at the district itself."""
    here = units.c.kind != UnitKind.DISTRICT.value
    if audience.units is not None:
        here &= _COUNTED.in_(audience.units)
    if audience.block is not None:
        blocks = select(_GRASSROOTS.c.id).where(_GRASSROOTS.c.block == audience.block)
        here &= _COUNTED.in_(blocks)
    return here
