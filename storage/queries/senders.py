"""Who a message is from: the address, and the person with the appointments held that day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningInsert

from domain.organisation import Unit, UnitKind
from domain.people import REPORTING_ROLES, Appointment, Person, PersonId, Role
from storage.dialect import as_given, dialect_of, insert_for, insert_many, one_of
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import addresses, appointments, dialogues, hand_overs, people, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An address that wrote; `person` is empty for a stranger, or for somebody whose appointments all ended."""

    address_id: int
    channel: str
    address: str
    person: Person | None
    blocked: bool


def lock_senders(
    session: Session,
    senders: Sequence[tuple[str, str]],
    at: datetime,
    *,
    wrote: bool = False,
    silent: Collection[tuple[str, str]] = (),
) -> None:
    """Put each (channel, address) on the books, `wrote` as used now, and lock them and their people until the end.

    That somebody blocks us at an address (`silent`) is no use of it: only so does the books' word on when somebody was
    heard hold.
    All in one order, so that two processes with the same people in hand wait for each other and never for good.
    The locks leave others free to write rows that refer to these people, such as a message to send to them.
    """
    pairs = sorted(set(senders))
    rows = [
        {
            "channel": channel,
            "value": value,
            "created_at": at,
            "last_used_at": at if wrote and (channel, value) not in silent else None,
        }
        for channel, value in pairs
    ]
    session.execute(_make_known(dialect_of(session)), rows)
    if dialect_of(session) == "postgresql":  # SQLite has one writer at a time: us
        for lock in _locks(tuple_(addresses.c.channel, addresses.c.value).in_(pairs)):
            session.execute(lock)


def lock_addresses(session: Session, ids: Collection[int]) -> None:
    """Lock addresses that are on the books, and their people, until the end; in the same order as `lock_senders`."""
    if dialect_of(session) != "postgresql":
        return  # SQLite has one writer at a time: us
    for lock in _LOCK_ADDRESSES:
        session.execute(lock, {"ids": list(ids)})


def _locks(own: ColumnElement[bool]) -> tuple[Select[int], Select[int]]:
    """Of addresses, and then of the people whom they belong to."""
    persons = select(addresses.c.person_id).where(own)
    return (
        select(addresses.c.id).where(own).order_by(addresses.c.id).with_for_update(key_share=True),
        select(people.c.id)
        .where(people.c.id.in_(persons))
        .order_by(people.c.id)
        .with_for_update(key_share=True),
    )


_LOCK_ADDRESSES = _locks(one_of("postgresql", addresses.c.id, "ids"))


@cache
def _make_known(dialect: str) -> ReturningInsert[int]:
    fresh = insert_for(dialect, addresses)
    used = func.coalesce(fresh.excluded.last_used_at, addresses.c.last_used_at)
    known = fresh.on_conflict_do_update(index_elements=["channel", "value"], set_={"last_used_at": used})
    return known.returning(addresses.c.id)  # so that many go in one statement


_OWNER = select(addresses.c.person_id).where(addresses.c.id == bindparam("address"))
_LOCK_PERSON = select(people.c.id).where(people.c.id == bindparam("person")).with_for_update(key_share=True)


def owner_of(session: Session, address_id: int) -> PersonId | None:
    """Whoever is reached at an address."""
    owner = session.execute(_OWNER, {"address": address_id}).scalar()
    return None if owner is None else PersonId(owner)


def lock_owner(session: Session, address_id: int) -> PersonId | None:
    """Lock whoever is reached at an address until the end; answers who it is."""
    owner = session.execute(_OWNER, {"address": address_id}).scalar()
    if owner is not None and dialect_of(session) == "postgresql":
        session.execute(_LOCK_PERSON, {"person": owner})
    return None if owner is None else PersonId(owner)


_CELL = units.alias("cell")
_REPORTS = appointments.c.role.in_(sorted(role.value for role in REPORTING_ROLES))
_COMMUNE = case((units.c.kind == UnitKind.CELL.value, units.c.parent_id), else_=units.c.id)
_SENDER = (
    select(
        addresses.c.id.label("address_id"),
        addresses.c.blocked_at,
        people.c.id.label("person_id"),
        people.c.name.label("person_name"),
        appointments.c.id.label("appointment_id"),
        appointments.c.role,
        appointments.c.since,
        appointments.c.until,
        *units.c,
        *(column.label(f"cell_{column.name}") for column in _CELL.c),
    )
    .select_from(addresses)
    .outerjoin(people, people.c.id == addresses.c.person_id)
    .outerjoin(appointments, appointments.c.person_id == people.c.id)
    .outerjoin(units, units.c.id == appointments.c.unit_id)
    .outerjoin(_CELL, and_(_CELL.c.parent_id == _COMMUNE, _CELL.c.kind == UnitKind.CELL.value, _REPORTS))
    .where(addresses.c.channel == bindparam("channel"), addresses.c.value == bindparam("address"))
    .order_by(appointments.c.id, _CELL.c.id)
)


