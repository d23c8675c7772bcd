"""What is to be corrected: which report a line means, and what it says of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.tables import revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    secretary = stage.person("secretary", "Biên Sơn", "web")
    for line in ("kn Vi Văn Toàn 10/3", "1", "kn Nguyễn Thị Hoa 15/3", "1"):
        secretary.says(line, AT)
    return secretary


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("nhầm, ngày 16/3 mới đúng", ["BS-22-02", "Ngày: 15/3/2022 → 16/3/2022"]),
        ("sửa ngày bs-22-1 thành 16/3", ["BS-22-01", "Ngày: 10/3/2022 → 16/3/2022"]),
        ("sửa Toàn ngày 16/3", ["BS-22-01", "Ngày: 10/3/2022 → 16/3/2022"]),
        ("sửa toan ngay 16/3", ["BS-22-01", "Ngày: 10/3/2022 → 16/3/2022"]),
        ("sửa Nguyễn Thị Hòa", ["BS-22-02", "Họ tên: Nguyễn Thị Hoa → Nguyễn Thị Hòa"]),
        ("nhầm, tên đúng là Vi Văn Toản", ["BS-22-01", "Họ tên: Vi Văn Toàn → Vi Văn Toản"]),
        ("sửa tên thành Lý Thị Nga", ["BS-22-02", "Họ tên: Nguyễn Thị Hoa → Lý Thị Nga"]),
        ("nhầm, Hoa sinh năm 1998 chứ không phải 1999", ["BS-22-02", "Năm sinh: chưa có → 1998"]),
        ("sửa năm sinh BS-22-01 thành 1998", ["BS-22-01", "Năm sinh: chưa có → 1998"]),
        ("sửa BS-22-01, giới tính nam", ["BS-22-01", "Giới tính: chưa có → nam"]),
        ("nhầm, không phải kết nạp", ["Rút báo cáo BS-22-02"]),
        ("rút báo cáo BS-22-01", ["Rút báo cáo BS-22-01"]),
        ("nhầm rồi, chỉ 1 đồng chí thôi", ["Báo cáo nào không đúng, cần rút?"]),
        ("nhầm rồi, 3 mới đúng", ["đơn vị mới báo 2 đồng chí"]),
        ("sửa báo cáo", ["Đồng chí sửa báo cáo nào?"]),
        ("sửa lại báo cáo hôm qua", ["Đồng chí sửa báo cáo nào?"]),
        ("sửa Trần Thị Không", ["chưa có báo cáo nào mang tên Trần Thị Không", "sửa báo cáo nào?"]),
        ("sửa BS-22-77", ["không tìm thấy báo cáo này", "sửa báo cáo nào?"]),
        ("sửa ngày BS-22-02 thành 15/3", ["đã đúng như vậy"]),
        ("sửa ngày BS-22-02 thành 31/12", ["chưa đến", "Ngày đúng là ngày nào?"]),
    ],
)
def test_a_line_says_which_report_and_what_of_it(secretary, line, shown):
    answer = secretary.says(line, AT)
    for words in shown:
        assert words in answer


@pytest.mark.parametrize(
    ("what", "typed", "shown"),
    [
        ("tên", "nguyen thi hoan", "→ Nguyen Thi Hoan"),
        ("ngày", "hôm qua", "→ 27/3/2022"),
        ("16/3", None, "→ 16/3/2022"),
        ("giới tính", "nữ", "Giới tính: chưa có → nữ"),
        ("năm sinh", "98", "Năm sinh: chưa có → 1998"),
        ("4", "1898", "năm nào?"),
        ("quyết định", "15-QĐ/HU", "Số quyết định: chưa có → 15-QĐ/HU"),
        ("quyết định", "chưa rõ", "số quyết định đúng là gì?"),
        ("rút báo cáo", None, "Rút báo cáo BS-22-02"),
    ],
)
def test_what_is_to_be_changed_can_be_typed_too(secretary, what, typed, shown):
    secretary.says("sửa BS-22-02", AT)
    answer = secretary.says(what, AT)
    assert shown in (answer if typed is None else secretary.says(typed, AT))


def test_a_name_that_another_report_bears_is_asked_about(stage, secretary):
    secretary.says("sửa tên BS-22-01 thành Nguyễn Thị Hoa", AT)
    assert "Có phải cùng một người không?" in secretary.last.text
    assert "đã có trong sổ với mã BS-22-02" in secretary.says("1", AT)
    secretary.says("sửa tên BS-22-01 thành Nguyễn Thị Hoa", AT)
    secretary.says("2", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    with stage.begin() as session:
        names = session.scalars(select(revisions.c.name).where(revisions.c.until_at.is_(None))).all()
    assert names == ["Nguyễn Thị Hoa", "Nguyễn Thị Hoa"]


def test_names_are_shown_as_the_channel_may_carry_them(stage, secretary):
    other = stage.person("deputy", "Biên Sơn", "telegram")
    assert "[1. BS-22-02 · N.T.H. · 15/3]" in other.says("sửa báo cáo", AT)
    assert "N.T.H." in other.says("1", AT)
    assert "Nguyễn" not in other.says("2", AT)


def test_what_somebody_reported_days_ago_is_not_taken_for_the_last(secretary):
    later = datetime.fromisoformat("2022-03-30T08:00:00+07:00")
    assert "sửa báo cáo nào?" in secretary.says("nhầm, ngày 16/3 mới đúng", later)


@pytest.mark.parametrize(
    ("typed", "shown"), [("Đúng, sửa", "Đã ghi nhận"), ("đúng", "Đã ghi nhận"), ("sửa", "sửa mục nào?")]
)
def test_the_words_on_a_choice_mean_that_choice(secretary, typed, shown):
    secretary.says("sửa báo cáo", AT)
    secretary.says("1", AT)
    secretary.says("ngày", AT)
    secretary.says("16/3", AT)
    assert shown in secretary.says(typed, AT)


def test_at_the_confirmation_another_day_takes_the_place_of_the_first(secretary):
    secretary.says("nhầm, ngày 16/3 mới đúng", AT)
    assert "15/3/2022 → 17/3/2022" in secretary.says("sửa ngày 17/3", AT)
