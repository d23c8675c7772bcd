"""Closing: until when a quarter takes reports, by its date or by the district's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from domain.deadline import closes_on, reported_quarter
from domain.errors import ClosedAlready, NoPlan, QuarterClosed, QuarterNotBegun
from domain.people import PersonId
from domain.period import Quarter

_DAY: Final = timedelta(days=1)


class ClosingKind(StrEnum):
    """What a word on a quarter's books was: they are closed, or they take reports again."""

    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A word on a quarter's books, in force from `at` until `until`, both in UTC.

    `last` is the last day on which reports were taken, or are taken again. `by` is None where the date has closed
    them. A reopening without a `reason` takes back the closing before it, and a closing with one the reopening
    before it: what was taken back has never been.
    """

    id: int
    quarter: Quarter
    kind: ClosingKind
    at: datetime
    last: date
    until: datetime | None = None
    by: PersonId | None = None
    reason: str | None = None

    @property
    def takes_back(self) -> bool:
        """Whether it says that the closing before it has never been."""
        return self.kind is ClosingKind.REOPENED and self.is_undoing

    @property
    def is_undoing(self) -> bool:
        """Whether it undoes the word before it, instead of being one of its own."""
        return (self.kind is ClosingKind.REOPENED) is (self.reason is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A quarter as a time for reports: the days of grace of its plan, and the word in force, if any."""

    quarter: Quarter
    grace_days: int
    word: Closing | None = None

    @property
    def last_day(self) -> date:
        """The last day on which reports are taken without a reason."""
        return closes_on(self.quarter, self.grace_days) if self.word is None else self.word.last

    @property
    def closed_at(self) -> datetime | None:
        """When an officer has closed it; None while it is open, and where the date has closed it."""
        word = self.word
        by_word = word is not None and word.kind is ClosingKind.CLOSED and word.by is not None
        return word.at if word is not None and by_word else None

    @property
    def reopened_until(self) -> date | None:
        """Until when it takes reports again; None where it was not reopened."""
        word = self.word
        return word.last if word is not None and word.kind is ClosingKind.REOPENED else None

    def is_closed(self, today: date) -> bool:
        """Whether nothing is taken any more but with a reason: by an officer's word at once, else after the last day."""
        return self.closed_at is not None or today > self.last_day

    def must_be_open(self, today: date) -> None:
        """Refuse what is said of a closed quarter."""
        if self.is_closed(today):
            raise QuarterClosed(self.quarter, self.last_day, self.closed_at)

    def must_be_open_to_office(self, today: date) -> None:
        """Refuse the same in the words for those who may reopen it."""
        if self.is_closed(today):
            raise ClosedAlready(self.quarter, self.last_day, self.closed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """All quarters of the years that have a plan: days of grace by year, and the words in force by quarter."""

    grace_days: Mapping[int, int]
    words: Mapping[Quarter, Closing] = field(default_factory=dict)

    def of(self, quarter: Quarter) -> Period | None:
        """One quarter; None where its year has no plan."""
        grace = self.grace_days.get(quarter.year)
        if grace is None:
            return None
        return Period(quarter=quarter, grace_days=grace, word=self.words.get(quarter))

    def begun(self, quarter: Quarter, today: date) -> Period:
        """One quarter; refused where its year has no plan, and where it lies in the future."""
        period = self.of(quarter)
        if period is None:
            raise NoPlan(quarter.year)
        if today < quarter.first_day:
            raise QuarterNotBegun(quarter)
        return period

    def must_be_open(self, quarter: Quarter, today: date) -> None:
        """Refuse a quarter without a plan, one that has not begun, and one that is closed."""
        self.begun(quarter, today).must_be_open(today)

    def is_closed(self, quarter: Quarter, today: date) -> bool:
        """Whether a quarter, whose year must have a plan, is closed."""
        return self.begun(quarter, today).is_closed(today)

    def open_on(self, today: date) -> tuple[Quarter, ...]:
        """The quarters that have begun and take reports, those that were reopened among them, in order."""
        running = Quarter.of(today)
        known = sorted({running.previous, running, *self.words})
        periods = [period for quarter in known if (period := self.of(quarter)) is not None]
        return tuple(p.quarter for p in periods if today >= p.quarter.first_day and not p.is_closed(today))

    def reported_on(self, today: date) -> Quarter:
        """The quarter being reported on a day: the one before while its days of grace last, else the running one.

        One that was reopened is reported only by whoever names it.
        """
        before = self.of(Quarter.of(today).previous)
        waits = before is not None and (before.word is None or before.word.takes_back)
        return reported_quarter(today, before.grace_days if waits and before is not None else None)

    def overdue(self, today: date) -> tuple[Period, ...]:
        """The quarters that their date has closed, and of which the books do not say so yet; in order."""
        quarters = (Quarter(year, number) for year in sorted(self.grace_days) for number in (1, 2, 3, 4))
        periods = [period for quarter in quarters if (period := self.of(quarter)) is not None]
        return tuple(p for p in periods if p.is_closed(today) and (p.word is None or p.reopened_until))


def closed_by_date(last_day: date, zone: tzinfo) -> datetime:
    """The moment at which the date closes a quarter: the beginning of the day after the last one."""
    return datetime.combine(last_day + _DAY, time(), zone).astimezone(UTC)


def in_force_of(closings: Sequence[Closing]) -> Closing | None:
    """The word that holds, of all words on a quarter."""
    return next((word for word in closings if word.until is None), None)


def closed_since(closings: Sequence[Closing]) -> datetime | None:
    """Since when every change of a quarter is an amendment; None where the books know of no close.

    A closing that was taken back does not count. A quarter that is reopened was closed before: whoever got its
    figures got those.
    """
    return next((word.at for word in _not_undone(closings) if word.kind is ClosingKind.CLOSED), None)


def _not_undone(closings: Sequence[Closing]) -> list[Closing]:
    """The words that were not taken back; a reopening is, with those that made it longer."""
    holding: list[Closing] = []
    for word in closings:
        if not word.is_undoing:
            holding.append(word)
        while word.is_undoing and holding and holding[-1].kind is not word.kind:
            holding.pop()
    return holding


def undone_since(closings: Sequence[Closing]) -> datetime | None:
    """The moment of the first of the latest words that have never been; None where the latest one was not taken back."""
    holding = _not_undone(closings)
    undone = closings[closings.index(holding[-1]) + 1 :] if holding else closings
    return undone[0].at if undone else None


def reasons_between(closings: Sequence[Closing], since: datetime, until: datetime) -> tuple[str, ...]:
    """Why a quarter was reopened, each time that it took reports again between two moments."""
    return tuple(
        word.reason
        for word in closings
        if word.kind is ClosingKind.REOPENED and word.reason is not None
        if word.at <= until and (word.until is None or word.until > since)
    )
