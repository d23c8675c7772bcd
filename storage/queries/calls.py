"""People who wish to be rung up."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Row, RowMapping, Select, bindparam, exists, insert, select, update

from domain.matters import Call, CallId
from domain.people import Appointment, PersonId, Role
from storage.queries.admissions import Origin
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import appointments, calls, people, units

_OPEN: Select[tuple[object, ...]] = (
    select(calls.c.id, calls.c.person_id, calls.c.asked_at, people.c.name, people.c.phone)
    .join(people, people.c.id == calls.c.person_id)
    .where(calls.c.settled_at.is_(None))
    .order_by(calls.c.id)
)
_OPEN_OF = _OPEN.where(calls.c.person_id == bindparam("person"))
_BY_ID = _OPEN.where(calls.c.id == bindparam("call"))
_ALL_HELD: Select[tuple[object, ...]] = (
    select(appointments.c.role.label("held_role"), appointments.c.person_id.label("held_by"), *units.c)
    .join(units, units.c.id == appointments.c.unit_id)
    .where(appointments.c.since <= bindparam("on"))
    .where(appointments.c.until.is_(None) | (appointments.c.until > bindparam("on")))
    .order_by(appointments.c.id)
)
_HELD = _ALL_HELD.where(appointments.c.person_id == bindparam("person")).limit(1)
_HELD_BY_ALL = _ALL_HELD.where(
    appointments.c.person_id.in_(select(calls.c.person_id).where(calls.c.settled_at.is_(None)))
)
_SETTLE = (
    update(calls)
    .where(calls.c.id == bindparam("call"), calls.c.settled_at.is_(None))
    .values(settled_at=bindparam("at"), settled_by_id=bindparam("by"))
    .returning(calls.c.id)
)
_OTHERS = calls.alias()
_ASKED_ANEW = exists().where(_OTHERS.c.person_id == calls.c.person_id, _OTHERS.c.settled_at.is_(None))
_REOPEN = (
    update(calls)
    .where(calls.c.id == bindparam("call"), calls.c.settled_at.is_not(None), ~_ASKED_ANEW)
    .values(settled_at=None, settled_by_id=None)
    .returning(calls.c.id)
)


def open_calls(session: Session, on: date) -> tuple[Call, ...]:
    """Who wishes to be rung up, oldest first, with what they hold on a day."""
    rows = session.execute(_OPEN).all()
    held: dict[int, Appointment] = {}
    for row in session.execute(_HELD_BY_ALL, {"on": on}).mappings() if rows else ():
        held.setdefault(row["held_by"], _appointment(row))
    return tuple(_call(row, held.get(row.person_id)) for row in rows)


def open_call_of(session: Session, person: PersonId, on: date) -> Call | None:
    """Somebody's wish to be rung up that nobody has seen to."""
    row = session.execute(_OPEN_OF, {"person": person}).first()
    return None if row is None else _call(row, _first_held(session, person, on))


def call_by_id(session: Session, call: CallId, on: date) -> Call | None:
    """A wish to be rung up that nobody has seen to; None when there is none of this id, or no more."""
    row = session.execute(_BY_ID, {"call": call}).first()
    return None if row is None else _call(row, _first_held(session, PersonId(row.person_id), on))


def _call(row: Row[tuple[object, ...]], held: Appointment | None) -> Call:
    return Call(
        id=CallId(row.id),
        person=PersonId(row.person_id),
        name=row.name,
        phone=row.phone,
        asked_at=row.asked_at,
        held=held,
    )


def _first_held(session: Session, person: PersonId, on: date) -> Appointment | None:
    row = session.execute(_HELD, {"person": person, "on": on}).mappings().first()
    return None if row is None else _appointment(row)


def _appointment(row: RowMapping) -> Appointment:
    return Appointment(role=Role(row["held_role"]), unit=unit_from(row))


def ask(session: Session, person: PersonId, origin: Origin) -> CallId:
    """Write down that somebody wishes to be rung up, and answer the wish's id."""
    row = {"person_id": person, "asked_at": origin.at, "inbox_id": origin.inbox_id}
    return CallId(session.execute(insert(calls).values(row).returning(calls.c.id)).scalar_one())


def settle(session: Session, call: CallId, by: PersonId, at: datetime) -> bool:
    """Note who has rung up, and when; says whether it was still to be done."""
    return session.execute(_SETTLE, {"call": call, "by": by, "at": at}).first() is not None


def reopen(session: Session, call: CallId) -> bool:
    """Let it be still to be done; says whether it was settled, and not asked for anew since."""
    return session.execute(_REOPEN, {"call": call}).first() is not None
