"""The words on choices, and the names of the things that «Sửa» can change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from domain.call_sheet import CallResult
from domain.candidate import Step
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
from domain.enclosure import Output
from domain.facts import Schooling
from domain.matters import Call, Issue
from domain.organisation import Unit, UnitKind
from domain.people import Person, Role
from domain.period import Quarter
from domain.plan_changes import TargetChange
from domain.policy import Action, may
from domain.read_back import ReadBack
from messages.channel import Choice
from messages.days import weekday
from messages.fold import fold
from messages.step_words import step_done
from messages.understand.heard import Intent

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[0-9]+)+")
MOST_ON_PAGE: Final = 9
"""Choices that stand under one message where they can be shared out: a phone shows no more at once."""
READ_BACK: Final = "Đúng"
"""With this begins whatever confirms what was read back."""
CHANGE: Final = "Sửa"
DROP: Final = "Bỏ"
STOP: Final = Choice("hủy việc này", "Hủy việc này")
SOMEBODY_ELSE: Final = "Người khác"
NEXT_STEP: Final = "ghi bước tiếp theo"
ANOTHER_STEP: Final = "ghi bước"
SAME: Final = "Cùng một người"
ANOTHER: Final = "Người khác, trùng tên"
THIS_CELL: Final = "Chính là chi bộ này"
NEW_CELL: Final = "Chi bộ khác"
INVITE_ITS_SECRETARY: Final = "Mời bí thư chi bộ này"
NAME_LATER: Final = "Chưa ghi tên"
FURTHER: Final = "Xem thêm"
NEW_ISSUE: Final = "Gửi vướng mắc mới"
LATER: Final = "Để sau"
OLDER: Final = "Xem thêm"
WHAT: Final[Mapping[str, str]] = {
    "name": "Họ tên",
    "day": "Ngày",
    "gender": "Giới tính",
    "year": "Năm sinh",
    "decision": "Số quyết định",
    "withdrawn": "Không phải kết nạp, rút báo cáo",
}
GENDERS: Final[Mapping[str, str]] = {"nam": "Nam", "nữ": "Nữ"}
AT_DISTRICT: Final = (Role.DISTRICT, Role.ADMIN)
LATE_BECAUSE: Final = ("Báo chậm", "Bỏ sót khi báo cáo", "Quyết định gửi về chậm")
AMENDED_BECAUSE: Final = ("Ghi nhầm khi báo cáo", "Báo trùng người", "Lễ kết nạp đổi ngày")
FACTS_BECAUSE: Final = ("Bổ sung thông tin còn thiếu", "Ghi nhầm khi báo cáo")
UNDONE_BECAUSE: Final = ("Ghi nhầm khi báo cáo", "Báo trùng người")
REOPENED_BECAUSE: Final = ("Đơn vị báo chậm", "Số liệu cần đính chính")
AGREE: Final = "Đúng, đồng ý"
NOT_AGREE: Final = "Không đồng ý"
NO_REASON: Final = "Không nêu lý do"
_CHANGEABLE: Final = {
    "report_admission/unit": "Đơn vị",
    "report_admission/who": "Người",
    "report_admission/name": "Người",
    "report_admission/many": "Người",
    "report_admission/names": "Người",
    "report_admission/near": "Người",
    "report_admission/same": "Người",
    "report_admission/double": "Người",
    "report_admission/when": "Ngày",
    "report_admission/decided": "Ngày",
    "report_admission/because": "Lý do",
    "report_nil/unit": "Đơn vị",
    "add_cell/unit": "Đơn vị",
    "add_cell/name": "Tên chi bộ",
    "add_cell/near": "Tên chi bộ",
    "invite/whom": "Chức danh",
    "invite/unit": "Đơn vị",
    "invite/which": "Đơn vị",
    "invite/cell": "Chi bộ",
    "invite/name": "Họ tên",
    "heads/unit": "Đơn vị",
    "heads/total": "Số liệu",
    "heads/members": "Số liệu",
    "strength/unit": "Đơn vị",
    "strength/members": "Số đảng viên",
    "strength/last": "Lần kết nạp gần nhất",
    "issue/unit": "Đơn vị",
    "issue/words": "Nội dung",
    "issue_answer/which": "Vướng mắc",
    "issue_answer/words": "Nội dung",
    "issues_list/words": "Nội dung",
    "correct/report": "Báo cáo",
    "correct/withdraw": "Báo cáo",
    "correct/what": "Mục cần sửa",
    "correct/name": "Họ tên",
    "correct/day": "Ngày",
    "correct/gender": "Giới tính",
    "correct/year": "Năm sinh",
    "correct/decision": "Số quyết định",
    "correct/because": "Lý do",
    "candidate_add/unit": "Đơn vị",
    "candidate_add/who": "Người",
    "candidate_add/same": "Người",
    "candidate_step/who": "Người",
    "candidate_step/which": "Người",
    "candidate_step/step": "Bước",
    "candidate_step/when": "Ngày",
    "candidate_step/responsible": "Người phụ trách",
    "candidate_step/decision": "Số quyết định",
    "candidate_back/who": "Người",
    "candidate_back/which": "Người",
    "lesson/unit": "Đơn vị",
    "lesson/words": "Nội dung",
    "candidate_work/who": "Người",
    "candidate_work/which": "Người",
    "candidate_close/who": "Người",
    "candidate_close/which": "Người",
    "candidate_close/because": "Lý do",
    "candidate_close/when": "Ngày",
    "end_appointment/unit": "Đơn vị",
    "end_appointment/who": "Người",
    "end_appointment/when": "Ngày",
    "end_appointment/because": "Lý do",
    "remind/whom": "Đơn vị",
    "remind/cluster": "Đơn vị",
    "remind/unit": "Đơn vị",
    "remind/which": "Đơn vị",
    "remind/promised": "Đơn vị đã hẹn",
    "remind/again": "Người vừa được nhắc",
    "remind/hour": "Giờ gửi",
    "send_notice/units": "Đơn vị nhận",
    "send_notice/cluster": "Đơn vị nhận",
    "send_notice/typed": "Đơn vị nhận",
    "send_notice/which": "Đơn vị nhận",
    "send_notice/roles": "Người nhận",
    "send_notice/words": "Nội dung",
    "send_notice/hour": "Giờ gửi",
    "amend_target/unit": "Đơn vị",
    "amend_target/quarter": "Quý",
    "amend_target/figure": "Chỉ tiêu",
    "amend_target/year": "Chỉ tiêu",
    "amend_target/decision": "Quyết định",
    "amend_target/decided": "Quyết định",
    "amend_target/because": "Lý do",
    "call_note/unit": "Đơn vị",
    "call_note/result": "Kết quả",
    "call_note/day": "Ngày hẹn",
    "call_note/words": "Nội dung",
    "reopen_quarter/quarter": "Quý",
    "reopen_quarter/until": "Ngày",
    "reopen_quarter/because": "Lý do",
    "hand_over/which": "Chức danh",
    "hand_over/who": "Người kế nhiệm",
}
ADMISSION: Final = Choice("báo cáo kết nạp", "Báo cáo kết nạp")
REPORT_MORE: Final = Choice("báo cáo kết nạp", "Báo thêm kết nạp")
CANDIDATES: Final = Choice("quần chúng ưu tú", "Quần chúng ưu tú")
ADD_CANDIDATE: Final = Choice("thêm quần chúng ưu tú", "Thêm quần chúng ưu tú")
NIL: Final = Choice("không phát sinh", "Không phát sinh")
FILE: Final = Choice("chốt báo cáo quý", "Chốt báo cáo quý")
PROGRESS: Final = Choice("tiến độ đơn vị", "Tiến độ đơn vị")
HEADS: Final = Choice("trưởng thôn là đảng viên", "Trưởng thôn là đảng viên")
STRENGTH: Final = Choice("thông tin đơn vị", "Số đảng viên, lần kết nạp gần nhất")
MEMBERS: Final = "Số đảng viên"
LAST_ADMISSION: Final = "Lần kết nạp gần nhất"
BOTH: Final = "Cả hai"
ISSUE: Final = Choice("vướng mắc", "Vướng mắc")
CORRECT: Final = Choice("sửa báo cáo", "Sửa báo cáo")
UNDO: Final = Choice("hoàn tác", "Hoàn tác")
MORE: Final = Choice("việc khác", "Việc khác")
PROMISE: Final = Choice("hẹn ngày báo cáo", "Hẹn ngày báo cáo")
ANOTHER_DAY: Final = Choice("hẹn ngày báo cáo", "Hẹn ngày khác")
FACTS: Final = Choice("thêm thông tin", "Thêm thông tin người đã kết nạp")
ADD_CELL: Final = Choice("thêm chi bộ", "Thêm chi bộ")
ANOTHER_CELL: Final = Choice("thêm chi bộ", "Thêm chi bộ khác")
INVITE: Final = Choice("mời người dùng", "Mời người dùng")
INVITE_ANOTHER: Final = Choice("mời người dùng", "Mời người khác")
HAND_OVER: Final = Choice("bàn giao", "Bàn giao cho người kế nhiệm")
CALL_ME: Final = Choice("nhờ gọi lại", "Nhờ huyện gọi lại")
PHONE: Final = Choice("số điện thoại của tôi", "Số điện thoại của tôi")
CHANNELS: Final = Choice("kênh của tôi", "Kênh nhắn tin của tôi")
OPEN_CHANNEL: Final = Choice("nối thêm kênh", "Nối thêm kênh, máy khác")
SIGN_OUT: Final = Choice("đăng xuất", "Đăng xuất trang chat")
CALL_SHEET: Final = Choice("bảng gọi điện", "Bảng gọi điện")
FURTHER_CALLS: Final = Choice("bảng gọi điện tiếp", "Xem tiếp")
CALLED: Final = "ghi cuộc gọi"
RESULTS: Final[Mapping[CallResult, str]] = {
    CallResult.REACHED: "Đã gặp, sẽ báo",
    CallResult.PROMISED: "Hẹn ngày báo cáo",
    CallResult.NO_ANSWER: "Không nghe máy",
    CallResult.HINDERED: "Có lý do chưa báo được",
    CallResult.ISSUE: "Có vướng mắc cần huyện gỡ",
}
ROLLUP: Final = Choice("tình hình toàn huyện", "Tình hình toàn huyện")
CLUSTER: Final = Choice("tình hình cụm", "Tình hình cụm")
UNIT: Final = Choice("từng đơn vị", "Từng đơn vị")
EXPORT: Final = Choice("xuất biểu", "Xuất biểu")
NUMBER: Final = Choice("mở con số", "Mở con số")
RISKS: Final = Choice("nguy cơ không đạt", "Nguy cơ không đạt")
LESSON: Final = Choice("rút kinh nghiệm", "Rút kinh nghiệm")
LESSONS: Final = Choice("bài học kinh nghiệm", "Bài học kinh nghiệm")
LEARNT: Final = (
    "Hồ sơ chuẩn bị sớm, đúng quy trình",
    "Thẩm tra lý lịch còn chậm, cần làm sớm hơn",
    "Cần bồi dưỡng nguồn sớm hơn cho đợt sau",
)
"""What is learnt most often."""
RATING: Final = Choice("đánh giá, xếp loại", "Đánh giá, xếp loại")
FRAME: Final = Choice("khung nhiều năm", "Khung nhiều năm")
CLASS_LIST: Final = Choice("danh sách học lớp", "Danh sách học lớp")
SEE_UNIT: Final = "xem đơn vị"
SEE_REPORT: Final = "xem báo cáo đã ghi"
NEXT_PAGE: Final = "Xem tiếp"
WORKBOOK: Final = "Tệp Excel"
CHART: Final = "Biểu đồ"
ISSUES: Final = Choice("vướng mắc đang mở", "Vướng mắc đang mở")
CONSENT: Final = Choice("đề nghị bàn giao", "Đề nghị bàn giao")
END_APPOINTMENT: Final = Choice("kết thúc phân công", "Kết thúc phân công")
END_ANOTHER: Final = Choice("kết thúc phân công", "Kết thúc phân công khác")
CLOSINGS: Final = Choice("khóa sổ, mở lại quý", "Khóa sổ, mở lại quý")
AMEND_TARGET: Final = Choice("điều chỉnh chỉ tiêu", "Điều chỉnh chỉ tiêu")
AMEND_ANOTHER: Final = Choice("điều chỉnh chỉ tiêu", "Điều chỉnh đơn vị khác")
SEND_NOTICE: Final = Choice("gửi thông báo", "Gửi thông báo")
NOTICES: Final = Choice("thông báo đã gửi", "Thông báo đã gửi")
SEND_NOW: Final = "Gửi ngay"
REMIND: Final = Choice("nhắc ngay", "Nhắc ngay")
REMIND_TOO: Final = "Nhắc cả"
UNTIL_PROMISED: Final = "Không, để đến ngày hẹn"
NOT_AGAIN: Final = "Không nhắc lại"
_BLOCKS: Final[Mapping[int, str]] = {1: "Xã, thị trấn", 2: "Đơn vị trực thuộc"}
HELP: Final = Choice("trợ giúp", "Trợ giúp")
MENU: Final = Choice("menu", "Menu")
GO_ON: Final = Choice("tiếp tục", "Tiếp tục việc đang dở")
NOT_IN_LIST: Final = "Không phải, là người khác"
OURS: Final = "Vẫn là người của đơn vị tôi, ghi nhận"
TYPE_NAMES_AGAIN: Final = "Gõ lại tên"
TELL_OF_ANOTHER: Final = Choice(FACTS.value, "Thêm thông tin người khác")
YES: Final = "Có"
NO: Final = "Không"
SKIP: Final = "Bỏ qua"
DONE: Final = "Xong"
SCHOOLING: Final[Mapping[Schooling, str]] = {
    Schooling.PRIMARY: "Tiểu học",
    Schooling.LOWER_SECONDARY: "THCS",
    Schooling.UPPER_SECONDARY: "THPT",
    Schooling.VOCATIONAL: "Trung cấp",
    Schooling.COLLEGE: "Cao đẳng",
    Schooling.UNIVERSITY: "Đại học",
    Schooling.POSTGRADUATE: "Sau đại học",
}
OPENS: Final[Mapping[str, Intent]] = {
    ADMISSION.value: Intent.ADMISSION,
    CANDIDATES.value: Intent.CANDIDATE_LIST,
    ADD_CANDIDATE.value: Intent.CANDIDATE_ADD,
    ANOTHER_STEP: Intent.CANDIDATE_STEP,
    NEXT_STEP: Intent.CANDIDATE_STEP,
    NIL.value: Intent.NIL,
    FILE.value: Intent.FILE_QUARTER,
    PROGRESS.value: Intent.PROGRESS,
    HEADS.value: Intent.HEADS,
    STRENGTH.value: Intent.STRENGTH,
    ISSUE.value: Intent.ISSUE,
    CORRECT.value: Intent.CORRECT,
    UNDO.value: Intent.UNDO,
    MORE.value: Intent.MORE,
    PROMISE.value: Intent.PROMISE,
    FACTS.value: Intent.FACTS,
    ADD_CELL.value: Intent.ADD_CELL,
    INVITE.value: Intent.INVITE,
    HAND_OVER.value: Intent.HAND_OVER,
    CALL_ME.value: Intent.CALL_ME,
    PHONE.value: Intent.PHONE,
    CHANNELS.value: Intent.CHANNELS,
    OPEN_CHANNEL.value: Intent.OPEN_CHANNEL,
    SIGN_OUT.value: Intent.SIGN_OUT,
    CALL_SHEET.value: Intent.SILENT,
    FURTHER_CALLS.value: Intent.SILENT,
    CALLED: Intent.CALL_NOTE,
    ROLLUP.value: Intent.ROLLUP,
    EXPORT.value: Intent.EXPORT,
    CLUSTER.value: Intent.ROLLUP,
    UNIT.value: Intent.UNIT_LIST,
    SEE_UNIT: Intent.UNIT_STATUS,
    SEE_REPORT: Intent.TRAIL,
    NUMBER.value: Intent.FIGURE,
    RISKS.value: Intent.AT_RISK,
    ISSUES.value: Intent.ISSUES_LIST,
    CONSENT.value: Intent.CONSENT,
    END_APPOINTMENT.value: Intent.END_APPOINTMENT,
    AMEND_TARGET.value: Intent.AMEND_TARGET,
    REMIND.value: Intent.REMIND,
    CLOSINGS.value: Intent.CLOSE_QUARTER,
    CLASS_LIST.value: Intent.CLASS_LIST,
    LESSON.value: Intent.LESSON,
    LESSONS.value: Intent.LESSONS,
    RATING.value: Intent.RATING,
    FRAME.value: Intent.FRAME,
    SEND_NOTICE.value: Intent.SEND_NOTICE,
    NOTICES.value: Intent.NOTICES,
    HELP.value: Intent.HELP,
    MENU.value: Intent.MENU,
}
"""What a choice begins, by its value: the same for everybody, whatever the words would mean when typed."""


OUTPUTS: Final[Mapping[Output, str]] = {
    Output.XLSX: "Biểu tổng hợp (Excel)",
    Output.DOCX: "Báo cáo (Word)",
    Output.PNG: "Biểu đồ (hình)",
    Output.RATING: "Bảng xếp loại năm (Excel)",
}
"""The files to choose from."""
_ASKED_FOR: Final = {
    Output.XLSX: "xuất excel",
    Output.DOCX: "xuất word",
    Output.PNG: "xuất biểu đồ",
    Output.RATING: "xuất bảng xếp loại",
}


def export(output: Output, quarter: Quarter) -> Choice:
    """To get a file of a quarter."""
    return Choice(f"{_ASKED_FOR[output]} {quarter.full_name}", OUTPUTS[output])


def rating_file(year: int) -> Choice:
    """To get the table for the rating of a year's units."""
    return Choice(export(Output.RATING, Quarter(year, 4)).value, WORKBOOK)


