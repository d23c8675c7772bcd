"""People and what they are appointed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, insert, or_, select, update

from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Appointment, Person, PersonId, Role
from storage.queries.channels_off import is_open
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import addresses, appointments, people, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An appointment as the books hold it, with who holds it and where they are reached."""

    id: int
    person_id: PersonId
    name: str
    appointment: Appointment
    channels: tuple[str, ...]
    phone: str | None = None

    @property
    def role(self) -> Role:
        return self.appointment.role

    @property
    def unit(self) -> Unit:
        return self.appointment.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody on the books, and in words what they hold; `holds` is empty for who holds nothing."""

    id: PersonId
    name: str
    phone: str | None
    roles: frozenset[Role]
    holds: str


def everybody(session: Session, day: date) -> tuple[Known, ...]:
    """All people on the books with what they hold on a day."""
    held: defaultdict[PersonId, list[Held]] = defaultdict(list)
    for one in held_on(session, day):
        held[one.person_id].append(one)
    rows = session.execute(select(people.c.id, people.c.name, people.c.phone).order_by(people.c.id))
    return tuple(
        Known(
            id=PersonId(row.id),
            name=row.name,
            phone=row.phone,
            roles=frozenset(one.role for one in held[PersonId(row.id)]),
            holds=", ".join(f"{one.role.label} {one.unit.short}" for one in held[PersonId(row.id)]),
        )
        for row in rows
    )


def add(session: Session, name: str, at: datetime) -> PersonId:
    """Put somebody new on the books."""
    statement = insert(people).values(name=name, created_at=at).returning(people.c.id)
    return PersonId(session.execute(statement).scalar_one())


def name_of(session: Session, person: PersonId) -> str | None:
    """The name of somebody; None when nobody has this id."""
    return session.execute(select(people.c.name).where(people.c.id == person)).scalar()


def keep_phone(session: Session, person: PersonId, phone: str | None) -> None:
    """Note where somebody is rung up, in place of what was known."""
    session.execute(update(people).where(people.c.id == person).values(phone=phone))


def appoint(
    session: Session, person: PersonId, unit: UnitId, role: Role, *, since: date, at: datetime
) -> None:
    """Appoint somebody from a day on, unless they hold this very role there already."""
    held = select(appointments.c.id).where(
        appointments.c.person_id == person,
        appointments.c.unit_id == unit,
        appointments.c.role == role.value,
        _on(since),
    )
    if session.execute(held).first() is None:
        session.execute(
            insert(appointments).values(
                person_id=person, unit_id=unit, role=role.value, since=since, created_at=at
            )
        )


def end(session: Session, appointment: int, until: date | None) -> None:
    """End an appointment: `until` is the first day on which it is held no more; None where it goes on after all."""
    session.execute(update(appointments).where(appointments.c.id == appointment).values(until=until))


def appointment_of(session: Session, person: PersonId, unit: UnitId, role: Role, day: date) -> int | None:
    """The number of the appointment by which somebody holds a role at a unit on a day; None when they do not."""
    return session.execute(
        select(appointments.c.id).where(
            appointments.c.person_id == person,
            appointments.c.unit_id == unit,
            appointments.c.role == role.value,
            _on(day),
        )
    ).scalar()


def is_held(session: Session, appointment: int, day: date) -> bool:
    """Whether an appointment holds on a day."""
    held = select(appointments.c.id).where(appointments.c.id == appointment, _on(day))
    return session.execute(held).first() is not None


def roles_held(session: Session, unit_ids: Collection[UnitId], day: date) -> frozenset[tuple[UnitId, Role]]:
    """Which roles somebody holds on a day at these units."""
    held = select(appointments.c.unit_id, appointments.c.role).where(
        appointments.c.unit_id.in_(unit_ids), _on(day)
    )
    return frozenset((UnitId(unit), Role(role)) for unit, role in session.execute(held))


def person_on(session: Session, person: PersonId, day: date) -> Person | None:
    """Somebody with the appointments held on a day; None where there are none."""
    held = [_held(row) for row in session.execute(_HELD.where(people.c.id == person, _on(day))).mappings()]
    appointments_held = tuple(each.appointment for each in held)
    return Person(id=person, name=held[0].name, appointments=appointments_held) if held else None


def held_on(session: Session, day: date) -> tuple[Held, ...]:
    """All appointments held on a day, in the plan's order of units."""
    reached = _channels(session)
    ordered = _HELD.where(_on(day)).order_by(
        units.c.block == 0, units.c.block, units.c.position, units.c.id, appointments.c.id
    )
    return tuple(
        replace(_held(row), channels=reached.get(row["held_person_id"], ()))
        for row in session.execute(ordered).mappings()
    )


