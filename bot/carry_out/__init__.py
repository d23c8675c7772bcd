"""The only writer of the books: one function per command. Each checks everything before it writes anything."""

from __future__ import annotations

from typing import assert_never

from bot.carry_out.act import Act
from bot.carry_out.admissions import record_admissions
from bot.carry_out.appointments import end_appointment
from bot.carry_out.call_notes import note_calls
from bot.carry_out.calls import ask_for_call, settle_call
from bot.carry_out.candidates import close_candidate, list_candidates, take_back_step, take_step
from bot.carry_out.channels import open_channel, sign_out
from bot.carry_out.closings import close_quarter, reopen_quarter
from bot.carry_out.corrections import correct_admissions
from bot.carry_out.facts import tell_facts
from bot.carry_out.filings import file_quarter, record_nil
from bot.carry_out.hand_overs import decide_hand_over, propose_hand_over
from bot.carry_out.heads import record_heads
from bot.carry_out.invitations import invite
from bot.carry_out.issues import answer_issue, raise_issue
from bot.carry_out.lessons import tell_lesson
from bot.carry_out.mailings import remind_units, send_notice
from bot.carry_out.phones import tell_phone
from bot.carry_out.promises import make_promise
from bot.carry_out.strength import record_strength
from bot.carry_out.targets import amend_target
from bot.carry_out.undo import undo_last
from bot.carry_out.units import add_cell
from bot.carry_out.work import tell_work
from domain.commands import (
    AddCell,
    AmendTarget,
    AnswerIssue,
    AskForCall,
    CloseCandidate,
    CloseQuarter,
    Command,
    CorrectAdmissions,
    DecideHandOver,
    EndAppointment,
    FileQuarter,
    Invite,
    ListCandidates,
    MakePromise,
    NoteCalls,
    OpenChannel,
    ProposeHandOver,
    RaiseIssue,
    RecordAdmissions,
    RecordHeads,
    RecordNil,
    RecordStrength,
    RemindUnits,
    ReopenQuarter,
    SendNotice,
    SettleCall,
    SignOut,
    TakeBackStep,
    TakeStep,
    TellFacts,
    TellLesson,
    TellPhone,
    TellWork,
    UndoLast,
)
from messages.say import Say
from storage.session import Session

__all__ = ["Act", "carry_out"]


def carry_out(session: Session, command: Command, act: Act) -> Say:  # noqa: C901, PLR0911, PLR0912  one case a command
    """Do what a command says and answer its receipt; raises Refused and has then changed nothing."""
    match command:
        case RecordAdmissions():
            return record_admissions(session, command, act)
        case RecordNil():
            return record_nil(session, command, act)
        case FileQuarter():
            return file_quarter(session, command, act)
        case RecordHeads():
            return record_heads(session, command, act)
        case RecordStrength():
            return record_strength(session, command, act)
        case RaiseIssue():
            return raise_issue(session, command, act)
        case AnswerIssue():
            return answer_issue(session, command, act)
        case MakePromise():
            return make_promise(session, command, act)
        case AskForCall():
            return ask_for_call(session, command, act)
        case SettleCall():
            return settle_call(session, command, act)
        case NoteCalls():
            return note_calls(session, command, act)
        case TellPhone():
            return tell_phone(session, command, act)
        case OpenChannel():
            return open_channel(session, command, act)
        case SignOut():
            return sign_out(session, command, act)
        case CorrectAdmissions():
            return correct_admissions(session, command, act)
        case ListCandidates():
            return list_candidates(session, command, act)
        case TakeStep():
            return take_step(session, command, act)
        case TakeBackStep():
            return take_back_step(session, command, act)
        case TellLesson():
            return tell_lesson(session, command, act)
        case TellWork():
            return tell_work(session, command, act)
        case CloseCandidate():
            return close_candidate(session, command, act)
        case UndoLast():
            return undo_last(session, command, act)
        case AddCell():
            return add_cell(session, command, act)
        case TellFacts():
            return tell_facts(session, command, act)
        case Invite():
            return invite(session, command, act)
        case ProposeHandOver():
            return propose_hand_over(session, command, act)
        case DecideHandOver():
            return decide_hand_over(session, command, act)
        case EndAppointment():
            return end_appointment(session, command, act)
        case AmendTarget():
            return amend_target(session, command, act)
        case RemindUnits():
            return remind_units(session, command, act)
        case SendNotice():
            return send_notice(session, command, act)
        case CloseQuarter():
            return close_quarter(session, command, act)
        case ReopenQuarter():
            return reopen_quarter(session, command, act)
        case _:
            assert_never(command)
