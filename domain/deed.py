"""Deeds: what a command does to the books, as the log names it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Deed(StrEnum):
    """The kinds of entry that commands leave in the log; a verb phrase each."""

    RECORD_ADMISSION = "record admission"
    FILE_QUARTER = "file quarter"
    TELL_FACTS = "tell facts"
    ADD_CELL = "add cell"
    INVITE = "invite"
    RECORD_HEADS = "record heads"
    RECORD_STRENGTH = "record strength"
    RAISE_ISSUE = "raise issue"
    ANSWER_ISSUE = "answer issue"
    MAKE_PROMISE = "make promise"
    ASK_FOR_CALL = "ask for call"
    SETTLE_CALL = "settle call"
    NOTE_CALL = "note call"
    TELL_PHONE = "tell phone"
    OPEN_CHANNEL = "open channel"
    SIGN_OUT = "sign out"
    CORRECT_ADMISSION = "correct admission"
    WITHDRAW_ADMISSION = "withdraw admission"
    LIST_CANDIDATE = "list candidate"
    TAKE_STEP = "take step"
    TAKE_BACK_STEP = "take back step"
    TELL_WORK = "tell work"
    TELL_LESSON = "tell lesson"
    CLOSE_CANDIDATE = "close candidate"
    ERASE_CANDIDATE = "erase candidate"
    PROPOSE_HAND_OVER = "propose hand over"
    AGREE_TO_HAND_OVER = "agree to hand over"
    DECLINE_HAND_OVER = "decline hand over"
    CLOSE_QUARTER = "close quarter"
    REOPEN_QUARTER = "reopen quarter"
    END_APPOINTMENT = "end appointment"
    AMEND_TARGET = "amend target"
    REMIND_UNITS = "remind units"
    SEND_NOTICE = "send notice"
    UNDO = "undo"


LASTING: Final = frozenset(
    {Deed.UNDO, Deed.ERASE_CANDIDATE, Deed.TELL_PHONE, Deed.OPEN_CHANNEL, Deed.SIGN_OUT}
)
"""Deeds that are not undone: what was undone is reported anew, what was erased is nowhere, a number is told anew,
a code for a further channel is over soon, and whoever has signed out signs in."""
UNDOABLE: Final = frozenset(Deed) - LASTING
"""Deeds that whoever did them may undo for a day; `bot.carry_out.undo` has the inverse of each."""
