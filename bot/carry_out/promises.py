"""Promises: the day by which a unit will report."""

from __future__ import annotations

from datetime import date

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from domain.commands import MakePromise
from domain.deed import Deed
from domain.errors import AlreadyFiled, ChangedSince, DayNotAhead
from domain.matters import PromiseId
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.say import Say
from storage.queries import promises
from storage.queries.audit import Entry
from storage.queries.filings import filing_of
from storage.queries.periods import periods_of
from storage.queries.units import unit_by_id
from storage.session import Session


def make_promise(session: Session, command: MakePromise, act: Act) -> Say:
    """Put a promised day on the books in place of the one before."""
    unit, quarter = command.unit, command.quarter
    must_be_allowed(act, Action.FILE, unit)
    last = _must_be_ahead(session, command, act)
    act = locked(session, unit.id, act)
    filed = filing_of(session, unit.id, quarter)
    if filed is not None:
        raise AlreadyFiled(quarter, act.office.day_of(filed.at))
    before = promises.promise_of(session, unit.id, quarter)
    if before is not None:
        promises.end(session, before.id, act.at)
    made = promises.make(session, unit.id, quarter, command.day, act.origin)
    details: dict[str, object] = {"promise": made, "before": before.id if before else None}
    log(session, Deed.MAKE_PROMISE, unit, act, quarter.code, details)
    several = len(set(act.person.reports_for)) > 1
    facts = {"unit": unit, "day": command.day, "several": several, **_how_late(command, last, act)}
    return Say("promise/done", facts, (labels.MENU,))


def _how_late(command: MakePromise, last: date, act: Act) -> dict[str, object]:
    """The last day for reports where the quarter is over by the day promised; the days left where it is over now."""
    today, ends = act.office.day_of(act.said_at), command.quarter.last_day
    return {
        "last": last if command.day >= ends else None,
        "left": (last - today).days if today >= ends else None,
    }


def _must_be_ahead(session: Session, command: MakePromise, act: Act) -> date:
    """Refuse a day that has come, or on which no report is taken; answers the last one on which one is."""
    today, quarter = act.office.day_of(act.said_at), command.quarter
    period = periods_of(session).begun(quarter, today)
    period.must_be_open(today)
    last = period.last_day
    if not today < command.day <= last:
        raise DayNotAhead(quarter, last)
    return last


def take_back_promise(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a promise: the one before holds again, if its day is still to come.

    Where a later promise was undone, this one is in force under another row's number, or not at all: its day is over.
    """
    must_be_allowed(act, Action.FILE, unit_by_id(session, entry.unit))
    quarter = Quarter.parse(entry.subject)
    now = promises.promise_of(session, entry.unit, quarter)
    if now is not None:
        if now.day != promises.promise_by_id(session, PromiseId(entry.row("promise"))).day:
            raise ChangedSince(quarter.full_name)  # the district has noted another day since
        promises.end(session, now.id, act.at)
    before = entry.details["before"]
    day = promises.promise_by_id(session, before).day if before is not None else None
    if day is not None and day > act.office.day_of(act.said_at):
        promises.make(session, entry.unit, quarter, day, act.origin)
    return ()
