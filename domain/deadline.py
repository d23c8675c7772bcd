"""Deadlines: when a quarter is spoken about, and what must then be said to whom."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from operator import attrgetter
from typing import Final

from domain.errors import NoPlan, QuarterClosed, QuarterNotBegun
from domain.matters import Promise
from domain.organisation import UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from domain.progress import UnitProgress

DAY: Final = timedelta(days=1)
YES_WITHIN: Final = 3 * DAY
"""How long after a report its yes may come and still count as said with it: a line may be down for a weekend."""


REMINDS_AT: Final = time(8)
"""The local hour of reminders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A reminder that every quarter has: how long before its end, at what local hour, to which roles.

    `name` is part of the key that keeps it from being said twice, so it is never changed.
    """

    name: str
    days_before: int
    at: time = REMINDS_AT
    to: frozenset[Role] = REPORTING_ROLES


STEPS: Final = tuple(Step(name=str(days), days_before=days) for days in (15, 7, 3, 1, 0))
LAST_DAY: Final = "last_day"
AFTER_GRACE: Final = "after_grace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The local rules of time: the zone, the public holidays, the steps, and the hours fit for speaking."""

    zone: tzinfo
    is_holiday: Callable[[date], bool]
    steps: tuple[Step, ...] = STEPS
    roll_up_at: time = time(17)
    speaks_from: time = time(7)
    speaks_until: time = time(21)

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Saturdays are: the offices of the Party are at work then before a deadline."""
        return day.weekday() != 6 and not self.is_holiday(day)

    def may_speak(self, now: datetime) -> bool:
        """Whether people may be spoken to unasked: what was missed at night waits for the morning."""
        local = now.astimezone(self.zone)
        return self.is_working_day(local.date()) and self.speaks_from <= local.time() < self.speaks_until

    def next_hour(self, now: datetime) -> datetime:
        """The next moment at which people may be spoken to unasked: now, or the beginning of such a day, in UTC."""
        if self.may_speak(now):
            return now
        day = self.today(now)
        if now.astimezone(self.zone).time() >= self.speaks_from:
            day += DAY
        while not self.is_working_day(day):
            day += DAY
        return self.instant(day, self.speaks_from)

    def instant(self, day: date, at: time) -> datetime:
        """A local day and hour in UTC."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something is said by itself (`at`, in UTC): a step of the reminders, or a roll-up, by its name.

    What it gives rise to and has not gone out by `until` is out of date.
    """

    at: datetime
    until: datetime
    quarter: Quarter
    name: str
    to: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who can be reached, with one of the appointments held."""

    person: PersonId
    unit: UnitId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A unit that still owes its report, the step that reminds of it, and the role of the person reminded.

    `promise` is there where its day is what reminds of it, and not a step.
    """

    progress: UnitProgress
    moment: Moment
    role: Role
    promise: Promise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise, and when its unit is asked about it."""

    promise: Promise
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message to one person: the units for which they still owe the report of a quarter."""

    person: PersonId
    quarter: Quarter
    units: tuple[Owed, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """One key a unit: whoever stores it first says it."""
        return tuple(reminder_key(owed.progress.unit.id, owed.moment, self.person) for owed in self.units)

    @property
    def until(self) -> datetime:
        """When the message is out of date, in UTC."""
        return max(owed.moment.until for owed in self.units)

    def only(self, keys: Container[str]) -> Reminder | None:
        """The reminder without the units whose keys somebody else has; None when none is left."""
        left = tuple(owed for key, owed in zip(self.keys, self.units, strict=True) if key in keys)
        return replace(self, units=left) if left else None


NO_PROMISES: Final[Mapping[UnitId, Promised]] = {}


def reminder_key(unit: UnitId, moment: Moment, person: PersonId) -> str:
    """The key of one reminder about one unit."""
    return f"reminder:{unit}:{moment.quarter}:{moment.name}:{person}"


def roll_up_key(moment: Moment, person: PersonId) -> str:
    """The key of one roll-up message."""
    return f"rollup:{moment.quarter}:{moment.name}:{person}"


def closes_on(quarter: Quarter, grace_days: int) -> date:
    """The last day on which the quarter still takes reports."""
    return quarter.last_day + grace_days * DAY


def is_closed(quarter: Quarter, grace_days: int, today: date) -> bool:
    """Whether the quarter's days of grace are over."""
    return today > closes_on(quarter, grace_days)


def reported_quarter(today: date, grace_days: int | None) -> Quarter:
    """The quarter being reported on a day: the one before while its days of grace last, else the running one.

    `grace_days` are those of the plan for the quarter before; None when there is no such plan.
    """
    running = Quarter.of(today)
    is_waiting = grace_days is not None and not is_closed(running.previous, grace_days, today)
    return running.previous if is_waiting else running


def in_time_on(today: date, said_on: date | None) -> date:
    """The day that tells whether a report is in time: the one on which it was said, if its yes came soon after."""
    return today if said_on is None else min(today, max(said_on, today - YES_WITHIN))


