"""All conversations, by the intent that opens each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.dialogue.add_cell import add_cell
from bot.dialogue.amend_target import amend_target
from bot.dialogue.at_risk import at_risk
from bot.dialogue.call_me import call_me
from bot.dialogue.call_note import call_note
from bot.dialogue.call_sheet import call_sheet
from bot.dialogue.candidate_add import candidate_add
from bot.dialogue.candidate_back import candidate_back
from bot.dialogue.candidate_close import candidate_close
from bot.dialogue.candidate_list import candidate_list
from bot.dialogue.candidate_step import candidate_step
from bot.dialogue.candidate_work import candidate_work
from bot.dialogue.channels import channels, open_channel, sign_out
from bot.dialogue.class_list import class_list
from bot.dialogue.close_quarter import close_quarter
from bot.dialogue.consent import consent
from bot.dialogue.correct import correct
from bot.dialogue.end_appointment import end_appointment
from bot.dialogue.export import export
from bot.dialogue.figure import figure
from bot.dialogue.file_quarter import file_quarter
from bot.dialogue.frame import frame
from bot.dialogue.hand_over import hand_over
from bot.dialogue.heads import heads
from bot.dialogue.invite import invite
from bot.dialogue.issue import issue
from bot.dialogue.issue_answer import issue_answer
from bot.dialogue.issues_list import issues_list
from bot.dialogue.lesson import lesson
from bot.dialogue.lessons import lessons
from bot.dialogue.notices import notices
from bot.dialogue.phone import phone
from bot.dialogue.progress import progress
from bot.dialogue.promise import promise
from bot.dialogue.rating import rating
from bot.dialogue.remind import remind
from bot.dialogue.reopen_quarter import reopen_quarter
from bot.dialogue.report_admission import report_admission
from bot.dialogue.report_nil import report_nil
from bot.dialogue.rollup import rollup
from bot.dialogue.send_notice import send_notice
from bot.dialogue.strength import strength
from bot.dialogue.talk import Script
from bot.dialogue.talk_about import greeting, help_, menu, more, thanks
from bot.dialogue.tell_facts import tell_facts
from bot.dialogue.trail import trail
from bot.dialogue.undo import undo
from bot.dialogue.unit_list import unit_list
from bot.dialogue.unit_status import unit_status
from messages.say import has_words
from messages.understand.heard import Intent

ALL: Final[Sequence[Script]] = (
    channels,
    open_channel,
    sign_out,
    report_admission,
    candidate_list,
    candidate_add,
    candidate_step,
    candidate_back,
    candidate_close,
    candidate_work,
    report_nil,
    tell_facts,
    file_quarter,
    correct,
    undo,
    progress,
    heads,
    strength,
    issue,
    issues_list,
    issue_answer,
    promise,
    call_me,
    phone,
    call_sheet,
    call_note,
    rollup,
    unit_status,
    export,
    unit_list,
    at_risk,
    figure,
    trail,
    add_cell,
    invite,
    hand_over,
    consent,
    end_appointment,
    amend_target,
    remind,
    send_notice,
    notices,
    close_quarter,
    reopen_quarter,
    class_list,
    lesson,
    lessons,
    rating,
    frame,
    menu,
    more,
    help_,
    greeting,
    thanks,
)
BY_INTENT: Final[Mapping[Intent, Script]] = {script.opens_on: script for script in ALL}


def questions_without_words() -> tuple[str, ...]:
    """The templates that some conversation needs and that are not there; start-up refuses to go on with any."""
    return tuple(name for script in ALL for name in script.templates if not has_words(name))
