"""The district lets a closed quarter take reports again: until which day, and why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.dialogue.close_quarter import MOST_CLOSED, ClosingFacts, closing_facts, quarter_named
from bot.dialogue.quarter import quarter_said
from bot.dialogue.reason import reason_said, said_or_chosen
from bot.dialogue.talk import Fills, Talk, dialogue
from domain.closing import Period
from domain.commands import ReopenQuarter
from domain.errors import NotClosed
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.days import coming_day
from messages.readers import Answer, ComingDay, OneOf
from messages.understand.heard import Heard, Intent

_OFFERED_AFTER: Final = (3, 7, 14)
"""How many days from today the days are that are offered."""
_LONGEST: Final = timedelta(days=92)
_DAY: Final = timedelta(days=1)
_UNTIL: Final = re.compile(
    r"\b(?:đến|den|tới|toi)\s+(?:(?:hết|het)\s+)?(?:(?:ngày|ngay)\s+)?([^,;]+?)\s*(?:[,;]|\bl[ýy] do\b|$)",
    re.IGNORECASE,
)


def reopen_fills(heard: Heard, line: Answer) -> Fills:
    """The quarter, the day and the reason of «mở lại quý I đến 20/4, lý do …»."""
    until = _UNTIL.search(line.said)
    day = {} if until is None else {"until": Answer(until[1], line.at)}
    return {**quarter_said(heard, line), **day, **reason_said(line)}


@dialogue(
    "reopen_quarter",
    opens_on=Intent.REOPEN_QUARTER,
    needs=Action.CLOSE_QUARTER,
    facts=closing_facts,
    fills=reopen_fills,
    asks=("quarter", "until", "because", "confirm"),
)
def reopen_quarter(talk: Talk, facts: ClosingFacts) -> ReopenQuarter:
    """Which quarter, until when and why; whom that concerns is shown before the yes."""
    period = facts.of(_which(talk, facts))
    if not period.is_closed(facts.today) and period.reopened_until is None:
        raise NotClosed(period.quarter, period.last_day)
    last = _until(talk, facts, period)
    if period.reopened_until is not None and last <= period.reopened_until:
        raise NotClosed(period.quarter, period.reopened_until)
    because = said_or_chosen(talk, "because", labels.REOPENED_BECAUSE, {"quarter": period.quarter})
    command = ReopenQuarter(quarter=period.quarter, last=last, because=because)
    talk.confirm(command, {})
    return command


def _which(talk: Talk, facts: ClosingFacts) -> Quarter:
    closed = facts.reopenable()[:MOST_CLOSED]
    options = tuple((Choice(q.code, q.full_name[:1].upper() + q.full_name[1:]), q) for q in closed)
    if len(closed) == 1 and "quarter" not in talk.answers:
        return closed[0]
    return talk.ask("quarter", OneOf(options, other=lambda answer: quarter_named(answer, facts.today)))


def _until(talk: Talk, facts: ClosingFacts, period: Period) -> date:
    """A day to come, and after the one until which it takes reports now, where it was reopened before."""
    first = facts.today if period.reopened_until is None else period.reopened_until
    days = [first + number * _DAY for number in _OFFERED_AFTER]
    offers = tuple(Choice(day.isoformat(), coming_day(day, facts.today)) for day in days)
    reader = ComingDay(facts.zone, facts.today + _LONGEST, offers)
    return talk.ask("until", reader, {"quarter": period.quarter, "now": period.reopened_until})
