"""The words on choices, and the names of the things that «Sửa» can change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from domain.candidate import Step
from domain.commands import Command, FileQuarter, RecordAdmissions, RecordNil
from domain.people import Person
from domain.policy import Action, may
from messages.channel import Choice
from messages.understand.heard import Intent

CHANGE: Final = "Sửa"
DROP: Final = "Bỏ"
SOMEBODY_ELSE: Final = "Người khác"
SAME: Final = "Cùng một người"
ANOTHER: Final = "Người khác, trùng tên"
_CHANGEABLE: Final = {
    "report_admission/unit": "Đơn vị",
    "report_admission/who": "Người",
    "report_admission/name": "Người",
    "report_admission/same": "Người",
    "report_admission/when": "Ngày",
    "report_nil/unit": "Đơn vị",
}
_STEPS: Final = {
    Step.LISTED: "quần chúng ưu tú",
    Step.MENTORED: "đã phân công đảng viên giúp đỡ",
    Step.TRAINED: "đã học lớp bồi dưỡng nhận thức về Đảng",
    Step.APPLIED: "đã nộp đơn",
    Step.VETTED: "đã thẩm tra lý lịch",
    Step.RECOMMENDED: "đã được giới thiệu",
    Step.CELL_RESOLVED: "chi bộ đã có nghị quyết",
    Step.COMMITTEE_RESOLVED: "đảng ủy đã có nghị quyết",
    Step.DECIDED: "đã có quyết định",
    Step.ADMITTED: "đã kết nạp",
    Step.CONFIRMED: "đã công nhận chính thức",
}
ADMISSION: Final = Choice("báo cáo kết nạp", "Báo cáo kết nạp")
NIL: Final = Choice("không phát sinh", "Không phát sinh")
FILE: Final = Choice("chốt báo cáo quý", "Chốt báo cáo quý")
PROGRESS: Final = Choice("tiến độ đơn vị", "Tiến độ đơn vị")
ROLLUP: Final = Choice("tình hình toàn huyện", "Tình hình toàn huyện")
UNIT: Final = Choice("từng đơn vị", "Từng đơn vị")
HELP: Final = Choice("trợ giúp", "Trợ giúp")
MENU: Final = Choice("menu", "Menu")
REPORT_MORE: Final = Choice("báo cáo kết nạp", "Báo thêm kết nạp")
OPENS: Final[Mapping[str, Intent]] = {
    ADMISSION.value: Intent.ADMISSION,
    NIL.value: Intent.NIL,
    FILE.value: Intent.FILE_QUARTER,
    PROGRESS.value: Intent.PROGRESS,
    ROLLUP.value: Intent.ROLLUP,
    UNIT.value: Intent.UNIT_STATUS,
    HELP.value: Intent.HELP,
    MENU.value: Intent.MENU,
}
"""What a choice begins, by its value: the same for everybody, whatever the words would mean when typed."""


def menu(person: Person) -> tuple[Choice, ...]:
    """What somebody can begin, in the order in which it is numbered."""
    reporting = (ADMISSION, NIL, FILE, PROGRESS) if may(person, Action.FILE) else (ADMISSION, PROGRESS)
    return (
        *(reporting if may(person, Action.REPORT) else ()),
        *((ROLLUP, UNIT) if may(person, Action.SEE_ALL) else ()),
        HELP,
    )


def changeable(script: str, key: str) -> str | None:
    """The name of an answer that may be changed at the confirmation; None for one that may not."""
    return _CHANGEABLE.get(f"{script}/{key.partition('/')[0]}")


def yes(command: Command) -> str:
    """The words of the confirming choice; they always begin with «Đúng»."""
    match command:
        case RecordAdmissions():
            return "Đúng, ghi nhận"
        case RecordNil():
            return "Đúng, không phát sinh"
        case FileQuarter():
            return "Đúng, chốt"


def candidate(name: str, step: Step | None, on: date | None) -> str:
    """A candidate to choose: the name, and how far they have come."""
    if step is None:
        return name
    when = f" {on.day}/{on.month}" if on else ""
    return f"{name} ({_STEPS[step]}{when})"
