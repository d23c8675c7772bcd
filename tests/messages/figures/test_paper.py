from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from domain.facts import Schooling
from domain.office import Office
from domain.progress import Breakdown
from messages.figures.paper import GROUPS, counted_schooling, dated, letterhead
from tests.harness.figures import figures


@pytest.mark.parametrize(
    ("office", "above", "board", "sign"),
    [
        ("Ban Tổ chức Huyện ủy Lục Ngạn", "Huyện ủy Lục Ngạn", "Ban Tổ chức", "BC/BTCHU"),
        ("Ban Tổ chức Huyện uỷ Lục Ngạn", "Huyện uỷ Lục Ngạn", "Ban Tổ chức", "BC/BTCHU"),
        ("Ban Tổ chức Tỉnh ủy Bắc Giang", "Tỉnh ủy Bắc Giang", "Ban Tổ chức", "BC/BTCTU"),
        ("Ban Xây dựng Đảng Đảng ủy xã Biên Sơn", "Đảng ủy xã Biên Sơn", "Ban Xây dựng Đảng", "BC/BXDĐĐU"),
        ("Văn phòng", "", "Văn phòng", "BC/VP"),
    ],
)
def test_the_head_of_the_papers_is_read_from_the_name_of_the_office(office, above, board, sign):
    head = letterhead(figures(), Office(name=office))
    assert (head.above, head.board, head.sign, head.place) == (above, board, sign, "Lục Ngạn")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 2, 5), "Lục Ngạn, ngày 05 tháng 02 năm 2022"),
        (date(2022, 3, 31), "Lục Ngạn, ngày 31 tháng 3 năm 2022"),
        (date(2022, 11, 1), "Lục Ngạn, ngày 01 tháng 11 năm 2022"),
    ],
)
def test_dates_are_written_so_that_nothing_can_be_put_before_a_digit(day, words):
    assert dated("Lục Ngạn", day) == words


def test_a_date_without_a_place_begins_with_a_capital():
    assert dated("", date(2022, 3, 31)) == "Ngày 31 tháng 3 năm 2022"


def test_every_group_of_the_breakdown_has_words():
    assert {name for _, name in GROUPS} | {"schooling"} == {each.name for each in fields(Breakdown)}
    assert all(each.words for each in Schooling)


@pytest.mark.parametrize(
    ("office", "signs"),
    [
        ("Ban Tổ chức Huyện ủy Lục Ngạn", ("TRƯỞNG BAN",)),
        ("Ban Xây dựng Đảng Đảng ủy xã Biên Sơn", ("TRƯỞNG BAN",)),
        ("Văn phòng Huyện ủy Lục Ngạn", ("CHÁNH VĂN PHÒNG",)),
        ("Huyện ủy Lục Ngạn", ("T/M BAN THƯỜNG VỤ", "BÍ THƯ")),
        ("Đảng uỷ xã Biên Sơn", ("T/M BAN THƯỜNG VỤ", "BÍ THƯ")),
        ("Trung tâm Chính trị huyện", ("THỦ TRƯỞNG CƠ QUAN",)),
    ],
)
def test_a_board_is_signed_for_by_its_head_and_a_committee_on_its_behalf(office, signs):
    assert letterhead(figures(), Office(name=office)).signs == signs


def test_schooling_is_counted_where_it_was_told():
    told = {**dict.fromkeys(Schooling, 0), Schooling.UNIVERSITY: 2, Schooling.UPPER_SECONDARY: 1}
    admitted = {"Biên Sơn": (4, 0, 0, 0)}
    whole = figures(admitted, breakdown=Breakdown(schooling=told)).roll_up
    assert counted_schooling(whole) == [("THPT", 1), ("đại học", 2), ("chưa rõ", 1)]
    assert counted_schooling(figures(admitted).roll_up) == []
