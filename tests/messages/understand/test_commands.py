"""The commands and the words on the buttons, with marks and without."""

from __future__ import annotations

from datetime import date

import pytest

from messages.fold import fold
from messages.understand import HeadsSaid, Heard, Intent, UnitNames, understand
from storage.data import shipped_units

TODAY = date(2022, 3, 20)
UNITS = UnitNames(shipped_units())

OF_SECRETARIES = [
    ("/menu", "Menu", Intent.MENU),
    ("/ketnap", "Báo cáo kết nạp", Intent.ADMISSION),
    ("/quanchung", "Quần chúng ưu tú", Intent.CANDIDATE_LIST),
    ("/khong", "Không phát sinh", Intent.NIL),
    ("/chot", "Chốt báo cáo quý", Intent.FILE_QUARTER),
    ("/tiendo", "Tiến độ đơn vị", Intent.PROGRESS),
    ("/truongthon", "Trưởng thôn là đảng viên", Intent.HEADS),
    ("/vuongmac", "Vướng mắc", Intent.ISSUE),
    ("/sua", "Sửa báo cáo", Intent.CORRECT),
    ("/hoantac", "Hoàn tác", Intent.UNDO),
    ("/huy", "Hủy", Intent.CANCEL),
    ("/trogiup", "Trợ giúp", Intent.HELP),
]
OF_THE_DISTRICT = [
    ("/menu", "Menu", Intent.MENU),
    ("/tinhhinh", "Tình hình toàn huyện", Intent.ROLLUP),
    ("/chuabao", "Bảng gọi điện", Intent.SILENT),
    ("/vuongmac", "Vướng mắc", Intent.ISSUES_LIST),
    ("/nhac", "Nhắc ngay", Intent.REMIND),
    ("/xuatbieu", "Xuất biểu", Intent.EXPORT),
    ("/moi", "Mời người dùng", Intent.INVITE),
    ("/huy", "Hủy", Intent.CANCEL),
    ("/trogiup", "Trợ giúp", Intent.HELP),
]


def heard(text: str, *, district: bool = False) -> Heard:
    return understand(text, today=TODAY, units=UNITS, district=district)


@pytest.mark.parametrize(
    ("command", "button", "intent", "district"),
    [(*row, False) for row in OF_SECRETARIES] + [(*row, True) for row in OF_THE_DISTRICT],
)
def test_a_command_and_its_button_mean_the_same(
    command: str, button: str, intent: Intent, district: bool
) -> None:
    writings = (
        command,
        f"{command}@chibo_bot",
        command.upper(),
        button,
        button.upper(),
        fold(button),
        f"{button} ạ",
    )
    assert {text: heard(text, district=district).intent for text in writings} == dict.fromkeys(
        writings, intent
    )


def test_what_follows_a_command_fills_its_slots() -> None:
    report = heard("/ketnap Nguyễn Thị Hoa 1999 15/3")
    assert [(one.name, one.birth_year) for one in report.people] == [("Nguyễn Thị Hoa", 1999)]
    assert report.date == date(2022, 3, 15)
    assert heard("/truongthon 9/10").heads == HeadsSaid(members=9, total=10)
    assert heard("/vuongmac lớp học quá xa").text == "lớp học quá xa"
    assert heard("/nhac Chũ", district=True).unit == "Chũ"


@pytest.mark.parametrize("text", ["1", "12", "０", "/batky", "//", "@", "..."])
def test_digits_and_unknown_commands_mean_nothing_by_themselves(text: str) -> None:
    assert heard(text).intent is Intent.UNKNOWN


def test_a_bare_number_is_kept_as_a_count() -> None:
    assert heard("3").count == 3


def test_a_long_matter_is_kept_whole() -> None:
    matter = "đường đến lớp quá xa, " * 120
    assert heard(f"Vướng mắc: {matter}").text == matter.strip(" ,")


def test_the_json_has_every_field_that_programs_rely_on() -> None:
    assert heard("kn dc Hoa nu sn 1999 15/3").as_json() == {
        "intent": "admission",
        "people": [{"name": "Hoa", "gender": "nữ", "birth_year": 1999, "birth_date": None}],
        "count": 1,
        "date": "2022-03-15",
        "quarter": "2022-Q1",
        "unit": None,
        "step": None,
        "reason": None,
        "decision": None,
        "heads": None,
        "members": None,
        "code": None,
        "responsible": None,
        "call": None,
        "facts": {},
        "text": None,
        "unclear": [],
    }
