"""The roll-up: all units' figures in a quarter, as the books stood at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Row, case, func, or_, select

from domain.deadline import closes_on
from domain.errors import NoPlan
from domain.office import Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import Breakdown, Filed, FilingKind, HeadsRate, PlanTerms, RollUp, Tally, UnitProgress
from storage.queries.admissions import counted_on, in_force
from storage.queries.heads import heads_as_of
from storage.queries.issues import open_count
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import filings, plans, revisions, targets, units

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


_COMMUNES: Final = 1
"""The block of the annex whose units have villages."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which figures: of a quarter, as the books stood at a moment, by the rules of the office."""

    quarter: Quarter
    as_of: datetime
    office: Office

    @property
    def today(self) -> date:
        return self.office.day_of(self.as_of)

    @property
    def counted_on(self) -> ColumnElement[date]:
        return counted_on(self.office.count_by)

    @property
    def in_year(self) -> ColumnElement[bool]:
        """Admissions of the year that do not lie after the moment."""
        last = min(date(self.quarter.year, 12, 31), self.today)
        return self.counted_on.between(date(self.quarter.year, 1, 1), last)

    @property
    def in_quarter(self) -> ColumnElement[bool]:
        return self.counted_on.between(self.quarter.first_day, self.quarter.last_day)


def plan_terms(session: Session, year: int) -> PlanTerms | None:
    """What the plan of a year lays down; None when there is no plan for it."""
    row = session.execute(select(plans).where(plans.c.year == year)).first()
    if row is None:
        return None
    return PlanTerms(
        year=row.year,
        number=row.number,
        signed_on=row.signed_on,
        pledged=row.pledged,
        heads_rate=row.heads_rate,
        grace_days=row.grace_days,
    )


def roll_up(session: Session, quarter: Quarter, as_of: datetime, office: Office) -> RollUp:
    """All units' progress in a quarter as the books stood at a moment, in eight statements; raises NoPlan."""
    plan = plan_terms(session, quarter.year)
    if plan is None:
        raise NoPlan(quarter.year)
    asked = _Asked(quarter, as_of, office)
    rows, told = _progress(session, asked), heads_as_of(session, as_of)
    return RollUp(
        plan=plan,
        as_of=as_of,
        quarter=quarter,
        units=rows,
        breakdown=_breakdown(session, asked),
        heads=_heads_of(rows, told),
        heads_told=sum(row.unit.id in told for row in rows),
        heads_awaited=sum(row.unit.block == _COMMUNES or row.unit.id in told for row in rows),
        issues_open=open_count(session, as_of),
        district=_district(session),
        amended_after_close=_amended(session, asked, plan, rows),
    )


def all_progress(
    session: Session, quarter: Quarter, as_of: datetime, office: Office
) -> tuple[UnitProgress, ...]:
    """Every grassroots organisation's progress in a quarter as the books stood at a moment, in the plan's order."""
    return _progress(session, _Asked(quarter, as_of, office))


def _progress(session: Session, asked: _Asked) -> tuple[UnitProgress, ...]:
    assigned, admitted = _targets(session, asked), _admitted(session, asked)
    filed = _filed(session, asked)
    return tuple(
        UnitProgress(
            unit=unit,
            quarter=asked.quarter,
            target=assigned.get(unit.id, Tally()),
            admitted=admitted.get(unit.id, Tally()),
            filed=filed.get(unit.id),
        )
        for unit in _grassroots(session)
        if unit.exists_on(asked.today) or unit.id in assigned or unit.id in admitted
    )


def _grassroots(session: Session) -> tuple[Unit, ...]:
    """Also those that exist no more: the figures that they have this year count on."""
    rows = session.execute(
        select(units)
        .where(units.c.kind == UnitKind.GRASSROOTS.value)
        .order_by(units.c.block == 0, units.c.block, units.c.position, units.c.id)
    ).mappings()
    return tuple(unit_from(row) for row in rows)