def with_code(choice: str) -> tuple[str, str | None]:
    """The value of a choice, and the code in the books that it ends in: «hồ sơ QC-12»."""
    words, _, code = choice.rpartition(" ")
    return (words, code) if words and _CODE.fullmatch(code) else (choice, None)


def tell_more(code: str = "") -> Choice:
    """To tell more of an admission, by its receipt code, or of one to be chosen."""
    return Choice(f"{FACTS.value} {code}".strip(), "Thêm thông tin (dân tộc, đoàn viên…)")


def so_many(number: int) -> str:
    """That people are as many as were named, whatever was announced."""
    return f"Đúng là {number} người"


def quarter(which: Quarter, closes: date) -> str:
    """A quarter to choose, with the last day on which it takes reports."""
    return f"{which.full_name[:1].upper()}{which.full_name[1:]} (hạn {closes.day}/{closes.month})"


def correct(quarter: Quarter) -> Choice:
    """To correct what was reported for a quarter."""
    return Choice(f"{CORRECT.value} {quarter.full_name}", CHANGE)


def file(quarter: Quarter) -> Choice:
    """To file a quarter."""
    return Choice(f"chốt {quarter.full_name}", f"Chốt báo cáo {quarter.name}")


def file_at_once(shown: ReadBack, short: str = "") -> Choice:
    """To file a quarter that was just read back; the unit's short name is told where there are several."""
    what = short or f"chốt {shown.quarter.name}"
    words = f"Đúng, {what}: chốt với {shown.admitted}" if short else f"Đúng, {what} với {shown.admitted}"
    return Choice(f"{FILE.value} {shown.code}", words)