_UNIT = tuple(column.name for column in units.c)
_HELD = 8
"""Where the columns of the unit begin at which an appointment is held; those of a cell below follow."""
_BELOW = _HELD + len(_UNIT)


def sender_of(session: Session, channel: str, address: str, on: date) -> Sender:
    """Who is behind an address that is on the books, with the appointments held on a day and the cells below."""
    rows = session.execute(_SENDER, {"channel": channel, "address": address}).all()
    address_id, blocked_at, person_id, name = rows[0][:4]
    held, cells = dict[int, Appointment](), dict[int, Unit]()
    for row in rows:
        appointment, role, since, until = row[4:_HELD]
        if role is None or since > on or (until is not None and until <= on):
            continue
        if appointment not in held:
            unit = _unit(row[_HELD:_BELOW])
            held[appointment] = Appointment(role=Role(role), unit=unit, since=since, until=until)
        if row[_BELOW] is not None:
            cells.setdefault(row[_BELOW], _unit(row[_BELOW:]))
    below = tuple(cell for cell in cells.values() if cell.exists_on(on))
    person = Person(id=PersonId(person_id), name=name, appointments=tuple(held.values()), cells=below)
    return Sender(
        address_id=address_id,
        channel=channel,
        address=address,
        person=person if held else None,
        blocked=blocked_at is not None,
    )


def _unit(values: Sequence[Any]) -> Unit:
    return unit_from(dict(zip(_UNIT, values, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An office that somebody held last: where, from which day on it is held no more, and whether it was handed over."""

    unit: Unit
    on: date
    handed_over: bool


_ENDED = (
    select(
        appointments.c.until,
        exists()
        .where(hand_overs.c.appointment_id == appointments.c.id, hand_overs.c.agreed)
        .label("handed_over"),
        *units.c,
    )
    .join(addresses, addresses.c.person_id == appointments.c.person_id)
    .join(units, units.c.id == appointments.c.unit_id)
    .where(addresses.c.id == bindparam("address"), appointments.c.until <= bindparam("on"))
    .order_by(appointments.c.until.desc(), appointments.c.id.desc())
    .limit(1)
)


def last_ended(session: Session, address_id: int, on: date) -> Ended | None:
    """The office that whoever is behind an address held last, ended by a day; None where they held none."""
    row = session.execute(_ENDED, {"address": address_id, "on": on}).mappings().first()
    return (
        None
        if row is None
        else Ended(unit=unit_from(row), on=row["until"], handed_over=bool(row["handed_over"]))
    )


def mark_blocked(session: Session, address_id: int, at: datetime | None) -> None:
    """Note that an address cannot be reached since `at`, or (None) that it can again."""
    session.execute(update(addresses).where(addresses.c.id == address_id).values(blocked_at=at))


def may_greet(session: Session, address_id: int, at: datetime, not_since: datetime) -> bool:
    """Whether a stranger may be told how to join now; yes if the last time was before `not_since`."""
    told = session.execute(
        update(addresses)
        .where(
            addresses.c.id == address_id,
            or_(addresses.c.greeted_at.is_(None), addresses.c.greeted_at < not_since),
        )
        .values(greeted_at=at)
        .returning(addresses.c.id)
    )
    return told.first() is not None


_DIALOGUE = select(dialogues.c.state).where(dialogues.c.person_id == bindparam("person"))


def dialogue_of(session: Session, person_id: PersonId) -> dict[str, object] | None:
    """The stored state of a person's dialogue."""
    return session.execute(_DIALOGUE, {"person": person_id}).scalar()


def dialogues_of(session: Session, persons: Collection[PersonId]) -> dict[PersonId, dict[str, object]]:
    """The stored states of the dialogues of several people, of those who have one."""
    found = session.execute(_dialogues_of(dialect_of(session)), {"persons": list(persons)})
    return {PersonId(person): state for person, state in found}


@cache
def _dialogues_of(dialect: str) -> Select[int, Any]:
    own = one_of(dialect, dialogues.c.person_id, "persons")
    return select(dialogues.c.person_id, dialogues.c.state).where(own)


def keep_dialogues(session: Session, states: Mapping[PersonId, dict[str, object]], at: datetime) -> None:
    """Store the states of several people's dialogues in place of those before."""
    rows = [{"person_id": person, "state": state} for person, state in states.items()]
    if rows:
        dialect = dialect_of(session)
        session.execute(_keep(dialect), as_given(dialect, rows, {"updated_at": at}))


def keep_dialogue(session: Session, person_id: PersonId, state: dict[str, object], at: datetime) -> None:
    """Store the state of a person's dialogue in place of the one before."""
    keep_dialogues(session, {person_id: state}, at)


@cache
def _keep(dialect: str) -> ReturningInsert[int]:
    fresh = insert_many(dialect, dialogues, ("person_id", "state"), ("updated_at",))
    anew = {"state": fresh.excluded.state, "updated_at": fresh.excluded.updated_at}
    kept = fresh.on_conflict_do_update(index_elements=["person_id"], set_=anew)
    return kept.returning(dialogues.c.person_id)  # so that many go in one statement
