"""What a message was understood to mean: the intent and the facts that were said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from domain.call_sheet import CallResult
from domain.candidate import Step, WayOut
from domain.facts import Facts
from domain.period import Quarter

Gender = Literal["nam", "nữ"]


class Intent(StrEnum):
    """What somebody wants; the values are those of `chibo understand`."""

    ADMISSION = "admission"
    CANDIDATE_ADD = "candidate_add"
    CANDIDATE_STEP = "candidate_step"
    CANDIDATE_CLOSE = "candidate_close"
    CANDIDATE_LIST = "candidate_list"
    NIL = "nil"
    FILE_QUARTER = "file_quarter"
    PROGRESS = "progress"
    ISSUE = "issue"
    HEADS = "heads"
    STRENGTH = "strength"
    CORRECT = "correct"
    UNDO = "undo"
    CANCEL = "cancel"
    HELP = "help"
    MENU = "menu"
    MORE = "more"
    PROMISE = "promise"
    GREETING = "greeting"
    THANKS = "thanks"
    YES = "yes"
    NO = "no"
    ROLLUP = "rollup"
    UNIT_STATUS = "unit_status"
    UNIT_LIST = "unit_list"
    AT_RISK = "at_risk"
    FIGURE = "figure"
    TRAIL = "trail"
    SILENT = "silent"
    REMIND = "remind"
    EXPORT = "export"
    ISSUES_LIST = "issues_list"
    INVITE = "invite"
    FACTS = "facts"
    CANDIDATE_BACK = "candidate_back"
    ISSUE_ANSWER = "issue_answer"
    ADD_CELL = "add_cell"
    HAND_OVER = "hand_over"
    CONSENT = "consent"
    CALL_ME = "call_me"
    END_APPOINTMENT = "end_appointment"
    AMEND_TARGET = "amend_target"
    SEND_NOTICE = "send_notice"
    NOTICES = "notices"
    CALL_NOTE = "call_note"
    PHONE = "phone"
    CLOSE_QUARTER = "close_quarter"
    REOPEN_QUARTER = "reopen_quarter"
    CLASS_LIST = "class_list"
    LESSON = "lesson"
    LESSONS = "lessons"
    RATING = "rating"
    FRAME = "frame"
    CANDIDATE_WORK = "candidate_work"
    CHANNELS = "channels"
    OPEN_CHANNEL = "open_channel"
    SIGN_OUT = "sign_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """Somebody named in a message, the name as it was typed; what was not said is None."""

    name: str
    gender: Gender | None = None
    birth_year: int | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSaid:
    """«3 đã gọi, không nghe máy»: the rows of the call sheet that are named, and what came of the calls."""

    rows: tuple[int, ...] = ()
    result: CallResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsSaid:
    """«9/10»: how many of the village heads are Party members."""

    members: int
    total: int


NO_FACTS: Final = Facts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The meaning of one message.

    `unit` is an official name; `text` the words of an issue or its answer, of what hindered somebody who was called, or
    of a unit that is not clear.
    `members` is how many members the unit is said to have, the `date` beside it the day of its last admission.
    `code` is a receipt's or a matter's code as the books write it («BS-22-01», «VM-3», «BG-2», «QC-12»);
    `responsible` the name of who vetted, opines or helps, where a step has one.
    `unclear` names the slots that have more than one reading; such a slot is None until it was asked.
    """

    intent: Intent = Intent.UNKNOWN
    people: tuple[PersonSaid, ...] = ()
    count: int | None = None
    date: date | None = None
    quarter: Quarter | None = None
    unit: str | None = None
    step: Step | None = None
    reason: WayOut | None = None
    decision: str | None = None
    heads: HeadsSaid | None = None
    members: int | None = None
    code: str | None = None
    responsible: str | None = None
    call: CallSaid | None = None
    facts: Facts = NO_FACTS
    text: str = ""
    unclear: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The fields as `chibo understand` prints them: dates in ISO form, null for what was not said."""
        return {
            "intent": self.intent.value,
            "people": [_person_as_json(person) for person in self.people],
            "count": self.count,
            "date": self.date.isoformat() if self.date else None,
            "quarter": self.quarter.code if self.quarter else None,
            "unit": self.unit,
            "step": self.step.value if self.step else None,
            "reason": self.reason.value if self.reason else None,
            "decision": self.decision,
            "heads": asdict(self.heads) if self.heads else None,
            "members": self.members,
            "code": self.code,
            "responsible": self.responsible,
            "call": _call_as_json(self.call),
            "facts": self.facts.told(),
            "text": self.text or None,
            "unclear": list(self.unclear),
        }


def _call_as_json(call: CallSaid | None) -> dict[str, object] | None:
    if call is None:
        return None
    return {"rows": list(call.rows), "result": call.result.value if call.result else None}


def _person_as_json(person: PersonSaid) -> dict[str, object]:
    born = person.birth_date.isoformat() if person.birth_date else None
    return {
        "name": person.name,
        "gender": person.gender,
        "birth_year": person.birth_year,
        "birth_date": born,
    }