def held_at(session: Session, unit_ids: Collection[UnitId], day: date) -> tuple[Held, ...]:
    """The appointments held on a day at these units, in the order of the units and of appointment; without channels."""
    held = _HELD.where(appointments.c.unit_id.in_(unit_ids), _on(day))
    ordered = held.order_by(units.c.kind != UnitKind.GRASSROOTS.value, units.c.id, appointments.c.id)
    return tuple(_held(row) for row in session.execute(ordered).mappings())


def held_by_number(session: Session, appointment: int) -> Held:
    """The appointment of a row, whether it is held still or not; without channels."""
    found = session.execute(_HELD.where(appointments.c.id == appointment))
    return _held(found.mappings().one())


def overseers_on(session: Session, day: date) -> tuple[tuple[int, str, UnitId], ...]:
    """Who oversees which unit on a day: the person, the name, the unit; in the order of appointment."""
    held = (
        select(people.c.id, people.c.name, appointments.c.unit_id)
        .join(appointments, appointments.c.person_id == people.c.id)
        .where(appointments.c.role == Role.OVERSEER.value, _on(day))
        .order_by(appointments.c.id)
    )
    return tuple((row.id, row.name, UnitId(row.unit_id)) for row in session.execute(held))


def units_held(session: Session, day: date) -> frozenset[UnitId]:
    """The units at which somebody holds something on a day; for a cell also the one above it."""
    above = func.coalesce(units.c.parent_id, units.c.id)
    of_cell = case((units.c.kind == UnitKind.CELL.value, above), else_=units.c.id)
    held = select(of_cell).join(appointments, appointments.c.unit_id == units.c.id).where(_on(day)).distinct()
    return frozenset(UnitId(unit) for unit in session.execute(held).scalars())


def others_stay(session: Session, appointment: int, role: Role, day: date) -> bool:
    """Whether anybody holds a role on a day and for good, anywhere, but by this appointment."""
    held = (
        select(appointments.c.id)
        .where(appointments.c.id != appointment, appointments.c.role == role.value, _on(day))
        .where(appointments.c.until.is_(None))
    )
    return session.execute(held.limit(1)).first() is not None


def appointed_since(session: Session, unit: UnitId, role: Role, at: datetime) -> bool:
    """Whether somebody was appointed to a role at a unit after a moment."""
    later = select(appointments.c.id).where(
        appointments.c.unit_id == unit, appointments.c.role == role.value, appointments.c.created_at > at
    )
    return session.execute(later.limit(1)).first() is not None


def _held(row: RowMapping) -> Held:
    return Held(
        id=row["held_id"],
        person_id=PersonId(row["held_person_id"]),
        name=row["held_name"],
        phone=row["held_phone"],
        appointment=Appointment(
            role=Role(row["held_role"]),
            unit=unit_from(row),
            since=row["held_since"],
            until=row["held_until"],
        ),
        channels=(),
    )


_HELD: Select[tuple[object, ...]] = (
    select(
        appointments.c.id.label("held_id"),
        appointments.c.person_id.label("held_person_id"),
        people.c.name.label("held_name"),
        people.c.phone.label("held_phone"),
        appointments.c.role.label("held_role"),
        appointments.c.since.label("held_since"),
        appointments.c.until.label("held_until"),
        *units.c,
    )
    .join(people, people.c.id == appointments.c.person_id)
    .join(units, units.c.id == appointments.c.unit_id)
)


def _on(day: date) -> ColumnElement[bool]:
    return (appointments.c.since <= day) & or_(appointments.c.until.is_(None), appointments.c.until > day)


def _channels(session: Session) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(addresses.c.person_id, addresses.c.channel)
        .where(addresses.c.person_id.is_not(None))
        .order_by(addresses.c.id)
    )
    for person, channel in rows:
        found[person].append(channel)
    return {person: tuple(dict.fromkeys(channels)) for person, channels in found.items()}


def reached_at(session: Session, role: Role, day: date) -> tuple[tuple[int, str], ...]:
    """The addresses, as (id, channel), where messages go out, of everybody who holds a role on a day."""
    rows = session.execute(
        select(addresses.c.id, addresses.c.channel)
        .join(appointments, appointments.c.person_id == addresses.c.person_id)
        .where(appointments.c.role == role.value, _on(day), is_open())
        .distinct()
        .order_by(addresses.c.id)
    )
    return tuple((row.id, row.channel) for row in rows)
