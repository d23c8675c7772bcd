"""The moments at which something can fall due: for whoever goes from one to the next without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta

from domain.deadline import DAY, Timetable
from domain.period import Quarter
from storage.queries.periods import periods_of
from storage.queries.rehearsed import told_between
from storage.session import Session

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def moments_between(
    session: Session, since: datetime, until: datetime, timetable: Timetable
) -> list[datetime]:
    """All of them from `since` on and before `until`, in order, `since` itself first.

    They are every hour that the timetable names, on each day on which people are spoken to; the closings; and what
    follows on what the books hold of that time already. A tick between two of them would find nothing to say.
    """
    found = {since, timetable.next_hour(since)}
    found.update(_hours(timetable.today(since), timetable.today(until), timetable))
    periods = periods_of(session)
    for year in periods.grace_days:
        quarters = (Quarter(year, number) for number in (1, 2, 3, 4))
        last_days = (period.last_day for period in map(periods.of, quarters) if period is not None)
        closings = [timetable.instant(day + DAY, time()) for day in last_days]
        found.update((*closings, *map(timetable.next_hour, closings)))
    for at in told_between(session, since - _HOUR, until):
        soon, merged = _above(at, _MINUTE), timetable.next_hour(_above(at, _HOUR))
        found.update((soon, timetable.next_hour(soon), merged))
    return sorted(at for at in found if since <= at < until)


def hours_of(timetable: Timetable) -> tuple[time, ...]:
    """The local hours at which something is said by itself; what lies outside those fit for speaking waits for them."""
    fit = timetable.speaks_from, timetable.speaks_until
    named = {
        value for field in fields(timetable) if isinstance(value := getattr(timetable, field.name), time)
    }
    wanted = (named - set(fit)) | {step.at for step in timetable.steps}
    return tuple(sorted({at if fit[0] <= at < fit[1] else fit[0] for at in wanted}))


def _times_in(rules: object) -> Iterator[time]:
    """The hours that rules name, and those that rules within them name."""
    for value in (getattr(rules, field.name) for field in fields(rules)) if is_dataclass(rules) else ():
        if isinstance(value, time):
            yield value
        else:
            yield from _times_in(value)


def _hours(first: date, last: date, timetable: Timetable) -> Iterator[datetime]:
    hours, day = hours_of(timetable), first
    while day <= last:
        if timetable.is_working_day(day):
            yield from (timetable.instant(day, at) for at in hours)
        day += DAY


def _above(at: datetime, step: timedelta) -> datetime:
    """The moment itself if it is a full minute or hour, else the next one."""
    over = (at - at.replace(hour=0, minute=0, second=0, microsecond=0)) % step
    return at if not over else at + step - over
