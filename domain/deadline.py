"""Deadlines: when a quarter is spoken about, and what must then be said to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from domain.candidate_limits import Limits
from domain.class_list import ClassRules
from domain.digest import DigestRules
from domain.errors import NoPlan, QuarterClosed, QuarterNotBegun
from domain.matters import Promise
from domain.organisation import UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from domain.progress import Owes

DAY: Final = timedelta(days=1)
YES_WITHIN: Final = 3 * DAY
"""How long after a report its yes may come and still count as said with it: a line may be down for a weekend."""


EVERY: Final = frozenset(Owes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A reminder that every quarter has: how many days after its end (below 0: before), at what local hour.

    It tells these roles of the units that still owe what `about` says; `words` are said at the end of it.
    `name` is part of the key that keeps it from being said twice, so it is never changed.
    """

    name: str
    days: int
    at: time
    to: frozenset[Role]
    about: frozenset[Owes] = EVERY
    words: str = ""


LAST_DAY: Final = "last_day"
AFTER_GRACE: Final = "after_grace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The local rules of time: the zone, the public holidays, the steps, and the hours fit for speaking.

    `asks_at` is the hour at which a promised day is asked about, `weekly_on` (Monday is 0) and `weekly_at` when
    units are told what runs out on their lists of candidates; `digest` says the same of the weekly digest.
    `batch_at` is when a unit is told what came of a batch of decisions.
    """

    zone: tzinfo
    is_holiday: Callable[[date], bool]
    steps: tuple[Step, ...] = ()
    asks_at: time = time(8)
    weekly_on: int = 0
    weekly_at: time = time(8)
    limits: Limits = field(default_factory=Limits)
    class_list: ClassRules = field(default_factory=ClassRules)
    digest: DigestRules = field(default_factory=DigestRules)
    roll_up_at: time = time(17)
    batch_at: time = time(16)
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

    What it gives rise to and has not gone out by `until` is out of date. A step speaks of the units that owe what
    `about` says, and adds its own `words`.
    """

    at: datetime
    until: datetime
    quarter: Quarter
    name: str
    to: frozenset[Role]
    about: frozenset[Owes] = EVERY
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who can be reached, with one of the appointments held."""

    person: PersonId
    unit: UnitId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise, and when its unit is asked about it."""

    promise: Promise
    moment: Moment


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


def promised(promise: Promise, quarter: Quarter, last: date, timetable: Timetable) -> Promised:
    """When a unit is asked about what it promised: on the day itself, or on the working day after it.

    `last` is the last day on which the quarter takes reports.

    Unlike a reminder it never moves to an earlier day, for until then the unit was promised to be left alone.
    """
    moment = Moment(
        at=timetable.instant(working_day_from(promise.day, timetable), timetable.asks_at),
        until=timetable.instant(last + DAY, time()),
        quarter=quarter,
        name=f"promise-{promise.id}",
        to=REPORTING_ROLES,
    )
    return Promised(promise=promise, moment=moment)


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


def class_moment(month: date, timetable: Timetable) -> datetime:
    """When the district is told, in the month of a day, who is ready for the next class."""
    rules = timetable.class_list
    return timetable.instant(working_day_from(month.replace(day=rules.day), timetable), rules.at)


def _roll_up_at(day: date, timetable: Timetable) -> datetime:
    return timetable.instant(working_day_from(day, timetable), timetable.roll_up_at)


def working_day_from(day: date, timetable: Timetable) -> date:
    """A day, or the first working day after it."""
    while not timetable.is_working_day(day):
        day += DAY
    return day


def working_day_before(day: date, timetable: Timetable) -> date:
    """The last working day before a day."""
    day -= DAY
    while not timetable.is_working_day(day):
        day -= DAY
    return day


def weekly_moments(
    now: datetime, weekday: int, at: time, timetable: Timetable, put_off: timedelta = 7 * DAY
) -> Iterator[datetime]:
    """The hour of this week and of the two before, the latest first: on its weekday, or the working day after it.

    A week in which it would be put off for longer than `put_off`, as by Tết, has none.
    """
    today = timetable.today(now)
    monday = today - today.weekday() * DAY
    for weeks in range(3):
        wanted = monday + (weekday - 7 * weeks) * DAY
        day = working_day_from(wanted, timetable)
        if day - wanted <= put_off:
            yield timetable.instant(day, at)


def fired(moments: Iterable[Moment], since: datetime, now: datetime) -> tuple[Moment, ...]:
    """The moments that lie after `since` and not after `now`."""
    return tuple(moment for moment in moments if since < moment.at <= now)