def nil_at_once(shown: ReadBack, short: str = "") -> Choice:
    """To say at once that there is nobody in a quarter of which nothing was reported."""
    return Choice(f"{NIL.value} {shown.code}", f"Đúng, {short + ': ' if short else ''}không phát sinh")


def another_day(of: ReadBack) -> Choice:
    """To name another day for the report of a unit's quarter."""
    return Choice(f"{ANOTHER_DAY.value} {of.code}", ANOTHER_DAY.label)


def called(intent: Intent) -> str:
    """The name of what an intent begins, as people know it from the menu; empty where no menu has it."""
    value = next((value for value, opens in OPENS.items() if opens is intent), "")
    return value[:1].upper() + value[1:]


def next_step(code: str) -> Choice:
    """To write down the next step of the candidate of this code."""
    return Choice(f"{NEXT_STEP} {code}", "Ghi bước tiếp theo")


def another_step(code: str) -> Choice:
    """To choose which step of the candidate of this code is written down."""
    return Choice(f"{ANOTHER_STEP} {code}", "Ghi bước khác")


def menu(person: Person) -> tuple[Choice, ...]:
    """What somebody can begin, in the order in which it is numbered."""
    files = may(person, Action.FILE)
    reports = may(person, Action.REPORT)
    return (
        *((ADMISSION, CANDIDATES) if reports else ()),
        *((NIL,) if files or any(unit.kind is UnitKind.CELL for unit in person.reports_for) else ()),
        *((FILE,) if files else ()),
        *((PROGRESS,) if reports else ()),
        *((HEADS,) if files else ()),
        *((ISSUE, CORRECT, UNDO) if reports else ()),
        *((ROLLUP, UNIT, ISSUES, CONSENT, INVITE, EXPORT) if may(person, Action.SEE_ALL) else ()),
        *(_of_cluster(person)),
        *((CALL_SHEET,) if may(person, Action.OVERSEE) else ()),
        *((MORE,) if reports or may(person, Action.AMEND_TARGET) else ()),
        HELP,
    )


