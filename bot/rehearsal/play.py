"""Playing: from one moment to the next through the ticks of the real scheduler, and what each of them has put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.heartbeats import Tick
from domain.closing import ClosingKind
from domain.deadline import DAY, Timetable, roll_up_moments
from domain.errors import NoPlan
from domain.office import Office
from domain.organisation import Unit
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from scheduler import upkeep
from scheduler.moments import moments_between
from storage.queries import rehearsed
from storage.queries.periods import periods_of
from storage.queries.recipients import roles_reached
from storage.queries.rehearsed import Told
from storage.queries.rollup import all_progress
from storage.session import Session

Offices = tuple[tuple[Role, Unit], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What is played: from a moment on until before another, both in UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message, and what its hearer is appointed to."""

    person: PersonId
    offices: Offices
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What happens at one moment: the quarters whose books are closed, and what is said."""

    at: datetime
    closed: tuple[Quarter, ...]
    heard: tuple[Heard, ...]


def play(
    session: Session, span: Span, office: Office, timetable: Timetable, ticks: Iterable[Tick]
) -> Iterator[Scene]:
    """Go through the span on a copy of the books; what is put there counts as sent at once, and nobody answers."""
    every, offices = tuple(ticks), dict[PersonId, Offices]()
    message, word = rehearsed.last_message(session), rehearsed.last_word(session)
    tidied: date | None = None
    for now in moments_between(session, span.since, span.until, timetable):
        for tick in every:
            tick(session, now, office, timetable)
        if tidied != (today := timetable.today(now)):
            upkeep.tick(session, now, office)
            tidied = today
        told, words = rehearsed.deliver(session, message, now), rehearsed.words_after(session, word)
        message, word = max([message, *(each.id for each in told)]), max([word, *(one.id for one in words)])
        closed = tuple(one.quarter for one in words if one.kind is ClosingKind.CLOSED)
        if told or closed:
            _learn(session, offices, told)
            heard = (Heard(person=one.person, offices=offices[one.person], told=one) for one in told)
            yield Scene(at=now, closed=closed, heard=tuple(heard))


def coming_period(session: Session, now: datetime, timetable: Timetable) -> datetime:
    """When the quarter that is being reported is done with: the day ends on which its last roll-up leaves.

    Raises NoPlan when there is no plan for it.
    """
    periods, today = periods_of(session), timetable.today(now)
    period = periods.of(periods.reported_on(today))
    if period is None:
        raise NoPlan(Quarter.of(today).year)
    last = roll_up_moments(period.quarter, period.grace_days, timetable)[-1].at
    return timetable.instant(timetable.today(max(last, now)) + DAY, time())


def must_have_plan(session: Session, since: datetime, until: datetime, timetable: Timetable) -> None:
    """Raises NoPlan where the books have no plan for any year of a span."""
    first, last = timetable.today(since).year, timetable.today(until - timedelta(microseconds=1)).year
    if not any(year in range(first, last + 1) for year in periods_of(session).grace_days):
        raise NoPlan(first)


def unreached(session: Session, span: Span, office: Office) -> tuple[Unit, ...]:
    """The units with a target in the year that ends the span where nobody who reports can be reached by then."""
    last = office.day_of(span.until - timedelta(microseconds=1))
    held = roles_reached(session, last)
    rows = all_progress(session, Quarter.of(last), span.until, office)
    reached = {unit for unit, role in held if role in REPORTING_ROLES}
    return tuple(row.unit for row in rows if row.target.year and row.unit.id not in reached)


def _learn(session: Session, offices: dict[PersonId, Offices], told: Iterable[Told]) -> None:
    fresh = sorted({one.person for one in told} - offices.keys())
    found: Mapping[PersonId, Offices] = rehearsed.offices_of(session, fresh) if fresh else {}
    offices.update({person: found.get(person, ()) for person in fresh})
