"""What came of calls: a note, and what follows from it in the books, such as a promise by the caller's hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from bot.carry_out.tell import tell_holders
from domain.call_sheet import CallNoteId, CallResult
from domain.commands import NoteCalls
from domain.deed import Deed
from domain.errors import AlreadyUndone, DayNotAhead, UnitHasFiled
from domain.matters import CallId, IssueId, issue_code
from domain.organisation import Unit
from domain.people import Role
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.say import Say
from storage.queries import call_notes, calls, issues, promises
from storage.queries.audit import Entry
from storage.queries.filings import filing_of
from storage.queries.periods import periods_of
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session

_OF_THE_UNIT = (Role.SECRETARY, Role.DEPUTY)


def note_calls(session: Session, command: NoteCalls, act: Act) -> Say:
    """Put what came of the calls on the books, all or none: notes, and a promise, an issue, a wish that is settled."""
    for unit in command.units:
        must_be_allowed(act, Action.OVERSEE, unit)
    last = _last_day(session, command, act)
    for counted in sorted({counted_unit(session, unit).id for unit in command.units}):
        act = locked(session, counted, act)
    if command.day is not None:
        _must_wait_for_report(session, command.units, command.quarter, act)
    for unit in command.units:
        _note(session, unit, command, act)
    facts = {
        "at": act.said_at,
        "today": act.office.day_of(act.said_at),
        "units": command.units,
        "command": command,
        "last": last,
    }
    return Say("call_note/done", facts, (labels.CALL_SHEET, labels.MENU))


def _last_day(session: Session, command: NoteCalls, act: Act) -> date | None:
    """The last day that may be promised, for a promise; a day that is over or too late is refused."""
    if command.day is None:
        return None
    today = act.office.day_of(act.said_at)
    period = periods_of(session).begun(command.quarter, today)
    period.must_be_open(today)
    if not today <= command.day <= period.last_day:
        raise DayNotAhead(command.quarter, period.last_day)
    return period.last_day


def _must_wait_for_report(session: Session, units: Sequence[Unit], quarter: Quarter, act: Act) -> None:
    for unit in units:
        filed = filing_of(session, unit.id, quarter)
        if filed is not None:
            raise UnitHasFiled(unit.short, quarter, act.office.day_of(filed.at))


def _note(session: Session, unit: Unit, command: NoteCalls, act: Act) -> None:
    note = call_notes.write(
        session, unit.id, command.quarter, command.result, command.day, command.words, act.origin
    )
    details: dict[str, object] = {
        "note": note,
        "unit": unit.short,
        "wishes": _settle(session, unit, command, act),
    }
    if command.day is not None:
        details |= _promise(session, unit, command.quarter, command.day, note, act)
    if command.result is CallResult.ISSUE:
        details["issue"] = _issue(session, unit, command.words, act)
    log(session, Deed.NOTE_CALL, unit, act, f"Cuộc gọi số {note}", details)


def _settle(session: Session, unit: Unit, command: NoteCalls, act: Act) -> list[int]:
    """Settle the wishes to be called of the unit's people, who were reached."""
    if command.result is CallResult.NO_ANSWER:
        return []
    waiting = calls.open_calls(session, act.office.day_of(act.at))
    theirs = [call.id for call in waiting if call.held is not None and call.held.unit.id == unit.id]
    return [call for call in theirs if calls.settle(session, call, act.person.id, act.at)]


def _promise(
    session: Session, unit: Unit, quarter: Quarter, day: date, note: CallNoteId, act: Act
) -> dict[str, object]:
    """Put the promised day on the books in place of the one before, and tell the unit what was written in its name."""
    before = promises.promise_of(session, unit.id, quarter)
    if before is not None:
        promises.end(session, before.id, act.at)
    made = promises.make(session, unit.id, quarter, day, act.origin)
    words = Say("call_note/promised", {"unit": unit, "quarter": quarter, "day": day})
    tell_holders(session, _OF_THE_UNIT, words, f"call-note:{note}", act, [unit.id])
    return {"promise": made, "before": before.id if before else None, "quarter": quarter.code}


def _issue(session: Session, unit: Unit, words: str, act: Act) -> IssueId:
    raised = issues.raise_issue(session, unit.id, words, act.origin)
    notice = Say("issue/notice", {"code": issue_code(raised), "unit": unit, "words": words})
    tell_holders(session, (Role.DISTRICT,), notice, f"issue:{raised}", act)
    return raised


def take_back_note(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a note: the promise before it holds again, the issue is withdrawn, who wished to be called waits."""
    unit = unit_by_id(session, entry.unit)
    must_be_allowed(act, Action.OVERSEE, unit)
    if not call_notes.end(session, CallNoteId(entry.row("note")), act.at):
        raise AlreadyUndone
    for wish in entry.details["wishes"]:
        calls.reopen(session, CallId(wish))
    if "promise" in entry.details:
        _take_back_promise(session, unit, entry, act)
    if "issue" in entry.details and issues.withdraw(session, IssueId(entry.row("issue")), act.at):
        notice = Say("issue/withdrawn", {"code": issue_code(IssueId(entry.row("issue"))), "unit": unit})
        tell_holders(session, (Role.DISTRICT,), notice, f"issue-withdrawn:{entry.row('issue')}", act)
    return ()


def _take_back_promise(session: Session, unit: Unit, entry: Entry, act: Act) -> None:
    """Only the very promise of the note is ended: what the unit has promised since is its own."""
    quarter, made = Quarter.parse(entry.details["quarter"]), entry.row("promise")
    now = promises.promise_of(session, unit.id, quarter)
    if now is None or now.id != made:
        return
    promises.end(session, now.id, act.at)
    words = Say("call_note/promise_taken_back", {"unit": unit, "quarter": quarter, "day": now.day})
    tell_holders(session, _OF_THE_UNIT, words, f"call-note-back:{entry.row('note')}", act, [unit.id])
    before = entry.details["before"]
    day = promises.promise_by_id(session, before).day if before is not None else None
    if day is not None and day > act.office.day_of(act.said_at):
        promises.make(session, unit.id, quarter, day, act.origin)