def _of_cluster(person: Person) -> tuple[Choice, ...]:
    """What an overseer begins, who does not see all units anyway."""
    overseer = may(person, Action.OVERSEE) and not may(person, Action.SEE_ALL)
    return (CLUSTER, UNIT) if overseer else ()


def short_menu(person: Person) -> tuple[Choice, ...]:
    """What somebody begins most often, and the way to the rest: what a phone shows together with what is said."""
    return (
        *((ADMISSION, PROGRESS) if may(person, Action.REPORT) else ()),
        *((ROLLUP, UNIT) if may(person, Action.SEE_ALL) else ()),
        *(_of_cluster(person)),
        *((CALL_SHEET,) if may(person, Action.OVERSEE) and not may(person, Action.SEE_ALL) else ()),
        MENU,
        HELP,
    )


def more(person: Person, page: int = 1) -> tuple[Choice, ...]:
    """What somebody begins more seldom: the menu behind «Việc khác», on pages of nine choices where it is longer."""
    seldom = _seldom(person)
    if len(seldom) < MOST_ON_PAGE:
        return (*seldom, MENU)
    first, rest = seldom[: MOST_ON_PAGE - 2], seldom[MOST_ON_PAGE - 2 :]
    if page == 1:
        return (*first, Choice(f"{MORE.value} VK-2", NEXT_PAGE), MENU)
    return (*rest, MENU)


