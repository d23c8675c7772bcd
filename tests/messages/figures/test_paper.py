from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from domain.office import Office
from domain.progress import Breakdown
from messages.figures.paper import GROUPS, dated, letterhead
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
    assert {name for _, name in GROUPS} == {each.name for each in fields(Breakdown)}
