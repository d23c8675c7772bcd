"""How strong units are, as they have told and as the books show: members, and the last admission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, func, insert, or_, select, update

from domain.office import CountBy, Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.strength import FewMembers, LongWithout, Strength, years_before
from storage.queries.admissions import Origin, counted_on, in_force
from storage.queries.units import parents_as_of, units_of
from storage.session import Session
from storage.tables import admissions, last_admissions, member_counts, revisions, units

_FEW_IDLE: Final = 500
"""Units that are named in a statement; of more it asks all there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A unit's word on its strength, with the rows that hold it."""

    strength: Strength
    members_row: int | None = None
    admission_row: int | None = None


def told_by(session: Session, unit: UnitId) -> Told:
    """What is in force of what was told of a unit."""
    members = session.execute(_in_force(member_counts), {"unit": unit}).mappings().first()
    admission = session.execute(_in_force(last_admissions), {"unit": unit}).mappings().first()
    return Told(
        strength=Strength(
            members=members["members"] if members else None,
            last_admission=admission["admitted_on"] if admission else None,
        ),
        members_row=members["id"] if members else None,
        admission_row=admission["id"] if admission else None,
    )


def tell_members(session: Session, unit: UnitId, members: int, origin: Origin) -> int:
    """Put a unit's number of members in the place of the one before, and answer the row's id."""
    return _tell(session, member_counts, unit, {"members": members}, origin)


def tell_last_admission(session: Session, unit: UnitId, day: date, origin: Origin) -> int:
    """Put the day of a unit's last admission in the place of the one before, and answer the row's id."""
    return _tell(session, last_admissions, unit, {"admitted_on": day}, origin)


def end_members(session: Session, unit: UnitId, at: datetime) -> None:
    """End what was told of a unit's number of members."""
    _end(session, member_counts, unit, at)


def end_last_admission(session: Session, unit: UnitId, at: datetime) -> None:
    """End what was told of the day of a unit's last admission."""
    _end(session, last_admissions, unit, at)


def strength_of(session: Session, unit: Unit, on: date, count_by: CountBy) -> Strength:
    """How strong a unit is: its own word, and a last admission on the books that is later than that."""
    told = told_by(session, unit.id).strength
    booked = last_booked(session, unit, on, count_by)
    return Strength(members=told.members, last_admission=_latest(told.last_admission, booked))


def last_booked(session: Session, unit: Unit, on: date, count_by: CountBy) -> date | None:
    """The day of the last admission of a unit that is on the books, up to a day; None where there is none."""
    day = counted_on(count_by)
    statement = select(func.max(day)).where(in_force(), revisions.c.withdrawn.is_(False), day <= on)
    return session.execute(statement.where(_of(unit.kind, unit.id))).scalar()


def few_members(
    session: Session, at: datetime, office: Office, among: Collection[UnitId] | None = None
) -> tuple[FewMembers, ...]:
    """The units with fewer members than the office has set, the smallest first, as the books stood at a moment."""
    rows = session.execute(_FEW, {"at": at, "few": office.few_members}).all()
    known = _Known.of(session, [UnitId(row.unit_id) for row in rows], at, office.day_of(at))
    found = [
        FewMembers(unit=unit, members=row.members, above=known.above(unit))
        for row in rows
        if (unit := known.unit(UnitId(row.unit_id), among)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.members, _place(one.unit))))


def long_without(
    session: Session,
    at: datetime,
    office: Office,
    among: Collection[UnitId] | None = None,
    idle: Collection[UnitId] | None = None,
) -> tuple[LongWithout, ...]:
    """The units without any admission for as many years as the office has set, the longest first, at a moment.

    A unit of which nobody told, and of which the books hold no admission at all, is not among them. `idle` are the
    grassroots organisations that have admitted nobody this year, where that is known: of no other it can be true.
    """
    if not office.years_without:
        return ()
    today = office.day_of(at)
    last_day = years_before(today, office.years_without)
    told = {UnitId(row.unit_id): row.admitted_on for row in session.execute(_TOLD, {"at": at})}
    booked = _not_since(session, at, last_day, today, office.count_by, idle)
    known = _Known.of(session, [*_with_any(booked), *told], at, today)
    of_cells = known.latest_of_cells(told)
    found = []
    for unit_id, day in booked.items():
        own, unit = _latest(told.get(unit_id), day), known.unit(unit_id, among)
        if own is None or unit is None:
            continue  # what one of its cells has told is not all there is to an organisation
        since = max(own, of_cells.get(unit_id, own))
        if since <= last_day:
            found.append(LongWithout(unit=unit, since=since, above=known.above(unit)))
    return tuple(sorted(found, key=lambda one: (one.since, _place(one.unit))))


