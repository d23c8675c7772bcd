"""Which quarter is meant when none is named, and which days a report can be of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from bot.dialogue.talk import Asker, Fills, Talk
from domain.closing import Periods
from domain.period import Quarter
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.understand import read_quarter
from messages.understand.heard import Heard
from storage.queries.periods import periods_of
from storage.session import Session

_RATED_UNTIL: Final = 3
"""The last month in which the year before is the one that is rated."""


def quarter_said(heard: Heard, line: Answer) -> Fills:
    """The quarter that the opening line named, if it did."""
    return {} if heard.quarter is None else {"quarter": Answer(line.said, line.at, heard.quarter.code)}


def quarter_meant(talk: Talk, now: Quarter) -> Quarter:
    """The quarter that was named, else the one that is being reported now."""
    named = talk.given("quarter", Words())
    return now if named is None else Quarter.parse(named)


def quarter_waited_for(talk: Talk, now: Quarter, waiting: Mapping[Quarter, date], today: date) -> Quarter:
    """The quarter that was named, or the only one that waits to be reported; of several, the one chosen.

    `waiting` are the quarters that wait, each with the day on which it closes; where none does, it is `now`.
    """
    if "quarter" not in talk.answers and len(waiting) < 2:
        return next(iter(waiting), now)

    def named(answer: Answer) -> Quarter:
        said = Quarter.parse(answer.value) if answer.value else read_quarter(answer.said, today).value
        if said is None:
            raise NotUnderstood("not_a_choice")
        return said

    options = tuple((Choice(q.code, labels.quarter(q, closes)), q) for q, closes in waiting.items())
    return talk.ask("quarter", OneOf(options, other=named))


def closing_days(quarters: Sequence[Quarter], periods: Periods) -> Mapping[Quarter, date]:
    """Each of the quarters with the last day on which it takes reports."""
    found = [period for quarter in quarters if (period := periods.of(quarter)) is not None]
    return {period.quarter: period.last_day for period in found}


def reported_now(session: Session, asker: Asker) -> Quarter:
    """The quarter being reported on a day: the one before while its days of grace last, else the running one."""
    return periods_of(session).reported_on(asker.today)


def in_planned_year(periods: Periods) -> Callable[[date], None]:
    """A check that a day lies in a year that has a plan."""

    def check(day: date) -> None:
        if periods.of(Quarter.of(day)) is None:
            raise NotUnderstood("no_plan", {"year": day.year})

    return check


def in_closed_quarter(periods: Periods, today: date) -> Callable[[date], bool]:
    """Tells whether a day lies in a quarter that is closed: it is taken with a reason alone."""

    def is_closed(day: date) -> bool:
        period = periods.of(Quarter.of(day))
        return period is not None and period.is_closed(today)

    return is_closed


def rated_year(session: Session, asker: Asker) -> int:
    """The year whose units are being rated: the one before in its first months, where that has a plan."""
    year, today = reported_now(session, asker).year, asker.today
    is_before = today.month <= _RATED_UNTIL and year == today.year
    return year - 1 if is_before and periods_of(session).of(Quarter(year - 1, 4)) is not None else year
