"""Which quarter is meant when none is named, and which still take reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.dialogue.talk import Asker, Fills, Talk
from domain.deadline import closes_on, is_closed, reported_quarter
from domain.period import Quarter
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.understand import read_quarter
from messages.understand.heard import Heard
from storage.queries.progress import grace_days_of
from storage.session import Session


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


def open_quarters(today: date, grace_days: Mapping[int, int]) -> Sequence[Quarter]:
    """The quarters that have begun and still take reports, the earlier one first."""
    running = Quarter.of(today)
    known = [q for q in (running.previous, running) if q.year in grace_days]
    return [q for q in known if not is_closed(q, grace_days[q.year], today)]


def closing_days(quarters: Sequence[Quarter], grace_days: Mapping[int, int]) -> Mapping[Quarter, date]:
    """Each of the quarters with the last day on which it takes reports."""
    return {quarter: closes_on(quarter, grace_days[quarter.year]) for quarter in quarters}


def reported_now(session: Session, asker: Asker) -> Quarter:
    """The quarter being reported on a day: the one before while its days of grace last, else the running one."""
    grace = grace_days_of(session, Quarter.of(asker.today).previous.year)
    return reported_quarter(asker.today, grace)


def in_open_quarter(today: date, grace_days: Mapping[int, int]) -> Callable[[date], None]:
    """A check that a day lies in a quarter that still takes reports."""

    def check(day: date) -> None:
        quarter = Quarter.of(day)
        grace = grace_days.get(quarter.year)
        if grace is None:
            raise NotUnderstood("no_plan", {"year": quarter.year})
        if is_closed(quarter, grace, today):
            closed = {"quarter": quarter, "closed_on": closes_on(quarter, grace), "day": day}
            raise NotUnderstood("quarter_closed", closed)

    return check