def _with_any(booked: Mapping[UnitId, date | None]) -> list[UnitId]:
    return [unit for unit, day in booked.items() if day is not None]


@dataclass(frozen=True, slots=True)
class _Known:
    """Units by id with the organisations above them, as the books knew them at a moment; those that existed then."""

    units: Mapping[UnitId, Unit]
    parents: Mapping[UnitId, UnitId]
    today: date

    @classmethod
    def of(cls, session: Session, ids: Iterable[UnitId], at: datetime, today: date) -> _Known:
        wanted = set(ids)
        found = units_of(session, wanted) if wanted else {}
        cells = {id_ for id_, unit in found.items() if unit.kind is UnitKind.CELL}
        parents = parents_as_of(session, cells, at)
        missing = set(parents.values()) - found.keys()
        return cls({**found, **(units_of(session, missing) if missing else {})}, parents, today)

    def unit(self, id_: UnitId, among: Collection[UnitId] | None) -> Unit | None:
        """The unit, where it exists and is, or belongs to, one of those that are asked for."""
        unit = self.units.get(id_)
        if unit is None or not unit.exists_on(self.today):
            return None
        return unit if among is None or id_ in among or self.parents.get(id_) in among else None

    def above(self, unit: Unit) -> str:
        parent = self.parents.get(unit.id)
        return "" if parent is None else self.units[parent].short

    def latest_of_cells(self, told: Mapping[UnitId, date]) -> dict[UnitId, date]:
        """The latest day that a cell of each organisation has told."""
        latest: dict[UnitId, date] = {}
        for cell, parent in self.parents.items():
            if cell in told:
                latest[parent] = max(told[cell], latest.get(parent, told[cell]))
        return latest


def _not_since(
    session: Session,
    at: datetime,
    last_day: date,
    today: date,
    count_by: CountBy,
    idle: Collection[UnitId] | None,
) -> dict[UnitId, date | None]:
    """The units that have admitted nobody after a day, with their last admission before it, if any is on the books."""
    day = counted_on(count_by)
    holds = in_force(at) & revisions.c.withdrawn.is_(False)
    found: dict[UnitId, date | None] = {}
    for kind in (UnitKind.GRASSROOTS, UnitKind.CELL):
        own = _of(kind, units.c.id)
        since = exists().where(own, holds, day > last_day, day <= today).correlate(units)
        before = select(func.max(day)).where(own, holds, day <= last_day).correlate(units).scalar_subquery()
        query = select(units.c.id, before.label("day")).where(units.c.kind == kind.value, ~since)
        if kind is UnitKind.GRASSROOTS and idle is not None and len(idle) <= _FEW_IDLE:
            if not idle:
                continue
            query = query.where(units.c.id.in_(idle))
        rows = session.execute(query)
        found.update((UnitId(row.id), row.day) for row in rows)
    return found


def _of(kind: UnitKind, unit: ColumnElement[int] | UnitId) -> ColumnElement[bool]:
    """The revisions of a grassroots organisation, or of a cell."""
    if kind is UnitKind.CELL:
        return (admissions.c.cell_id == unit) & (revisions.c.admission_id == admissions.c.id)
    return revisions.c.unit_id == unit


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _place(unit: Unit) -> tuple[bool, int, int, int]:
    return unit.block == 0, unit.block, unit.position, unit.id


def _held(table: Table) -> ColumnElement[bool]:
    """The rows that were in force at the moment asked for."""
    at = bindparam("at", type_=table.c.from_at.type)
    return (table.c.from_at <= at) & or_(table.c.until_at.is_(None), table.c.until_at > at)


_FEW: Final = select(member_counts.c.unit_id, member_counts.c.members).where(
    _held(member_counts), member_counts.c.members < bindparam("few")
)
_TOLD: Final = select(last_admissions.c.unit_id, last_admissions.c.admitted_on).where(_held(last_admissions))


def _in_force(table: Table) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.unit_id == bindparam("unit"), table.c.until_at.is_(None))


def _tell(session: Session, table: Table, unit: UnitId, told: Mapping[str, object], origin: Origin) -> int:
    _end(session, table, unit, origin.at)
    row = {
        "unit_id": unit,
        **told,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    return int(session.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def _end(session: Session, table: Table, unit: UnitId, at: datetime) -> None:
    session.execute(
        update(table).where(table.c.unit_id == unit, table.c.until_at.is_(None)).values(until_at=at)
    )
