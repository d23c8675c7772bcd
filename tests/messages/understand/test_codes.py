"""Codes of reports, matters, hand-overs and candidates, however they are typed."""

from __future__ import annotations

from datetime import date

import pytest

from messages.understand import Intent, UnitNames, understand
from messages.understand.heard import Heard
from storage.data import shipped_units

TODAY = date(2022, 3, 20)
UNITS = UnitNames(shipped_units())


def hear(text: str, *, district: bool = False) -> Heard:
    return understand(text, today=TODAY, units=UNITS, district=district)


@pytest.mark.parametrize(
    "typed",
    [
        "BS-22-01",
        "bs-22-01",
        "BS 22 01",
        "bs 22 01",
        "bs2201",
        "BS2201",
        "Bs.22.01",
        "BS_22_01",
        "bs 22-01",
        "bs-22-1",
        "BS - 22 - 01",
        "BS–22–01",
    ],
)
def test_the_code_of_a_report_is_written_as_the_books_write_it(typed: str) -> None:
    for text in (typed, f"sửa {typed}", f"{typed} ngày 16/3 mới đúng"):
        heard = hear(text)
        assert heard.code == "BS-22-01", text
        assert heard.date in (None, date(2022, 3, 16)), text
        assert (heard.people, heard.count, heard.unclear) == ((), None, ()), text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tpt3-22-01", "TPT3-22-01"),
        ("TPT32201", "TPT3-22-01"),
        ("BS-22-112", "BS-22-112"),
        ("DC-22-04", "DC-22-04"),
        ("dc-22-04", "DC-22-04"),
        ("XYZ-22-04", "XYZ-22-04"),
        ("VM-3", "VM-3"),
        ("vm-3", "VM-3"),
        ("VM 3", "VM-3"),
        ("vm3", "VM-3"),
        ("BG-2", "BG-2"),
        ("bg 2", "BG-2"),
        ("qc-12", "QC-12"),
    ],
)
def test_every_kind_of_code_is_known(typed: str, code: str) -> None:
    assert hear(typed).code == code


@pytest.mark.parametrize(
    "text",
    [
        "dc 22 01",
        "kn 22-01",
        "qc 12",
        "vm 3 hồ sơ chưa có trả lời",
        "22-01",
        "kn Hoa 22-01",
        "sn 2001",
        "q1 22",
        "hoa 2201",
        "xa-22-01",
    ],
)
def test_what_only_looks_like_a_code_is_none(text: str) -> None:
    assert hear(text).code is None


def test_two_codes_are_unclear() -> None:
    heard = hear("sửa BS-22-01 và BS-22-02")
    assert (heard.code, heard.unclear) == (None, ("code",))


def test_a_matter_is_answered_by_the_office_alone() -> None:
    heard = hear("VM-3 đã mở lớp tại cụm xã", district=True)
    assert (heard.intent, heard.code, heard.text) == (Intent.ISSUE_ANSWER, "VM-3", "đã mở lớp tại cụm xã")
    assert hear("VM-3 đã mở lớp").intent is Intent.ISSUES_LIST
    assert hear("VM-3", district=True).intent is Intent.ISSUES_LIST


def test_a_refusal_is_no_consent() -> None:
    assert hear("không đồng ý BG-2", district=True).intent is Intent.NO
    assert hear("đồng ý BG-2", district=True).intent is Intent.CONSENT