def _seldom(person: Person) -> tuple[Choice, ...]:
    return (
        *((PROMISE,) if may(person, Action.FILE) else ()),
        *((FACTS,) if may(person, Action.REPORT) else ()),
        *((ADD_CELL, INVITE) if may(person, Action.ADD_CELL) else ()),
        *((HAND_OVER,) if may(person, Action.HAND_OVER) else ()),
        *((SEND_NOTICE, NOTICES) if may(person, Action.SEND_NOTICE) else ()),
        *((AMEND_TARGET,) if may(person, Action.AMEND_TARGET) else ()),
        *((END_APPOINTMENT,) if may(person, Action.END_APPOINTMENT) else ()),
        *((REMIND,) if may(person, Action.REMIND) else ()),
        *((CALL_ME, PHONE) if may(person, Action.REPORT) else ()),
        *((CLOSINGS,) if may(person, Action.CLOSE_QUARTER) else ()),
        *((CLASS_LIST, RATING, FRAME) if may(person, Action.SEE_ALL) else ()),
        *((STRENGTH,) if may(person, Action.REPORT) else ()),
        CHANNELS,
    )


def lesson(batch: str, day: date) -> Choice:
    """To tell what was learnt from the batch of this code, decided on a day."""
    return Choice(f"{LESSON.value} {batch}", f"{LESSON.label} đợt {day.day}/{day.month}")


