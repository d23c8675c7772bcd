"""Heads, issues and promises where somebody has several units, or says less or more than was asked."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.tables import heads, issues, promises, units

AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")


@pytest.fixture
def both(stage):
    """A secretary of two units."""
    someone = stage.person("secretary", "Biên Sơn", "zalo")
    stage.appoint(someone, "deputy", "Trù Hựu")
    return someone


def units_of(stage, table):
    with stage.begin() as session:
        rows = session.execute(select(units.c.short, table).join(units, units.c.id == table.c.unit_id))
        return [row.short for row in rows if row.until_at is None]


def test_heads_are_asked_for_the_unit_first_where_there_are_several(stage, both):
    assert "cho đơn vị nào" in both.says("truong thon dv 9/10", AT)
    assert "Trù Hựu, trưởng thôn là đảng viên: 9/10 (90,0%)" in both.says("2", AT)
    both.says("1", AT)
    assert units_of(stage, heads) == ["Trù Hựu"]


def test_an_issue_that_names_another_unit_is_still_the_own_ones(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    answer = secretary.says("vướng mắc: hồ sơ của đồng chí Hoa ở xã Kim Sơn chưa được thẩm tra", AT)
    assert "Đơn vị: Biên Sơn" in answer
    secretary.says("1", AT)
    assert units_of(stage, issues) == ["Biên Sơn"]


def test_who_has_several_units_says_whose_issue_it_is(stage, both):
    assert "Vướng mắc của đơn vị nào?" in both.says("vướng mắc: lớp bồi dưỡng chưa mở", AT)
    assert "Đơn vị: Trù Hựu" in both.says("2", AT)


def test_words_typed_at_the_list_are_a_new_issue(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("vướng mắc: lớp bồi dưỡng chưa mở", AT)
    secretary.says("1", AT)
    secretary.says("vướng mắc", AT)
    assert "«Đảng viên giúp đỡ đi làm ăn xa»" in secretary.says("Đảng viên giúp đỡ đi làm ăn xa", AT)


def test_the_reports_of_a_cell_are_its_own(stage):
    cell = stage.cell("Thôn Hạ", "Biên Sơn")
    someone = stage.person("cell_secretary", cell, "zalo")
    assert "Đơn vị: Thôn Hạ" in someone.says("vướng mắc: chưa có nguồn phát triển", AT)


def test_who_may_not_file_promises_nothing(stage):
    cell = stage.cell("Thôn Hạ", "Biên Sơn")
    someone = stage.person("cell_secretary", cell, "zalo")
    assert "khi có kết quả đồng chí nhắn giúp" in someone.says("để mai", AT)
    assert units_of(stage, promises) == []


def test_a_promise_is_asked_only_for_units_that_have_not_filed(stage, both):
    assert "hẹn cho đơn vị nào" in both.says("để mai", AT)
    assert "25/3/2022 cho Biên Sơn" in both.says("1", AT)
    for said in ("Biên Sơn quý này không có ai", "1"):
        both.says(said, AT)
    assert "25/3/2022 cho Trù Hựu" in both.says("để mai", AT)


def test_another_units_report_is_not_promised(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    assert "không phụ trách Kim Sơn" in secretary.says("mai xã Kim Sơn báo cáo", AT)
    assert units_of(stage, promises) == []


def test_a_promise_in_the_middle_of_a_report_leaves_the_report_where_it_was(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("kn Nguyễn Thị Hoa", AT)
    answer = secretary.says("để mai", AT)
    assert "Đã ghi hẹn thứ Sáu 25/3/2022" in answer
    assert "Lễ kết nạp ngày nào?" in answer


def test_the_district_sees_the_issues_of_a_unit_that_it_names(stage):
    for unit in ("Biên Sơn", "Trù Hựu"):
        secretary = stage.person("secretary", unit, "zalo")
        secretary.says("vướng mắc: lớp bồi dưỡng chưa mở", AT)
        secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    answer = officer.says("vướng mắc Trù Hựu", AT)
    assert "VM-2 Trù Hựu" in answer
    assert "VM-1" not in answer


def test_an_answer_typed_with_its_code_once_more_is_kept_without_it(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("vướng mắc: lớp bồi dưỡng chưa mở", AT)
    secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    for said in ("vướng mắc", "1"):
        officer.says(said, AT)
    assert "«huyện mở lớp tháng 4»" in officer.says("VM-1: huyện mở lớp tháng 4", AT)


def test_an_answer_that_has_to_wait_leaves_the_issue_open(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("vướng mắc: lớp bồi dưỡng chưa mở", AT)
    secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    for said in ("VM-1", "1"):
        answer = officer.says(said, AT)
    assert "vẫn để mở" in answer
    assert "VM-1 Biên Sơn" in officer.says("1", AT)
