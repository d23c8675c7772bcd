"""The limits that the Party's rules set to a candidacy, and what is to be told of one that nears or passes them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.candidate import Candidate, Step, Taken

# The limits of the Party's rules as of 2022: months, but for the two that count working days.
IDLE: Final = 12
CERTIFICATE_HOLDS: Final = 60
ON_PROBATION: Final = 12
ERASE_AFTER: Final = 12
"""Months after which nothing is kept of who somebody was that is a candidate no more."""
DECIDED_WITHIN: Final = 60
"""Working days from the cell's resolution to the decision."""
ADMITTED_WITHIN: Final = 30
"""Working days from the decision to the ceremony."""
YOUNGEST, OLDEST = 18, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits as an office sets them, in months or working days, and how far ahead the unit is warned of them."""

    certificate_months: int = CERTIFICATE_HOLDS
    idle_months: int = IDLE
    decided_within: int = DECIDED_WITHIN
    admitted_within: int = ADMITTED_WITHIN
    probation_months: int = ON_PROBATION
    months_ahead: int = 1
    days_ahead: int = 10


def months_between(first: date, last: date) -> int:
    """Full months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def months_before(day: date, months: int) -> date:
    """The day so many months before; the last day of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The day so many months later; the last day of its month where that is shorter."""
    return months_before(day, -months)


def working_days_after(day: date, number: int, is_holiday: Callable[[date], bool]) -> date:
    """The last of so many days from Monday to Friday after a day that are no public holidays."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and not is_holiday(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Days from Monday to Friday after one day up to another; public holidays are not known here."""
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, (last - first).days + 1))


class Concern(StrEnum):
    """What may be wrong with a candidate; it is told and never refused."""

    IDLE = "idle"
    CERTIFICATE_OLD = "certificate_old"
    DECISION_LATE = "decision_late"
    CEREMONY_LATE = "ceremony_late"
    CONFIRMATION_DUE = "confirmation_due"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class Remark:
    """A concern with its figure: months, or working days."""

    concern: Concern
    figure: int = 0


def remarks_on(candidate: Candidate, today: date) -> tuple[Remark, ...]:
    """What should be told of a candidate on a day."""
    of_age = () if candidate.is_admitted else _of_age(candidate, today)
    return (*of_age, *_of_limits(candidate, today))


def age_concern(birth_year: int | None, birth_date: date | None, on: date) -> Concern | None:
    """Whether somebody is surely outside 18 to 60 years, counted by months where the day of birth is known."""
    if birth_date is not None:
        months = (on.year - birth_date.year) * 12 + on.month - birth_date.month
        too_young, too_old = months < YOUNGEST * 12, months > OLDEST * 12
    elif birth_year is not None:
        too_young, too_old = on.year - birth_year < YOUNGEST, on.year - birth_year > OLDEST
    else:
        return None
    return Concern.TOO_YOUNG if too_young else Concern.TOO_OLD if too_old else None


def _of_age(candidate: Candidate, today: date) -> tuple[Remark, ...]:
    considered = candidate.taken(Step.CELL_RESOLVED)
    on = considered.on if considered else today
    concern = age_concern(candidate.birth_year, candidate.birth_date, on)
    return () if concern is None else (Remark(concern),)


def _of_limits(candidate: Candidate, today: date) -> Iterator[Remark]:
    last, certificate = candidate.last, candidate.taken(Step.TRAINED)
    waits = working_days_between(last.on, today)
    if candidate.step is Step.ADMITTED:
        months = months_between(last.on, today)
        if months >= ON_PROBATION:
            yield Remark(Concern.CONFIRMATION_DUE, months)
        return
    if certificate and months_between(certificate.on, today) >= CERTIFICATE_HOLDS:
        yield Remark(Concern.CERTIFICATE_OLD, months_between(certificate.on, today))
    if last.step in (Step.CELL_RESOLVED, Step.COMMITTEE_RESOLVED):
        resolved = candidate.taken(Step.CELL_RESOLVED) or last
        if working_days_between(resolved.on, today) > DECIDED_WITHIN:
            yield Remark(Concern.DECISION_LATE, working_days_between(resolved.on, today))
    elif last.step is Step.DECIDED and waits > ADMITTED_WITHIN:
        yield Remark(Concern.CEREMONY_LATE, waits)
    elif months_between(last.on, today) >= IDLE:
        yield Remark(Concern.IDLE, months_between(last.on, today))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """A limit that nears or has passed: which one, the step that it counts from, and its last day."""

    concern: Concern
    since: Taken
    by: date

    @property
    def key(self) -> str:
        """What tells it from every other limit: a step that is taken anew has a new one."""
        return f"{self.concern}:{self.since.id}"


def running_out(
    candidate: Candidate, today: date, limits: Limits, is_holiday: Callable[[date], bool]
) -> tuple[RunningOut, ...]:
    """The limits of a candidacy that a unit is to be warned of on a day."""
    return tuple(each for each, from_ in _limits(candidate, limits, is_holiday) if from_ <= today)


def _limits(
    candidate: Candidate, limits: Limits, is_holiday: Callable[[date], bool]
) -> Iterator[tuple[RunningOut, date]]:
    """The limits that now count, each with the day from which on it is told of."""

    def in_months(concern: Concern, since: Taken, months: int) -> tuple[RunningOut, date]:
        by = months_after(since.on, months)
        return RunningOut(concern=concern, since=since, by=by), months_before(by, limits.months_ahead)

    def in_days(concern: Concern, since: Taken, days: int) -> tuple[RunningOut, date]:
        by = working_days_after(since.on, days, is_holiday)
        told = working_days_after(since.on, max(days - limits.days_ahead, 0), is_holiday)
        return RunningOut(concern=concern, since=since, by=by), told

    last, certificate = candidate.last, candidate.taken(Step.TRAINED)
    if candidate.is_admitted:
        if last.step is Step.ADMITTED:
            yield in_months(Concern.CONFIRMATION_DUE, last, limits.probation_months)
        return
    if certificate:
        yield in_months(Concern.CERTIFICATE_OLD, certificate, limits.certificate_months)
    if last.step in (Step.CELL_RESOLVED, Step.COMMITTEE_RESOLVED):
        resolved = candidate.taken(Step.CELL_RESOLVED) or last
        yield in_days(Concern.DECISION_LATE, resolved, limits.decided_within)
    elif last.step is Step.DECIDED:
        yield in_days(Concern.CEREMONY_LATE, last, limits.admitted_within)
    else:
        yield in_months(Concern.IDLE, last, limits.idle_months)