def class_page(page: int) -> Choice:
    """A further page of the list for the next class."""
    return Choice(f"{CLASS_LIST.value} HL-{page}", NEXT_PAGE)


def page_of(code: str | None) -> int:
    """The page of a list, or of a menu, that the value of «Xem tiếp» ends in; the first one without it."""
    _, _, page = (code or "").rpartition("-")
    return int(page) if page.isdecimal() else 1


def begins_something(words: str) -> bool:
    """Whether words are those of a choice that begins something, and so are no words of somebody's own."""
    return fold(words) in {fold(value) for value in OPENS}


def held(title: str, name: str) -> str:
    """An appointment to choose: the office, and the name as the channel may carry it."""
    return f"{title[:1].upper()}{title[1:]}: {name}"


def quarter_assigned(which: Quarter, figure: int) -> str:
    """A quarter to choose, with what is assigned in it."""
    return f"{which.full_name[:1].upper()}{which.full_name[1:]} (đang giao {figure})"


def keeps_year(change: TargetChange, year: int) -> str:
    """That the year stays what it is, for another quarter takes the difference."""
    return f"Giữ cả năm {year}, {change.quarter.name} {change.before} → {change.after}"


def block(number: int) -> str:
    """A block of the annex, by what stands in it."""
    return _BLOCKS.get(number, f"Biểu {number}")