def _district(session: Session) -> str:
    found = select(units.c.short).where(units.c.kind == UnitKind.DISTRICT.value).order_by(units.c.id).limit(1)
    return session.execute(found).scalar() or ""


def _targets(session: Session, asked: _Asked) -> Mapping[UnitId, Tally]:
    quarter, year = asked.quarter, asked.quarter.year
    rows = session.execute(
        select(
            targets.c.unit_id,
            _sum_where(targets.c.quarter == quarter, targets.c.assigned).label("quarter"),
            _sum_where(targets.c.quarter <= quarter, targets.c.assigned).label("to_date"),
            func.sum(targets.c.assigned).label("year"),
        )
        .where(targets.c.quarter.between(Quarter(year, 1), Quarter(year, 4)))
        .where(targets.c.from_at <= asked.as_of)
        .where(or_(targets.c.until_at.is_(None), targets.c.until_at > asked.as_of))
        .group_by(targets.c.unit_id)
    )
    return {UnitId(row.unit_id): _tally(row) for row in rows}


def _admitted(session: Session, asked: _Asked) -> Mapping[UnitId, Tally]:
    rows = session.execute(
        select(
            revisions.c.unit_id,
            _count_where(asked.in_quarter).label("quarter"),
            _count_where(asked.counted_on <= asked.quarter.last_day).label("to_date"),
            func.count().label("year"),
        )
        .where(in_force(asked.as_of), revisions.c.withdrawn.is_(False), asked.in_year)
        .group_by(revisions.c.unit_id)
    )
    return {UnitId(row.unit_id): _tally(row) for row in rows}


def _tally(row: Row[tuple[int, int, int, int]]) -> Tally:
    return Tally(quarter=int(row.quarter), to_date=int(row.to_date), year=int(row.year))


def _filed(session: Session, asked: _Asked) -> Mapping[UnitId, Filed]:
    rows = session.execute(
        select(filings.c.unit_id, filings.c.kind, filings.c.from_at)
        .where(filings.c.quarter == asked.quarter, filings.c.from_at <= asked.as_of)
        .where(or_(filings.c.until_at.is_(None), filings.c.until_at > asked.as_of))
    )
    return {UnitId(row.unit_id): Filed(kind=FilingKind(row.kind), at=row.from_at) for row in rows}


def _breakdown(session: Session, asked: _Asked) -> Breakdown:
    statement = (
        select(*(_count_where(group).label(name) for name, group in _GROUPS.items()))
        .where(in_force(asked.as_of), revisions.c.withdrawn.is_(False))
        .where(asked.in_year, asked.in_quarter)
    )
    counts = session.execute(statement).mappings().one()
    return Breakdown(**{name: int(number or 0) for name, number in counts.items()})


def _heads_of(rows: tuple[UnitProgress, ...], told: Mapping[UnitId, HeadsRate]) -> HeadsRate | None:
    """The sum of what the units have told of their village heads; None while none has."""
    counted = [told[row.unit.id] for row in rows if row.unit.id in told]
    members, total = sum(each.members for each in counted), sum(each.total for each in counted)
    return HeadsRate(members=members, total=total) if counted else None


def _amended(
    session: Session, asked: _Asked, plan: PlanTerms, rows: tuple[UnitProgress, ...]
) -> tuple[UnitProgress, ...]:
    """The units whose figures of the quarter were corrected after its close; a withdrawal is a correction too."""
    closed_on = closes_on(asked.quarter, plan.grace_days) + timedelta(days=1)
    closed_at = datetime.combine(closed_on, time(), asked.office.timezone)
    if asked.as_of < closed_at:
        return ()
    found = session.execute(
        select(revisions.c.unit_id)
        .where(in_force(asked.as_of), asked.in_quarter, revisions.c.from_at >= closed_at)
        .distinct()
    ).scalars()
    amended = set(found)
    return tuple(row for row in rows if row.unit.id in amended)


def _sum_where(condition: ColumnElement[bool], number: ColumnElement[int]) -> ColumnElement[int]:
    return func.sum(case((condition, number), else_=0))


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
