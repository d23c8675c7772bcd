"""Closing a quarter by the district's word, and letting one take reports again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.carry_out.act import Act, Touched, log
from domain.closing import ClosingKind, Period
from domain.commands import CloseQuarter, ReopenQuarter
from domain.deed import Deed
from domain.errors import ChangedSince, ClosedAlready, DayOver, GraceOver, NotAllowed, NotClosed
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import closings
from storage.queries.audit import Entry
from storage.queries.periods import after_words, periods_of
from storage.queries.rollup import roll_up
from storage.queries.unit_entry import district_unit
from storage.session import Session


def close_quarter(session: Session, command: CloseQuarter, act: Act) -> Say:
    """Close a quarter now and keep its roll-up; who has not filed it is told by the next heartbeat."""
    period, act = _locked(session, command.quarter, act)
    if period.is_closed(_today(act)):
        raise ClosedAlready(period.quarter, period.last_day, period.closed_at)
    closing = closings.close(session, period, act.at, _today(act), act.office, act.origin)
    if closing is None:
        raise ClosedAlready(period.quarter, period.last_day, period.closed_at)
    before: dict[str, object] = {"closing": closing, "last": period.last_day.isoformat()}
    log(session, Deed.CLOSE_QUARTER, _district(session), act, period.quarter.code, before)
    stands = roll_up(session, period.quarter, act.at, act.office)
    return Say("close_quarter/done", {"at": act.said_at, "all": stands}, (labels.ROLLUP, labels.MENU))


def reopen_quarter(session: Session, command: ReopenQuarter, act: Act) -> Say:
    """Let a closed quarter take reports until a day; those who report are told by the next heartbeat."""
    period, act = _locked(session, command.quarter, act)
    longer = period.reopened_until is not None and command.last > period.reopened_until
    if not period.is_closed(_today(act)) and not longer:
        raise NotClosed(period.quarter, period.last_day)
    if command.last < _today(act):
        raise DayOver(period.quarter, command.last)  # it would close before it was reopened
    reopened = closings.reopen(session, period, command.last, command.because, act.origin)
    details: dict[str, object] = {"reopening": reopened, "because": command.because}
    if longer and period.word is not None:
        details |= {"last": period.word.last.isoformat(), "reason": period.word.reason}
    log(session, Deed.REOPEN_QUARTER, _district(session), act, period.quarter.code, details)
    return Say("reopen_quarter/done", {"at": act.said_at, "command": command}, (labels.ROLLUP, labels.MENU))


def take_closing_back(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of closing: the quarter takes reports as long as it did before, if that is not over by now.

    Where it was reopened in between, and that was undone, it is closed by a later word: that one is taken back.
    """
    period, act = _locked(session, Quarter.parse(entry.subject), act)
    _must_hold(period, ClosingKind.CLOSED)
    last = date.fromisoformat(entry.details["last"])
    if _today(act) > last:
        raise GraceOver(period.quarter, last)
    closings.reopen(session, period, last, None, act.origin)
    return ()


def close_again(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of reopening: the quarter is closed now; what came in between stands.

    Where it took reports before, and was only to take them for longer, it does so until the day that was said then.
    """
    period, act = _locked(session, Quarter.parse(entry.subject), act)
    _must_hold(period, ClosingKind.REOPENED, closings.last_day_of(session, entry.row("reopening")))
    last = date.fromisoformat(entry.details["last"]) if "last" in entry.details else None
    if last is not None and _today(act) <= last:
        closings.reopen(session, period, last, entry.details["reason"], act.origin)
        return ()
    undone = "hoàn tác" if last is None else None
    closings.close(session, period, act.at, _today(act), act.office, act.origin, undone)
    return ()


def _locked(session: Session, quarter: Quarter, act: Act) -> tuple[Period, Act]:
    """A quarter that has begun, while nobody else writes its books, and the act as it enters them.

    What its date has closed is written down first.
    """
    if not may(act.person, Action.CLOSE_QUARTER):
        raise NotAllowed
    closings.lock_quarters(session)
    closings.close_overdue(session, act.at, act.office)
    act = replace(act, at=after_words(session, act.at))
    return periods_of(session).begun(quarter, _today(act)), act


def _must_hold(period: Period, kind: ClosingKind, last: date | None = None) -> None:
    """Refuse where the word that holds says something else; the row may be a later one, that an undoing has put there."""
    word = period.word
    if word is None or word.kind is not kind or last not in (None, word.last):
        raise ChangedSince(period.quarter.full_name)


def _today(act: Act) -> date:
    """By the clock of the books: a closing holds for all, whenever its message was sent."""
    return act.office.day_of(act.at)


def _district(session: Session) -> Unit:
    return district_unit(session)