def cluster(name: str, units: str) -> str:
    """An overseer's units to choose."""
    return f"{name}: {units}"


def at_hour(moment: datetime) -> str:
    """To send at an hour to come, given where the office is: «7:00 thứ Hai 28/3»."""
    return f"{moment.hour}:{moment.minute:02} {weekday(moment)} {moment.day}/{moment.month}"


def issue(one: Issue) -> str:
    """An issue to choose by whoever answers: its code and the unit."""
    return f"{one.code} {one.unit.short}"


def own_issue(one: Issue) -> str:
    """An issue to choose by the unit that raised it: its code, and whether it was answered."""
    return f"{one.code} ({'đã có trả lời' if one.answers else 'chờ trả lời'})"


def call(one: Call) -> str:
    """Somebody to be rung up, to choose when it is done; their title names them."""
    return f"Đã gọi {one.title}"


def to_call(unit: Unit) -> Choice:
    """A unit on the call sheet, to write down what came of the call."""
    return Choice(f"{CALLED} GOI-{unit.id}", unit.short)


def changeable(script: str, key: str) -> str | None:
    """The name of an answer that may be changed at the confirmation; None for one that may not."""
    return _CHANGEABLE.get(f"{script}/{key.partition('/')[0]}")


def yes(command: Command) -> str:  # noqa: C901, PLR0911, PLR0912  one case a command
    """The words of the confirming choice; they always begin with «Đúng»."""
    match command:
        case RecordAdmissions() | TellFacts():
            return "Đúng, ghi nhận"
        case RecordNil():
            return "Đúng, không phát sinh"
        case FileQuarter():
            return "Đúng, chốt"
        case RecordHeads() | RecordStrength():
            return "Đúng, ghi nhận"
        case RaiseIssue():
            return "Đúng, gửi huyện"
        case AnswerIssue():
            return "Đúng, gửi trả lời"
        case NoteCalls():
            return "Đúng, ghi nhận"
        case MakePromise() | AskForCall() | SettleCall() | TellPhone():
            return "Đúng"
        case CorrectAdmissions():
            return "Đúng, rút" if command.withdraws else "Đúng, sửa"
        case ListCandidates():
            return "Đúng, thêm vào danh sách"
        case TakeStep() | TellWork() | TellLesson():
            return "Đúng, ghi nhận"
        case TakeBackStep():
            return "Đúng, xóa bước này"
        case CloseCandidate():
            return "Đúng, đưa ra khỏi danh sách"
        case UndoLast():
            return "Đúng, hoàn tác"
        case AddCell():
            return "Đúng, thêm"
        case Invite():
            return "Đúng, mời"
        case ProposeHandOver():
            return "Đúng, gửi đề nghị"
        case DecideHandOver():
            return AGREE
        case EndAppointment():
            return "Đúng, kết thúc"
        case AmendTarget():
            return "Đúng, điều chỉnh"
        case RemindUnits():
            return "Đúng, nhắc"
        case SendNotice():
            return "Đúng, gửi"
        case CloseQuarter():
            return "Đúng, khóa sổ"
        case ReopenQuarter():
            return "Đúng, mở lại"
        case OpenChannel():
            return OPEN_CHANNEL.label
        case SignOut():
            return "Đúng, đăng xuất"


def office(role: Role) -> str:
    """An office to invite to."""
    return role.label[:1].upper() + role.label[1:]


def candidate(name: str, step: Step | None, on: date | None) -> str:
    """A candidate to choose: the name, and how far they have come."""
    if step is None:
        return name
    when = f" {on.day}/{on.month}" if on else ""
    return f"{name} ({step_done(step)}{when})"


def report(code: str, name: str, on: date) -> str:
    """A report to choose: its code, who was admitted, and when; where names are hidden, the code alone."""
    return " · ".join(dict.fromkeys((code, name, f"{on.day}/{on.month}")))


def all_of(number: int) -> str:
    """All reports of one message."""
    return f"Cả {number} đồng chí"
