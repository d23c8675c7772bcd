"""Undoing what somebody's last message did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.appointments import resume_appointment
from bot.carry_out.call_notes import take_back_note
from bot.carry_out.calls import take_back_wish, unsettle_call
from bot.carry_out.candidates import reopen, take_again, untake
from bot.carry_out.closings import close_again, take_closing_back
from bot.carry_out.corrections import restore_corrected, restore_withdrawn, withdraw_recorded
from bot.carry_out.facts import forget_told
from bot.carry_out.filings import unfile
from bot.carry_out.hand_overs import reconsider, take_consent_back, withdraw_proposal
from bot.carry_out.heads import take_back_heads
from bot.carry_out.invitations import revoke_invitation
from bot.carry_out.issues import take_back_answer, withdraw_issue
from bot.carry_out.lessons import take_back_lesson
from bot.carry_out.mailings import take_back_mailing
from bot.carry_out.promises import take_back_promise
from bot.carry_out.standings import standings, to_file
from bot.carry_out.strength import take_back_strength
from bot.carry_out.targets import restore_target
from bot.carry_out.units import remove_cell
from bot.carry_out.work import take_back_work
from domain.commands import UndoLast
from domain.deed import Deed
from domain.errors import AlreadyUndone, ChangedSince
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.say import Say
from storage.queries import audit
from storage.queries.audit import Entry
from storage.queries.described import described
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session, savepoint

Inverse = Callable[[Session, Entry, Act], tuple[Touched, ...]]
"""Takes back what one entry of the log did; answers the quarters whose figures or filing that changed, if any.

It checks first (may they still, is the quarter open), refuses in words, ends rows and never overwrites one. Later
deeds about the same subject were looked for already, and the entry's unit is locked.
"""

INVERSES: Final[Mapping[Deed, Inverse]] = {
    Deed.RECORD_ADMISSION: withdraw_recorded,
    Deed.FILE_QUARTER: unfile,
    Deed.TELL_FACTS: forget_told,
    Deed.ADD_CELL: remove_cell,
    Deed.INVITE: revoke_invitation,
    Deed.RECORD_HEADS: take_back_heads,
    Deed.RECORD_STRENGTH: take_back_strength,
    Deed.RAISE_ISSUE: withdraw_issue,
    Deed.ANSWER_ISSUE: take_back_answer,
    Deed.MAKE_PROMISE: take_back_promise,
    Deed.ASK_FOR_CALL: take_back_wish,
    Deed.SETTLE_CALL: unsettle_call,
    Deed.NOTE_CALL: take_back_note,
    Deed.CORRECT_ADMISSION: restore_corrected,
    Deed.WITHDRAW_ADMISSION: restore_withdrawn,
    Deed.LIST_CANDIDATE: untake,
    Deed.TAKE_STEP: untake,
    Deed.TAKE_BACK_STEP: take_again,
    Deed.CLOSE_CANDIDATE: reopen,
    Deed.TELL_WORK: take_back_work,
    Deed.TELL_LESSON: take_back_lesson,
    Deed.PROPOSE_HAND_OVER: withdraw_proposal,
    Deed.AGREE_TO_HAND_OVER: take_consent_back,
    Deed.DECLINE_HAND_OVER: reconsider,
    Deed.END_APPOINTMENT: resume_appointment,
    Deed.AMEND_TARGET: restore_target,
    Deed.SEND_NOTICE: take_back_mailing,
    Deed.REMIND_UNITS: take_back_mailing,
    Deed.CLOSE_QUARTER: take_closing_back,
    Deed.REOPEN_QUARTER: close_again,
}
"""How each deed is undone. What was done is told by the template `deeds/<deed>`."""


def undo_last(session: Session, command: UndoLast, act: Act) -> Say:
    """Take back what these entries did, all or none of it, and leave one entry that says so."""
    act = replace(act, because=command.because)
    entries = audit.entries(session, command.entries)
    for unit in sorted({counted_unit(session, unit_by_id(session, entry.unit)).id for entry in entries}):
        act = locked(session, unit, act)
    _must_hold(session, entries, act)
    what = tuple(described(session, entry) for entry in entries)
    with savepoint(session):
        touched = [each for entry in reversed(entries) for each in INVERSES[entry.deed](session, entry, act)]
    _log(session, entries, act)
    return _receipt(session, what, touched, act)


def _must_hold(session: Session, entries: Sequence[Entry], act: Act) -> None:
    """Refuse what is not this person's own, was undone meanwhile, or was built upon."""
    ids = [entry.id for entry in entries]
    if not entries or any(entry.undone or entry.person != act.person.id for entry in entries):
        raise AlreadyUndone
    for entry in entries:
        if audit.is_built_upon(session, entry, ids):
            raise ChangedSince(_in_words(entry.subject))


def _in_words(subject: str) -> str:
    """What an entry is about, as people write it: a quarter by its name, all else as it stands."""
    try:
        return Quarter.parse(subject).full_name
    except ValueError:
        return subject


def _log(session: Session, entries: Sequence[Entry], act: Act) -> None:
    ids = [entry.id for entry in entries]
    subjects = ", ".join(dict.fromkeys(entry.subject for entry in entries))
    undo = log(session, Deed.UNDO, unit_by_id(session, entries[0].unit), act, subjects, {"undone": ids})
    audit.mark_undone(session, ids, undo)


def _receipt(session: Session, what: Sequence[object], touched: Sequence[Touched], act: Act) -> Say:
    now = standings(session, touched, act)
    return Say(
        "undo/done", {"at": act.said_at, "what": what, "now": now}, (*to_file(now, act), *_offers(act.person))
    )


def _offers(person: Person) -> tuple[Choice, ...]:
    reports = may(person, Action.REPORT)
    return (*((labels.ADMISSION, labels.CORRECT) if reports else ()), labels.MENU)
