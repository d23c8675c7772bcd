"""Which quarter is meant when none is named, and which still take reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.dialogue.talk import Asker, Fills, Talk
from domain.deadline import closes_on, is_closed, reported_quarter
from domain.period import Quarter
from messages.readers import Answer, NotUnderstood, Words
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