def must_be_open(quarter: Quarter, grace_days: int | None, today: date) -> None:
    """Refuse a quarter without a plan, one that has not begun, and one that is closed."""
    if grace_days is None:
        raise NoPlan(quarter.year)
    if today < quarter.first_day:
        raise QuarterNotBegun(quarter)
    if is_closed(quarter, grace_days, today):
        raise QuarterClosed(quarter, closes_on(quarter, grace_days))


def reminder_moments(quarter: Quarter, grace_days: int, timetable: Timetable) -> tuple[Moment, ...]:
    """The quarter's reminders, oldest first, each on a working day of its own.

    A reminder moves to an earlier day, never to a later one, for one that comes after the deadline
    is of no use; where that is the day of another step, it moves on, so that nobody is told twice a day.
    """
    next_day, until = quarter.last_day + DAY, timetable.instant(closes_on(quarter, grace_days) + DAY, time())
    moments: list[Moment] = []
    for step in sorted(timetable.steps, key=attrgetter("days_before")):
        next_day = _working_day_before(
            min(next_day, quarter.last_day - (step.days_before - 1) * DAY), timetable
        )
        at = timetable.instant(next_day, step.at)
        moments.append(Moment(at=at, until=until, quarter=quarter, name=step.name, to=step.to))
        until = at
    return tuple(reversed(moments))


def promised(promise: Promise, quarter: Quarter, grace_days: int, timetable: Timetable) -> Promised:
    """When a unit is asked about what it promised: on the day itself, or on the working day after it.

    Unlike a reminder it never moves to an earlier day, for until then the unit was promised to be left alone.
    """
    moment = Moment(
        at=timetable.instant(_working_day_from(promise.day, timetable), REMINDS_AT),
        until=timetable.instant(closes_on(quarter, grace_days) + DAY, time()),
        quarter=quarter,
        name=f"promise-{promise.id}",
        to=REPORTING_ROLES,
    )
    return Promised(promise=promise, moment=moment)


def _working_day_before(day: date, timetable: Timetable) -> date:
    day -= DAY
    while not timetable.is_working_day(day):
        day -= DAY
    return day


def roll_up_moments(quarter: Quarter, grace_days: int, timetable: Timetable) -> tuple[Moment, ...]:
    """The quarter's two roll-ups: at its end, and on the day after the days of grace.

    A roll-up moves to a later working day, never to an earlier one, for it tells what has come in by then.
    """
    ends = _roll_up_at(quarter.last_day, timetable)
    closes = _roll_up_at(closes_on(quarter, grace_days) + DAY, timetable)
    next_ends = _roll_up_at(quarter.next.last_day, timetable)
    moments = ((LAST_DAY, ends, closes), (AFTER_GRACE, closes, next_ends))
    return tuple(
        Moment(at=at, until=until, quarter=quarter, name=name, to=frozenset({Role.DISTRICT}))
        for name, at, until in moments
        if at < until
    )


def _roll_up_at(day: date, timetable: Timetable) -> datetime:
    return timetable.instant(_working_day_from(day, timetable), timetable.roll_up_at)


def _working_day_from(day: date, timetable: Timetable) -> date:
    while not timetable.is_working_day(day):
        day += DAY
    return day


def fired(moments: Iterable[Moment], since: datetime, now: datetime) -> tuple[Moment, ...]:
    """The moments that lie after `since` and not after `now`."""
    return tuple(moment for moment in moments if since < moment.at <= now)


def due(
    moments: Iterable[Moment],
    standings: Mapping[UnitId, UnitProgress],
    recipients: Iterable[Recipient],
    kept: Mapping[UnitId, Promised] = NO_PROMISES,
) -> Iterator[Reminder]:
    """What must be said to whom: one reminder a person, for all units of theirs that owe the quarter's report.

    `moments` are those of one quarter that have fired and were not seen to, oldest first; `recipients`
    come person by person; `kept` are the promises whose moment has come. After a gap only the latest of all that
    concerns somebody is said; a promise goes before a step of the same moment.
    """
    latest = {role: moment for moment in moments for role in moment.to}
    for person, appointments in groupby(recipients, key=attrgetter("person")):
        units: dict[UnitId, Owed] = {}
        for held in appointments:
            row = standings.get(held.unit)
            if row is None or not row.is_owed:
                continue
            for owed in _owed(row, held.role, latest.get(held.role), kept.get(held.unit)):
                units[held.unit] = max(units.get(held.unit, owed), owed, key=_when)
        if units:
            yield Reminder(person=person, quarter=_quarter(units), units=tuple(units.values()))


def _owed(row: UnitProgress, role: Role, step: Moment | None, kept: Promised | None) -> Iterator[Owed]:
    """What reminds somebody of a unit: its promise and the latest step, as far as they concern them."""
    if kept is not None and role in kept.moment.to:
        yield Owed(progress=row, moment=kept.moment, role=role, promise=kept.promise)
    if step is not None:
        yield Owed(progress=row, moment=step, role=role)


def _when(owed: Owed) -> datetime:
    return owed.moment.at


def _quarter(units: Mapping[UnitId, Owed]) -> Quarter:
    return next(iter(units.values())).progress.quarter
