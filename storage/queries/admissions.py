"""Admissions: recorded once, corrected by revisions, read as they stood at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
)

from domain.candidate import CandidateId, may_be_same
from domain.commands import NewMember
from domain.facts import Facts, Schooling
from domain.office import CountBy
from domain.organisation import Unit, UnitId
from domain.people import PersonId
from domain.period import Quarter
from storage.dialect import dialect_of, one_of
from storage.session import Session
from storage.tables import admissions, candidates, revisions, units

LOOKS_BACK: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An admission on the books, as its current revision has it; `unit_name` is the short one.

    `is_veiled`: its name is not for whoever asks, and was taken away.
    """

    id: int
    code: str
    unit: UnitId
    unit_name: str
    cell: UnitId | None
    name: str
    folded: str
    birth_year: int | None
    counted_on: date
    is_veiled: bool = False

    def is_as_old(self, birth_year: int | None) -> bool:
        """Whether it is known to be of this very year of birth."""
        return birth_year is not None and self.birth_year == birth_year


def counted_on(count_by: CountBy, of: FromClause = revisions) -> ColumnElement[date]:
    """The date that puts a revision into a quarter; the other date serves when this one is missing."""
    first, second = of.c.ceremony_on, of.c.decision_on
    return func.coalesce(*((first, second) if count_by is CountBy.CEREMONY else (second, first)))


def counted_between(first: date, last: date, count_by: CountBy) -> ColumnElement[bool]:
    """Whether the date that counts lies between two days: put so that a database can tell how often that is."""
    return or_(*counted_apart(first, last, count_by))


