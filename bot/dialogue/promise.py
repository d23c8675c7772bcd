"""A day named for the report, which is kept: until then nobody is reminded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.dialogue.place import Place, filing_places_of, unit_said, which_counted
from bot.dialogue.quarter import quarter_meant, quarter_said, reported_now
from bot.dialogue.quarter_facts import place_read_back
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.closing import Periods
from domain.commands import MakePromise
from domain.errors import AlreadyFiled, DayNotAhead
from domain.office import Office
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action
from domain.progress import Filed
from domain.read_back import read_back_of
from messages import labels
from messages.channel import Choice
from messages.days import coming_day
from messages.fold import fold
from messages.readers import Answer, ComingDay, NotUnderstood, OneOf
from messages.say import Say
from messages.understand import read_date
from messages.understand.heard import Heard, Intent
from storage.queries.filings import filing_of
from storage.queries.periods import periods_of
from storage.session import Session

MOST_OFFERED: Final = 4
_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6
_MEANS_NEXT: Final = frozenset({"tới", "sau"})
"""Said of a weekday, it is the one of the next week."""
_NEXT_WEEK: Final = re.compile(r"\btuan (?:sau|toi)\b")
_WEEKDAY: Final = re.compile(r"\b(?:thu [2-7]|thu (?:hai|ba|tu|nam|sau|bay)|t[2-7]|chu nhat|cn)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFacts:
    """The units that the asker may file for, and what is known of their quarters."""

    office: Office
    today: date
    places: tuple[Place, ...]
    reported_now: Quarter
    filed: Callable[[Unit, Quarter], Filed | None]
    periods: Periods


def promise_facts(session: Session, asker: Asker) -> PromiseFacts:
    """Fetch the asker's units."""
    return PromiseFacts(
        office=asker.office,
        today=asker.today,
        places=filing_places_of(session, asker),
        reported_now=reported_now(session, asker),
        filed=lambda unit, quarter: filing_of(session, unit.id, quarter),
        periods=periods_of(session),
    )


def promise_fills(heard: Heard, line: Answer) -> Fills:
    """The day, the unit and the quarter that «mai tôi báo cáo» names; a day beside something else is none."""
    shown = read_back_of(heard.code)
    if shown is not None:
        return place_read_back(shown, line)
    about = {**unit_said(heard, line), **quarter_said(heard, line)}
    if heard.intent is Intent.PROMISE and heard.date is None and _names_next_week(line):
        return {**about, "day": line}
    if heard.intent is not Intent.PROMISE or heard.date is None:
        return about
    return {**about, "day": replace(line, value=heard.date.isoformat())}


@dialogue(
    "promise",
    opens_on=Intent.PROMISE,
    needs=Action.REPORT,
    facts=promise_facts,
    fills=promise_fills,
    asks=("unit", "day", "which", "week"),
)
def promise(talk: Talk, facts: PromiseFacts) -> MakePromise | Say:
    """By which day the unit will report; it changes no figure, so it needs no yes."""
    if not facts.places:
        return Say("promise/noted", {}, (labels.MENU,))
    quarter = quarter_meant(talk, facts.reported_now)
    period = facts.periods.begun(quarter, facts.today)
    period.must_be_open(facts.today)
    unit = _unit(talk, facts, quarter)
    day = _day(talk, facts, quarter, period.last_day)
    if day == facts.today:
        return Say("promise/today", {}, (labels.ADMISSION, labels.NIL, labels.MENU))
    return MakePromise(unit=unit, quarter=quarter, day=day)


def _unit(talk: Talk, facts: PromiseFacts, quarter: Quarter) -> Unit:
    """The unit meant, of those that have not filed the quarter."""
    waiting = tuple(place for place in facts.places if facts.filed(place.counted, quarter) is None)
    unit = which_counted(talk, facts.places if "unit" in talk.answers else waiting or facts.places)
    filed = facts.filed(unit, quarter)
    if filed is not None:
        raise AlreadyFiled(quarter, facts.office.day_of(filed.at))
    return unit


def _day(talk: Talk, facts: PromiseFacts, quarter: Quarter, last: date) -> date:
    """A coming day while the quarter takes reports; who named a later one is offered the last one first."""
    either = _this_or_next(talk, facts, last)
    if either is not None:
        return either
    answer = talk.answers.get("day")
    if answer is not None and _names_next_week(answer) and facts.today < last:
        return _in_next_week(talk, facts, answer, quarter, last)
    said = talk.given("day", ComingDay(facts.office.timezone))
    if facts.today >= last and said != facts.today:
        raise DayNotAhead(quarter, last)
    first = (last,) if said is not None and said > last else ()
    coming = _coming(facts.today, last)
    days = tuple(dict.fromkeys((*first, *coming, *_deadline(facts.today, quarter)))) or (last,)
    offers = tuple(Choice(day.isoformat(), coming_day(day, facts.today)) for day in days)
    left = (last - facts.today).days if facts.today >= quarter.last_day else None
    about = {"examples": (coming or days)[:2], "left": left, "last": last}
    return talk.ask("day", ComingDay(facts.office.timezone, last, offers), about)


def _this_or_next(talk: Talk, facts: PromiseFacts, last: date) -> date | None:
    """«thứ 5» said on a Thursday: today or the next one, which is asked; None where another day was said."""
    answer = talk.answers.get("day")
    if answer is None or not _MEANS_NEXT.isdisjoint(answer.said.lower().split()):
        return None
    said_on = facts.office.day_of(answer.at)
    now, next_week = (read_date(answer.said, said_on, ahead=ahead).value for ahead in (False, True))
    if now != said_on or next_week != said_on + 7 * _DAY:
        return None
    days = [day for day in (said_on, said_on + 7 * _DAY) if day <= last]
    options = tuple((Choice(day.isoformat(), coming_day(day, said_on)), day) for day in days)
    return days[0] if len(days) == 1 else talk.ask("which", OneOf(options), {"day": said_on})


def _names_next_week(answer: Answer) -> bool:
    """«tuần sau» and no day of it."""
    if answer.value is not None or _NEXT_WEEK.search(fold(answer.said)) is None:
        return False
    return read_date(answer.said, answer.at.date(), ahead=True).value is None


def _in_next_week(talk: Talk, facts: PromiseFacts, said: Answer, quarter: Quarter, last: date) -> date:
    """A day of the week to come; of this one where reports are taken no longer. «thứ 3» is then the one of that week."""
    today = facts.office.day_of(said.at)
    monday = today + (7 - today.weekday()) * _DAY
    week = tuple(day for day in _coming(monday - _DAY, last) if day < monday + 7 * _DAY)

    def read(answer: Answer) -> date:
        day = ComingDay(facts.office.timezone, last).read(answer)
        meant = day + 7 * _DAY if day < monday and _WEEKDAY.search(fold(answer.said)) else day
        if meant > last:
            raise NotUnderstood("day_too_late", {"day": meant, "last": last})
        return meant

    offered = week or tuple(dict.fromkeys((last, *_coming(facts.today, last))))
    options = tuple((Choice(day.isoformat(), coming_day(day, facts.today)), day) for day in offered)
    about = {"quarter": quarter, "last": last, "week": week}
    return talk.ask("week", OneOf(options, other=read), about)


def _coming(today: date, last: date) -> tuple[date, ...]:
    """The next days on which an office works."""
    days = (today + number * _DAY for number in range(1, (last - today).days + 1))
    return tuple(day for day in days if day.weekday() != _SUNDAY)[:MOST_OFFERED]


def _deadline(today: date, quarter: Quarter) -> tuple[date, ...]:
    return (quarter.last_day,) if today < quarter.last_day else ()
