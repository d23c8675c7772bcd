"""The roll-up: all units' figures in a quarter, as the books stood at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, exists, func, or_, select, true

from domain.at_risk import AtRisk
from domain.candidate import Candidate
from domain.closing import Period, closed_since, in_force_of
from domain.errors import NoPlan
from domain.facts import Schooling
from domain.office import Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import Breakdown, Filed, FilingKind, HeadsRate, RollUp, Tally, UnitProgress
from domain.warning import at_risk, is_warned_of, near_steps
from storage.queries.admissions import counted_apart, counted_between, counted_on, in_force
from storage.queries.changes import changed_between
from storage.queries.heads import heads_as_of
from storage.queries.issues import open_count
from storage.queries.lessons import lessons_of
from storage.queries.periods import closings_of, date_closed
from storage.queries.pipeline import pipeline
from storage.queries.plan_terms import plan_terms
from storage.queries.strength import few_members, long_without
from storage.queries.units import KnownUnit, parents_as_of, units_as_of
from storage.session import Session
from storage.tables import filings, revisions, targets

_GROUPS = {
    "women": revisions.c.gender == "nữ",
    "minority": revisions.c.minority.is_(True),
    "religious": revisions.c.religious.is_(True),
    "youth": revisions.c.youth.is_(True),
    "rural": revisions.c.rural.is_(True),
    "private_sector": revisions.c.private_sector.is_(True),
    "village_heads": revisions.c.village_head.is_(True),
    "sex_unknown": revisions.c.gender.is_(None),
}


_NARROW: Final = 400
"""So many units are named in a statement."""
_COMMUNES: Final = 1
"""The block of the annex whose units have villages."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which figures: of a quarter, as the books stood at a moment, by the rules of the office; of which units."""

    quarter: Quarter
    as_of: datetime
    office: Office
    among: frozenset[UnitId] | None = None

    @classmethod
    def of(
        cls, quarter: Quarter, as_of: datetime, office: Office, among: Collection[UnitId] | None
    ) -> _Asked:
        return cls(quarter, as_of, office, None if among is None else frozenset(among))

    def asks_for(self, unit: ColumnElement[int]) -> ColumnElement[bool]:
        """Whether a unit is one of those asked for; where they are many, all are fetched."""
        return true() if self.among is None or len(self.among) > _NARROW else unit.in_(self.among)

    @property
    def today(self) -> date:
        return self.office.day_of(self.as_of)

    @property
    def counted_on(self) -> ColumnElement[date]:
        return counted_on(self.office.count_by)

    @property
    def last_day(self) -> date:
        """The last day of the year, or the moment's own where that comes first."""
        return min(date(self.quarter.year, 12, 31), self.today)

    @property
    def in_year(self) -> ColumnElement[bool]:
        """Admissions of the year that do not lie after the moment."""
        return counted_between(date(self.quarter.year, 1, 1), self.last_day, self.office.count_by)

    @property
    def in_quarter_apart(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Admissions of the quarter that do not lie after the moment, in two lots."""
        last = min(self.quarter.last_day, self.last_day)
        return counted_apart(self.quarter.first_day, last, self.office.count_by)

    @property
    def in_quarter(self) -> ColumnElement[bool]:
        """The two lots together."""
        return or_(*self.in_quarter_apart)


def roll_up(
    session: Session,
    quarter: Quarter,
    as_of: datetime,
    office: Office,
    among: Collection[UnitId] | None = None,
) -> RollUp:
    """All units' progress in a quarter as the books stood at a moment, in some twenty statements; raises NoPlan.

    The plan and the tree are those of that moment: asked later, it comes out the same. `among` are the grassroots
    organisations that it is of, where it is not of all.
    """
    plan = plan_terms(session, quarter.year, as_of)
    if plan is None:
        raise NoPlan(quarter.year)
    asked = _Asked.of(quarter, as_of, office, among)
    known = units_as_of(session, as_of)
    changes = _changes(session, revisions, as_of)
    rows, told = _progress(session, asked, known, changes), heads_as_of(session, as_of)
    closings = closings_of(session, quarter, as_of)
    period = Period(quarter=quarter, grace_days=plan.grace_days, word=in_force_of(closings))
    is_closed = period.is_closed(asked.today)
    closed = closed_since(closings)
    if closed is None and is_closed:  # the books do not say so yet
        closed = date_closed(session, period, as_of, office.timezone)
    amended = _amended(session, asked, closed, rows)
    return RollUp(
        plan=plan,
        as_of=as_of,
        quarter=quarter,
        units=rows,
        breakdown=_breakdown(session, asked, changes),
        heads=_heads_of(rows, told),
        heads_told=sum(row.unit.id in told for row in rows) if told else 0,
        heads_awaited=sum(row.unit.block == _COMMUNES or row.unit.id in told for row in rows),
        issues_open=open_count(session, as_of, asked.among),
        district=_district(known),
        closed_on=period.last_day if is_closed else None,
        closed_at=period.closed_at,
        reopened_until=None if is_closed else period.reopened_until,
        amended_after_close=tuple(now for now, _ in amended),
        before_amended=tuple(before for _, before in amended),
        at_risk=_at_risk(session, asked, rows) if is_warned_of(quarter, asked.today) else (),
        few_members=few_members(session, as_of, office, asked.among),
        long_without=long_without(session, as_of, office, asked.among, _idle(asked, rows)),
        lessons=lessons_of(session, quarter, as_of, office, asked.among),
    )


def _idle(asked: _Asked, rows: Sequence[UnitProgress]) -> list[UnitId] | None:
    """The organisations that have admitted nobody this year; None where it is another year that is asked for."""
    if asked.quarter.year != asked.today.year:
        return None
    return [row.unit.id for row in rows if not row.admitted.year]


def risks(
    session: Session,
    quarter: Quarter,
    as_of: datetime,
    office: Office,
    among: Collection[UnitId] | None = None,
) -> tuple[AtRisk, ...]:
    """The units that will miss a quarter as the books stood at a moment within it, also long before its end."""
    asked = _Asked.of(quarter, as_of, office, among)
    return _at_risk(session, asked, _all_rows(session, asked))


def _at_risk(session: Session, asked: _Asked, rows: tuple[UnitProgress, ...]) -> tuple[AtRisk, ...]:
    """Those that lack more than the candidates of theirs, and of their cells, can bring in time."""
    near = pipeline(session, asked.as_of, near_steps(asked.quarter, asked.today))
    parents = parents_as_of(session, {candidate.unit for candidate in near}, asked.as_of)
    on_the_way: dict[UnitId, list[Candidate]] = {}
    for candidate in near:
        on_the_way.setdefault(parents.get(candidate.unit, candidate.unit), []).append(candidate)
    return at_risk(rows, on_the_way, asked.today, asked.office.count_by)


def all_progress(
    session: Session, quarter: Quarter, as_of: datetime, office: Office
) -> tuple[UnitProgress, ...]:
    """Every grassroots organisation's progress in a quarter as the books stood at a moment, in the plan's order."""
    return _all_rows(session, _Asked(quarter, as_of, office))


def _all_rows(session: Session, asked: _Asked) -> tuple[UnitProgress, ...]:
    changes = _changes(session, revisions, asked.as_of)
    return _progress(session, asked, units_as_of(session, asked.as_of), changes)


def _progress(
    session: Session, asked: _Asked, known: Sequence[KnownUnit], changes: _Changes
) -> tuple[UnitProgress, ...]:
    """Also of units that exist no more: the figures that they have this year count on."""
    assigned, admitted = _targets(session, asked), _admitted(session, asked, changes)
    filed, today, none, quarter = _filed(session, asked), asked.today, Tally(), asked.quarter
    return tuple(
        UnitProgress(
            unit=unit,
            quarter=quarter,
            target=assigned.get(unit.id, none),
            admitted=admitted.get(unit.id, none),
            filed=filed.get(unit.id),
        )
        for unit, entered in _asked_for(asked, known)
        if unit.id in assigned or unit.id in admitted or (entered and unit.exists_on(today))
    )


def _asked_for(asked: _Asked, known: Sequence[KnownUnit]) -> Iterator[tuple[Unit, bool]]:
    """The grassroots organisations that figures are asked for, and whether the books knew them."""
    organisations = ((each.unit, each.entered) for each in known if each.unit.kind is UnitKind.GRASSROOTS)
    if asked.among is None:
        return organisations
    return (each for each in organisations if each[0].id in asked.among)


def _district(known: Sequence[KnownUnit]) -> str:
    found = (each.unit for each in known if each.unit.kind is UnitKind.DISTRICT)
    return min(found, key=lambda unit: unit.id).short if known else ""


def _targets(session: Session, asked: _Asked) -> Mapping[UnitId, Tally]:
    quarter, year, on, assigned = asked.quarter, asked.quarter.year, targets.c.quarter, targets.c.assigned
    last = Quarter(year, 4)
    statement = (
        select(
            targets.c.unit_id,
            func.coalesce(func.sum(assigned).filter(on == quarter), 0),
            func.coalesce(func.sum(assigned).filter(on <= quarter), 0)
            if quarter < last
            else func.sum(assigned),
            func.sum(assigned),
            func.count(),
        )
        .where(on.between(Quarter(year, 1), last), asked.asks_for(targets.c.unit_id))
        .group_by(targets.c.unit_id)
    )
    return _tallies(_parts(session, statement, targets, _changes(session, targets, asked.as_of)))


def _admitted(session: Session, asked: _Asked, changes: _Changes) -> Mapping[UnitId, Tally]:
    """Of the quarter, to its end and in all; where none of the year can lie after it, the last two are one."""
    on, quarter = asked.counted_on, asked.quarter
    is_last = asked.last_day <= quarter.last_day
    statement = (
        select(
            revisions.c.unit_id,
            func.count().filter(
                on >= quarter.first_day if is_last else on.between(quarter.first_day, quarter.last_day)
            ),
            func.count() if is_last else func.count().filter(on <= quarter.last_day),
            func.count(),
        )
        .where(revisions.c.withdrawn.is_(False), asked.in_year, asked.asks_for(revisions.c.unit_id))
        .group_by(revisions.c.unit_id)
    )
    return _tallies(_parts(session, statement, revisions, changes))


_Part = tuple[int, Sequence[Sequence[Any]]]
_Changes = Sequence[tuple[int, ColumnElement[bool]]]
"""Which facts of now to take off (-1), and which former ones to add (1), to have those of a moment."""


def _changes(session: Session, facts: Table, at: datetime) -> _Changes:
    """Those that came after the moment, and those ended since: none where the moment is now, as it nearly always is."""
    came, ended = session.execute(_later(facts), {"at": at}).one()
    begun, until = facts.c.from_at, facts.c.until_at
    spells = ((came, -1, and_(begun > at, until.is_(None))), (ended, 1, and_(until > at, begun <= at)))
    return [(sign, spell) for is_any, sign, spell in spells if is_any]


@cache
def _later(facts: Table) -> Select[bool, bool]:
    begun, until = facts.c.from_at, facts.c.until_at
    at = bindparam("at", type_=begun.type)
    return select(exists().where(begun > at), exists().where(until > at))


def _parts(
    session: Session, statement: Select[*tuple[Any, ...]], facts: Table, changes: _Changes
) -> Iterator[_Part]:
    """What is counted of the facts of a moment: of those now, and of those in which the moment differs.

    Those of now have an index that holds all that is counted.
    """
    yield 1, session.execute(statement.where(facts.c.until_at.is_(None))).all()
    for sign, spell in changes:
        yield sign, session.execute(statement.where(spell)).all()


def _tallies(parts: Iterable[_Part]) -> Mapping[UnitId, Tally]:
    """The figures by unit; the last of each row counts the facts, without which there are none.

    Of few different tallies there are many, so that each is made once.
    """
    (_, rows), *corrections = parts
    return _made(_corrected(rows, corrections).values() if corrections else rows)


def _made(rows: Iterable[Sequence[Any]]) -> Mapping[UnitId, Tally]:
    made = _Made()
    return {row[0]: made[row[1:4]] for row in rows if row[-1]}


def _corrected(rows: Iterable[Sequence[int]], corrections: Iterable[_Part]) -> Mapping[UnitId, Sequence[int]]:
    figures: dict[UnitId, Sequence[int]] = {UnitId(row[0]): row for row in rows}
    for sign, corrected in corrections:
        for unit, *changes in corrected:
            now = figures.get(unit) or (unit, *(0 for _ in changes))
            figures[unit] = (
                unit,
                *(each + sign * change for each, change in zip(now[1:], changes, strict=True)),
            )
    return figures


class _Made(dict[Sequence[int], Tally]):
    """Tallies by their figures, each made when it is first asked for."""

    def __missing__(self, figures: Sequence[int]) -> Tally:
        quarter, to_date, year = figures
        tally = self[figures] = Tally(quarter=quarter, to_date=to_date, year=year)
        return tally


def _filed(session: Session, asked: _Asked) -> Mapping[UnitId, Filed]:
    rows = session.execute(
        select(filings.c.unit_id, filings.c.kind, filings.c.from_at)
        .where(filings.c.quarter == asked.quarter, filings.c.from_at <= asked.as_of)
        .where(asked.asks_for(filings.c.unit_id))
        .where(or_(filings.c.until_at.is_(None), filings.c.until_at > asked.as_of))
    )
    kinds = {kind.value: kind for kind in FilingKind}
    return {unit: Filed(kind=kinds[kind], at=at) for unit, kind, at in rows}


def _breakdown(session: Session, asked: _Asked, changes: _Changes) -> Breakdown:
    groups = {**_GROUPS, **{each.value: revisions.c.schooling == each.value for each in Schooling}}
    statement = select(*(func.count().filter(group).label(name) for name, group in groups.items())).where(
        revisions.c.withdrawn.is_(False)
    )
    if asked.among is not None:
        statement = statement.where(revisions.c.unit_id.in_(asked.among))
    counts = dict.fromkeys(groups, 0)
    for within in asked.in_quarter_apart:
        for sign, (found,) in _parts(session, statement.where(within), revisions, changes):
            for name, number in zip(groups, found, strict=True):
                counts[name] += sign * int(number)
    return Breakdown(
        **{name: counts[name] for name in _GROUPS}, schooling={each: counts[each.value] for each in Schooling}
    )


def group_counts(
    session: Session, group: str, quarter: Quarter, as_of: datetime, office: Office
) -> Mapping[UnitId, int]:
    """How many of each unit's admissions of a quarter belong to a group of the breakdown; who has none is left out."""
    asked = _Asked(quarter, as_of, office)
    rows = session.execute(
        select(revisions.c.unit_id, func.count().label("counted"))
        .where(in_force(as_of), revisions.c.withdrawn.is_(False), asked.in_quarter)
        .where(_GROUPS[group])
        .group_by(revisions.c.unit_id)
    )
    return {UnitId(row.unit_id): int(row.counted) for row in rows}


def _heads_of(rows: tuple[UnitProgress, ...], told: Mapping[UnitId, HeadsRate]) -> HeadsRate | None:
    """The sum of what the units have told of their village heads; None while none has."""
    counted = [told[row.unit.id] for row in rows if row.unit.id in told] if told else []
    members, total = sum(each.members for each in counted), sum(each.total for each in counted)
    return HeadsRate(members=members, total=total) if counted else None


def _amended(
    session: Session, asked: _Asked, closed: datetime | None, rows: tuple[UnitProgress, ...]
) -> tuple[tuple[UnitProgress, UnitProgress], ...]:
    """The units whose quarter was changed after its close, as they stand and as they stood then, in the plan's order."""
    if closed is None or asked.as_of <= closed:
        return ()
    amended = changed_between(session, asked.quarter, closed, asked.as_of, asked.office.count_by)
    if not amended:
        return ()
    at_close = replace(asked, as_of=closed)
    target = _targets(session, at_close)
    admitted = _admitted(session, at_close, _changes(session, revisions, closed))
    return tuple(
        (
            row,
            replace(
                row, target=target.get(row.unit.id, Tally()), admitted=admitted.get(row.unit.id, Tally())
            ),
        )
        for row in rows
        if row.unit.id in amended
    )