def counted_apart(
    first: date, last: date, count_by: CountBy
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The two ways for the date that counts to lie between two days: itself, or the other for want of it.

    Nothing is of both, and each by itself is one stretch of an index that begins with the dates.
    """
    ceremony, decision = revisions.c.ceremony_on, revisions.c.decision_on
    one, other = (ceremony, decision) if count_by is CountBy.CEREMONY else (decision, ceremony)
    return one.between(first, last), and_(one.is_(None), other.between(first, last))


def in_force(at: datetime | None = None) -> ColumnElement[bool]:
    """The revisions in force now, or as the books stood at a moment; withdrawn ones are in force but count not."""
    if at is None:
        return revisions.c.until_at.is_(None)
    return and_(revisions.c.from_at <= at, or_(revisions.c.until_at.is_(None), revisions.c.until_at > at))


def receipt_code(unit_code: str, year: int, serial: int) -> str:
    """The code that a receipt carries, such as `BS-22-01`."""
    return f"{unit_code}-{year % 100:02}-{serial:02}"


_ReportedSelect = Select[str, int, int, int, str, str, int | None, date, int, int | None, str]


def _select_reported(on: ColumnElement[date]) -> _ReportedSelect:
    return (
        select(
            units.c.code,
            admissions.c.year,
            admissions.c.serial,
            revisions.c.unit_id,
            revisions.c.name,
            revisions.c.folded,
            revisions.c.birth_year,
            on.label("counted_on"),
            admissions.c.id,
            admissions.c.cell_id,
            units.c.short,
        )
        .join(admissions, admissions.c.id == revisions.c.admission_id)
        .join(units, units.c.id == admissions.c.unit_id)
        .where(in_force(), revisions.c.withdrawn.is_(False))
        .where(on.between(bindparam("first"), bindparam("last")))
        .order_by(admissions.c.id)
    )


@cache
def _of_units(dialect: str, count_by: CountBy) -> _ReportedSelect:
    return _select_reported(counted_on(count_by)).where(one_of(dialect, revisions.c.unit_id, "units"))


@cache
def _of_name(count_by: CountBy) -> _ReportedSelect:
    bearing, on_books = bindparam("bearing", type_=Text), revisions.c.folded
    ends = literal("% ", Text)
    one_ends_the_other = or_(on_books.like(ends + bearing), bearing.like(ends + on_books))
    return _select_reported(counted_on(count_by)).where(
        revisions.c.unit_id == bindparam("unit"), or_(on_books == bearing, one_ends_the_other)
    )


def reported(
    session: Session, unit_ids: Sequence[UnitId], first: date, last: date, count_by: CountBy
) -> tuple[Reported, ...]:
    """The admissions of some units counted between two days, in the order in which they were reported."""
    asked = {"units": list(unit_ids), "first": first, "last": last}
    found = session.execute(_of_units(dialect_of(session), count_by), asked)
    return tuple(_reported(row) for row in found)


def namesakes(
    session: Session, unit_id: UnitId, folded: str, today: date, count_by: CountBy
) -> tuple[Reported, ...]:
    """The admissions of a unit, within about a year, of whoever bears a name (folded), or a part of it.

    «Hoa» may be «Nguyễn Thị Hoa»: people are called by the last word of their names.
    """
    asked = {"unit": unit_id, "bearing": folded, "first": today - LOOKS_BACK, "last": today + LOOKS_BACK}
    return tuple(_reported(row) for row in session.execute(_of_name(count_by), asked))


@cache
def _of_others(count_by: CountBy) -> _ReportedSelect:
    return _select_reported(counted_on(count_by)).where(
        revisions.c.unit_id != bindparam("unit"), revisions.c.folded == bindparam("bearing")
    )


def elsewhere(
    session: Session, unit_id: UnitId, folded: str, birth_year: int | None, today: date, count_by: CountBy
) -> tuple[Reported, ...]:
    """The admissions of other units, within about a year, of whoever bears a full name and can be the same person."""
    if " " not in folded:
        return ()
    asked = {"unit": unit_id, "bearing": folded, "first": today - LOOKS_BACK, "last": today + LOOKS_BACK}
    found = [_reported(row) for row in session.execute(_of_others(count_by), asked)]
    return tuple(each for each in found if may_be_same(each.birth_year, birth_year))


def _reported(row: Row[str, int, int, int, str, str, int | None, date, int, int | None, str]) -> Reported:
    code, year, serial, unit, name, folded, birth_year, on, admission, cell, unit_name = row
    return Reported(
        id=admission,
        code=receipt_code(code, year, serial),
        unit=UnitId(unit),
        unit_name=unit_name,
        cell=None if cell is None else UnitId(cell),
        name=name,
        folded=folded,
        birth_year=birth_year,
        counted_on=on,
    )


_LAST_SERIAL = select(func.max(admissions.c.serial)).where(
    admissions.c.unit_id == bindparam("unit"), admissions.c.year == bindparam("of")
)


def last_serial(session: Session, unit_id: UnitId, year: int) -> int:
    """The highest number that a unit's receipts of a year have reached; 0 when there are none."""
    return session.execute(_LAST_SERIAL, {"unit": unit_id, "of": year}).scalar() or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an entry of the books comes from: the message and its sender.

    `at` is when it enters the books, `said_at` when the message was sent: what was in time is told by the latter.
    `late_because` is the reason for what came after the close of its quarter.
    """

    at: datetime
    said_at: datetime
    person: PersonId | None = None
    inbox_id: int | None = None
    late_because: str | None = None


def facts_columns(facts: Facts) -> dict[str, object]:
    """The columns of a revision for the facts that were told."""
    return {name: str(told) if isinstance(told, Schooling) else told for name, told in facts.told().items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An admission to record: the unit it counts for, the cell below it if any, year and number of its receipt.

    The member's own dates say when.
    """

    unit: UnitId
    cell: UnitId | None
    year: int
    serial: int
    member: NewMember
    folded: str
    decision_no: str | None


_CANDIDATE_UNIT = (
    select(units.c.id)
    .join(candidates, candidates.c.unit_id == units.c.id)
    .where(candidates.c.id == bindparam("candidate"), units.c.parent_id == bindparam("counted"))
)


def cell_of(session: Session, unit: Unit, counted: Unit, candidate: CandidateId | None) -> UnitId | None:
    """The cell that an admission belongs to: the one that reports it, or that has the candidate on its list."""
    if unit.id != counted.id:
        return unit.id
    if candidate is None:
        return None
    asked = {"candidate": candidate, "counted": counted.id}
    found = session.execute(_CANDIDATE_UNIT, asked).scalar()
    return None if found is None else UnitId(found)


_ADMISSION = insert(admissions).returning(admissions.c.id)
_REVISION = insert(revisions)


def record(session: Session, entry: Entry, origin: Origin) -> int:
    """Put an admission on the books as its first revision, and answer its id."""
    admission = {
        "unit_id": entry.unit,
        "cell_id": entry.cell,
        "year": entry.year,
        "serial": entry.serial,
        "candidate_id": entry.member.candidate,
        "reported_at": origin.said_at,
    }
    admission_id: int = session.execute(_ADMISSION, admission).scalar_one()
    session.execute(_REVISION, _first_revision(admission_id, entry, origin))
    return admission_id


def _first_revision(admission_id: int, entry: Entry, origin: Origin) -> dict[str, object]:
    member = entry.member
    return {
        "admission_id": admission_id,
        "number": 1,
        "unit_id": entry.unit,
        "name": member.name,
        "folded": entry.folded,
        "gender": member.gender,
        "birth_year": member.birth_year,
        "birth_date": member.birth_date,
        "ceremony_on": member.ceremony_on,
        "decision_on": member.decision_on,
        "decision_no": entry.decision_no,
        "withdrawn": False,
        "late_because": origin.late_because,
        **facts_columns(member.facts),
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }


@cache
def _counts(count_by: CountBy) -> Select[date, int]:
    on = counted_on(count_by)
    return (
        select(on.label("counted_on"), func.count())
        .where(revisions.c.unit_id == bindparam("unit"), in_force(), revisions.c.withdrawn.is_(False))
        .where(on.between(bindparam("first"), bindparam("last")))
        .group_by(on)
    )


def counts_by_quarter(session: Session, unit_id: UnitId, year: int, count_by: CountBy) -> dict[Quarter, int]:
    """How many admissions of a unit count in each quarter of a year."""
    of_year = {"unit": unit_id, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    counts = dict.fromkeys((Quarter(year, number) for number in (1, 2, 3, 4)), 0)
    for day, number in session.execute(_counts(count_by), of_year):
        counts[Quarter.of(day)] += number
    return counts


@cache
def _by_cell(count_by: CountBy) -> Select[int | None, date, int]:
    on = counted_on(count_by)
    return (
        select(admissions.c.cell_id, on.label("counted_on"), func.count())
        .join(admissions, admissions.c.id == revisions.c.admission_id)
        .where(revisions.c.unit_id == bindparam("unit"), in_force(), revisions.c.withdrawn.is_(False))
        .where(on.between(bindparam("first"), bindparam("last")))
        .group_by(admissions.c.cell_id, on)
    )


def counts_by_cell(
    session: Session, unit_id: UnitId, year: int, count_by: CountBy
) -> dict[UnitId | None, dict[Quarter, int]]:
    """How many admissions of each cell of a unit count in each quarter of a year; None is for those of no cell."""
    of_year = {"unit": unit_id, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    counts: dict[UnitId | None, dict[Quarter, int]] = {}
    for cell, day, number in session.execute(_by_cell(count_by), of_year):
        of_cell = counts.setdefault(None if cell is None else UnitId(cell), {})
        of_cell[Quarter.of(day)] = of_cell.get(Quarter.of(day), 0) + number
    return counts


def candidates_admitted(session: Session, candidates: Sequence[CandidateId]) -> frozenset[CandidateId]:
    """Which of these candidates have an admission on the books already."""
    rows = session.execute(
        select(admissions.c.candidate_id).where(admissions.c.candidate_id.in_(candidates))
    ).scalars()
    return frozenset(CandidateId(row) for row in rows if row is not None)
