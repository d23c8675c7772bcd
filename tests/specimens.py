"""What those templates are rendered with that no transcript has; each name with a few facts of the worst case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Of
from typing import Final

from domain.candidate import Step
from domain.ladder import Rung
from domain.period import Quarter
from messages.reminder_words import About, Next, listed
from tests.harness.specimens import LONG_NAME, PEOPLE

Q1: Final = Quarter(2022, 1)
_OFFICE: Final = "Ban Tổ chức Huyện ủy Lục Ngạn"
SAID_AT: Final = datetime(2022, 12, 28, 8, tzinfo=UTC)
DAY: Final = date(2022, 12, 28)
UNIT: Final = "Phòng giao dịch Ngân hàng chính sách xã hội"
CODE: Final = "NHCS-22-101"
ENTRY: Final = Of(subject=CODE)
_PERSON: Final = Of(name=LONG_NAME, on=DAY, words="đã có quyết định 28/12", counted_on=DAY, code=CODE)
_ROW: Final = Of(
    now=Of(
        unit=Of(short=UNIT), admitted=Of(quarter=20), target=Of(quarter=21), owes="short", verdict="below"
    ),
    reopened=False,
    promised_on=None,
    admitted=[_PERSON] * 3,
    ready=[_PERSON] * 4,
)
_OTHER_UNIT: Final = Of(name=LONG_NAME, counted_on=DAY, code=CODE, unit_name=UNIT)

_WORDS: Final = "Chi bộ thôn chưa có quần chúng đủ tiêu chuẩn, hồ sơ gửi đi chưa có trả lời. " * 12
_SAID: Final = Of(at=SAID_AT, text=_WORDS)
_MONTH: Final = {
    "channel": "zalo",
    "month": DAY,
    "count": Of(sent=2400, refused=1),
    "quota": Of(monthly=3000, short_at=2700),
}
_ISSUE: Final = Of(code="VM-1234", unit=Of(short=UNIT), at=SAID_AT, text=_WORDS, answers=[_SAID] * 2)

_CANDIDATE: Final = Of(name=LONG_NAME, code="QC-1234")
_AMENDED: Final = [Of(name="quý III/2022", before=10, after=12)] * 2
_SENT: Final = Of(words="Họp giao ban, mang theo số liệu. " * 46, at=SAID_AT)
_REACH: Final = Of(reached=200000, units=10000, blocked=1000, unlinked=1000, missing=1000)
_STEP: Final = Of(name=LONG_NAME, entry=Of(subject="QC-1234", details={"took": Step.TRAINED.value}))
_HANDED: Final = Of(entry=Of(subject=f"BG-1234 {UNIT}"))
_WHICH: Final[list[dict[str, object]]] = [
    {"fits": fits, "near": near, "name": LONG_NAME, "several": several}
    for fits, near in (([_CANDIDATE] * 9, []), ([], [_CANDIDATE] * 9), ([], []))
    for several in (True, False)
]

BY_HAND: Final[dict[str, list[dict[str, object]]]] = {
    "call_note/promise_taken_back": [{"unit": Of(short=UNIT), "quarter": Q1, "day": DAY}],
    "call_sheet/no_more": [{"quarter": Q1}],
    "call_sheet/none": [{"quarter": Q1}],
    "deeds/note_call": [{"each": Of(entry=Of(details={"unit": UNIT}))}],
    "problems/not_a_phone": [{"said": "W" * 40}],
    "problems/owes_nothing": [{"unit": Of(short=UNIT)}],
    "refusals/unit_has_filed": [{"unit": UNIT, "quarter": Q1, "filed_on": DAY}],
    "candidate_back/which": _WHICH,
    "candidate_close/which": _WHICH,
    "candidate_list/which": _WHICH,
    "candidate_who/which": _WHICH,
    "candidate_work/which": _WHICH,
    "candidate_work/who": [
        {"among": [_CANDIDATE] * among, "page": page} for among in (0, 9) for page in (0, 1)
    ],
    "deeds/amend_target": [{"each": Of(entry=Of(subject=f"Chỉ tiêu {UNIT}", details={"changes": _AMENDED}))}],
    "deeds/end_appointment": [{"each": Of(entry=Of(subject=f"phó bí thư {UNIT}"))}],
    "problems/day_not_in_office": [{"first": DAY, "last": DAY}],
    "problems/not_among_these": [{"unit": UNIT}],
    "refusals/appointment_ended": [{"title": f"phó bí thư {UNIT}"}],
    "refusals/not_among_these": [{"unit": UNIT}],
    "refusals/not_in_plan": [{"unit": UNIT}],
    "refusals/target_changed": [{"unit": UNIT, "quarter": Q1, "now": 10}],
    "deeds/remind_units": [{"each": Of(entry=Of(subject="NH-1234"))}],
    "deeds/send_notice": [{"each": Of(entry=Of(subject="TB-1234"))}],
    "problems/notice_too_long": [{"long": 5000, "most": 1500}],
    "refusals/mailing_left": [{"code": "TB-1234"}],
    "send_notice/confirm": [
        {"command": _SENT, "reach": _REACH, "of_units": UNIT * 5, "of_roles": "Bí thư chi bộ"}
    ],
    "send_notice/notice": [{"words": "a " * 750}],
    "deeds/agree_to_hand_over": [{"each": _HANDED}],
    "deeds/decline_hand_over": [{"each": _HANDED}],
    "deeds/propose_hand_over": [{"each": _HANDED}],
    "deeds/close_candidate": [{"each": _STEP}],
    "deeds/list_candidate": [{"each": _STEP}],
    "deeds/take_back_step": [{"each": _STEP}],
    "deeds/tell_lesson": [{"each": Of(entry=Of(details={"text": _WORDS}))}],
    "lesson/unit": [{}],
    "deeds/tell_work": [
        {"each": Of(name=LONG_NAME, entry=Of(subject="QC-1234", details={"private_firm": False}))}
    ],
    "deeds/take_step": [{"each": _STEP}],
    "problems/after_step": [{"day": DAY, "taken": Of(step=Step.COMMITTEE_RESOLVED, on=DAY)}],
    "problems/not_admitted_yet": [{"candidate": _CANDIDATE}],
    "problems/not_by_message": [
        {"person": Of(is_district=district), "intent": intent}
        for district, intent in ((True, ""), (False, "correct"), (False, "promise"), (False, "export"))
    ],
    "refusals/candidate_changed": [{"code": "QC-1234"}],
    "correct/decision": [{"report": Of(code=CODE)}],
    "correct/name": [{"report": Of(code=CODE)}],
    "correct/not_fewer": [{"quarter": Q1, "reported": 20, "right": 21}],
    "correct/same": [
        {"before": Of(name=LONG_NAME, counted_on=DAY, code=CODE, unit_name=UNIT, is_veiled=veiled)}
        for veiled in (True, False)
    ],
    "deeds/answer_issue": [{"each": Of(entry=Of(subject="VM-1234"))}],
    "deeds/correct_admission": [{"each": Of(name=LONG_NAME, entry=ENTRY)}],
    "deeds/invite": [{"each": Of(entry=Of(subject=f"phó bí thư {UNIT}"))}],
    "deeds/make_promise": [{"each": Of(quarter=Q1)}],
    "deeds/raise_issue": [{"each": Of(entry=Of(subject="VM-1234"))}],
    "deeds/record_heads": [{"each": Of(entry=Of(details={"told": "199/200"}))}],
    "deeds/record_strength": [
        {"each": Of(entry=Of(details={"told": "9999 đảng viên, lần kết nạp gần nhất 31/12/2017"}))}
    ],
    "deeds/settle_call": [{"each": Of(entry=Of(details={"title": f"phó bí thư {UNIT}"}))}],
    "deeds/withdraw_admission": [{"each": Of(name=LONG_NAME, entry=ENTRY)}],
    "deeds/add_cell": [{"each": Of(entry=Of(subject=UNIT))}],
    "deeds/close_quarter": [{"each": Of(quarter=Q1)}],
    "deeds/reopen_quarter": [{"each": Of(quarter=Q1)}],
    "deeds/file_quarter": [{"each": Of(quarter=Q1, is_nil=True)}],
    "deeds/record_admission": [{"each": Of(name=LONG_NAME, on=DAY, entry=ENTRY)}],
    "deeds/tell_facts": [{"each": Of(name=LONG_NAME, entry=ENTRY)}],
    "enrolment/hello": [{"office": "Ban Tổ chức Huyện ủy Lục Ngạn"}],
    "enrolment/ended": [
        {
            "office": "Ban Tổ chức Huyện ủy Lục Ngạn",
            "ended": Of(unit=Of(short=UNIT), on=DAY, handed_over=True),
        }
    ],
    "enrolment/invited": [{"name": LONG_NAME, "title": f"phó bí thư {UNIT}", "at": SAID_AT}],
    "enrolment/joined": [
        {"name": LONG_NAME, "title": f"phó bí thư {UNIT}", "is_new": True},
        {"name": LONG_NAME, "title": f"phó bí thư {UNIT}", "is_new": False},
    ],
    "files/no_place": [{"is_admin": True}, {"is_admin": False}],
    "files/link": [
        {
            "name": "Bao-cao-ket-nap-quy-III-2022.docx",
            "url": f"https://chibo.luc-ngan.example/files/{'x' * 43}",
            "until": SAID_AT,
        }
    ],
    "issue_answer/taken_back": [{"code": "VM-1234", "answer": _WORDS}],
    "issue_answer/words": [{"issue": _ISSUE}],
    "issues_list/later": [{"issue": _ISSUE}],
    "notices/double": [
        {
            "unit": Of(short=UNIT),
            "member": Of(name=LONG_NAME, birth_year=1999),
            "code": CODE,
            "doubles": [_OTHER_UNIT] * 5,
        }
    ],
    "problems/channel_off": [
        {"channel": "telegram", "cut_off": 0},
        {"channel": "telegram", "cut_off": 12},
    ],
    "problems/channel_shut": [
        {"channel": "zalo", "reason": "Zalo không nhận mã bot (ZALO_TOKEN sai hoặc đã thu hồi)"}
    ],
    "problems/fault": [{"trace_id": "0123abcd", "afresh": True}],
    "problems/fault_notice": [{"channel": "telegram", "trace_id": "0123abcd", "where": "KeyError x:1"}],
    "problems/named_twice": [{"name": LONG_NAME}],
    "problems/not_a_number": [{"least": 1, "most": 1000}],
    "problems/not_so_many": [{"expected": PEOPLE, "named": PEOPLE}],
    "problems/other_quarter": [{"day": DAY, "quarter": Q1, "named": Q1}],
    "problems/quota_over": [_MONTH],
    "problems/quota_short": [_MONTH],
    "problems/report_withdrawn": [{"code": CODE}],
    "problems/too_many_people": [{"named": 100, "most": PEOPLE}],
    "refusals/cell_in_use": [{"name": UNIT}],
    "refusals/changed_since": [{"subject": CODE}, {"subject": "quý I/2022"}],
    "refusals/report_changed": [{"code": CODE}],
    "refusals/figures_changed": [{"quarter": Q1, "admitted": PEOPLE}],
    "refusals/answers_changed": [{"code": "VM-1234"}],
    "refusals/hand_over_agreed": [{"code": "BG-1234", "successor": LONG_NAME}],
    "refusals/name_taken": [{"name": LONG_NAME, "code": CODE}],
    "refusals/no_cells_yet": [{"unit": UNIT}],
    "refusals/no_such_issue": [{"code": "VM-1234"}],
    "refusals/too_many_invitations": [{"most": 100}],
    "refusals/unit_ended": [{"unit": UNIT}],
    "refusals/no_cells_below": [{"unit": UNIT}],
    "refusals/no_plan": [{"year": 2022}],
    "refusals/not_on_books": [{"code": CODE}],
    "facts/because": [{"closed": [Of(quarter=Q1, closed_at=None, last_day=DAY)]}],
    "undo/because": [{"closed": [Of(quarter=Q1, closed_at=SAID_AT, last_day=DAY)]}],
    "refusals/quarter_closed": [{"quarter": Q1, "closed_on": DAY, "at": at} for at in (None, SAID_AT)],
    "refusals/day_over": [{"quarter": Q1, "last": DAY}],
    "refusals/grace_over": [{"quarter": Q1, "last": DAY}],
    "refusals/reason_needed": [{"quarter": Q1, "closed_on": DAY}],
    "refusals/too_many_codes": [{"minutes": 60}],
    "refusals/unreadable_file": [{"reason": "Tệp không đúng mẫu."}],
    "reminders/above": [
        {
            "about": About(quarter=Q1, today=DAY, closes_on=DAY, office=_OFFICE),
            "rung": rung,
            "is_first": True,
            "lists": [
                (words, 55, listed([f"{UNIT} 20/21"] * 55)) for words in ("Chưa báo", "Còn thiếu, chưa chốt")
            ],
            "any_reached": reached,
            "unreached": not reached,
        }
        for rung, reached in ((Rung.OVERSEER, True), (Rung.DISTRICT, True), (Rung.DISTRICT, False))
    ],
    "reminders/quarter": [
        {
            "about": About(
                quarter=Q1,
                today=Q1.last_day - timedelta(days=left),
                closes_on=DAY,
                office=_OFFICE,
                next=[Next(rung=Rung.DISTRICT, day=DAY, units=(UNIT,))],
                words="W" * 200,
            ),
            "rows": [_ROW] * 3,
            "promised": None,
            "all_met": False,
            "any_silent": True,
            "after_secretary": True,
            "several": True,
        }
        for left in (7, 1, 0, -3)
    ],
    "report_admission/decided": [
        {"name": LONG_NAME, "is_typed": False, "code": "QC-1234", "quarter": Q1},
        {"name": "", "quarter": Q1},
        {"name": "", "quarter": None},
    ],
    "report_admission/double": [{"name": LONG_NAME, "is_typed": True, "code": ""}],
    "report_admission/many": [{"announced": 2, "people": [_PERSON] * PEOPLE}],
    "report_admission/near": [{"name": LONG_NAME, "is_typed": True, "code": ""}],
    "talk/edited": [{"codes": [CODE] * 20}, {"codes": []}],
    "talk/edited_late": [{"codes": [CODE] * 20}],
    "talk/edited_same": [{"codes": [CODE] * 20}],
    "talk/next": [{"said": "W" * 60}],
    "talk/not_right": [
        {"labels": ["Đúng, chốt", "Sửa", "Báo thêm kết nạp", "Bỏ"]},
        {"labels": ["Đúng, chốt", "Bỏ"]},
    ],
    "talk/not_text": [{"kind": kind} for kind in ("picture", "voice", "sticker")],
    "talk/too_many": [{"waiting": 10}],
    "talk/way_out": [{"call": True}, {"call": False}],
}
