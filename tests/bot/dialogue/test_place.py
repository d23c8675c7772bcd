"""For which unit somebody speaks who holds several appointments."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.tables import admissions, filings, units

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
LINE = "kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3"


@pytest.fixture
def of_two(stage):
    """The secretary of two grassroots organisations."""
    someone = stage.person("secretary", "Sa Lý", "zalo")
    stage.appoint(someone, "secretary", "Kim Sơn")
    return someone


@pytest.fixture
def of_commune_and_cell(stage):
    """The secretary of a commune who leads one of its cells as well, and one of another commune's."""
    someone = stage.person("cell_secretary", stage.cell("thôn Nóng", "Sa Lý"), "zalo")
    stage.appoint(someone, "secretary", "Sa Lý")
    stage.appoint(someone, "cell_secretary", stage.cell("thôn Rãng", "Kim Sơn"))
    return someone


def where(stage, table, column):
    with stage.begin() as session:
        return (
            session.execute(select(units.c.short).join(table, table.c[column] == units.c.id)).scalars().all()
        )


def test_an_answer_that_names_none_of_the_units_shown_is_asked_again(of_two):
    of_two.says(LINE, AT)
    answer = of_two.says("cái ở trên ấy", AT)
    assert answer.startswith("Tôi chưa hiểu ý đồng chí. Đồng chí gõ số")
    assert "[1. Sa Lý] [2. Kim Sơn]" in answer
    assert "Đơn vị: Kim Sơn" in of_two.says("kim son", AT)


def test_a_place_that_may_be_a_home_does_not_settle_the_unit(of_two):
    answer = of_two.says("kn Nguyễn Thị Hoa ở Kim Sơn ngày 15/3", AT)
    assert "[1. Sa Lý] [2. Kim Sơn]" in answer


def test_the_unit_named_in_the_line_is_the_unit_of_the_report(stage, of_two):
    assert "Đơn vị: Kim Sơn" in of_two.says("Kim Sơn kết nạp Nguyễn Thị Hoa ngày 15/3", AT)
    of_two.says("1", AT)
    assert where(stage, admissions, "unit_id") == ["Kim Sơn"]


def test_the_unit_of_a_report_can_be_changed_before_it_is_confirmed(stage, of_two):
    of_two.says(LINE, AT)
    of_two.says("1", AT)
    assert of_two.says("sửa", AT).endswith("[1. Đơn vị] [2. Người] [3. Ngày]")
    of_two.says("1", AT)
    assert "Đơn vị: Kim Sơn" in of_two.says("2", AT)
    of_two.says("1", AT)
    assert where(stage, admissions, "unit_id") == ["Kim Sơn"]


def test_the_unit_of_a_nil_can_be_changed_before_it_is_confirmed(stage, of_two):
    of_two.says("quý này không có ai", AT)
    assert "[2. Sửa]" in of_two.says("1", AT)
    of_two.says("2", AT)
    of_two.says("2", AT)
    of_two.says("1", AT)
    assert where(stage, filings, "unit_id") == ["Kim Sơn"]


def test_the_commune_named_is_the_commune_and_not_its_cell(stage, of_commune_and_cell):
    of_commune_and_cell.says(f"{LINE} đơn vị Sa Lý", AT)
    of_commune_and_cell.says("1", AT)
    assert where(stage, admissions, "unit_id") == ["Sa Lý"]
    assert where(stage, admissions, "cell_id") == []


def test_a_commune_named_by_one_who_leads_two_of_its_cells_leaves_the_cell_to_be_asked(stage):
    someone = stage.person("cell_secretary", stage.cell("thôn Một", "Sa Lý"), "zalo")
    stage.appoint(someone, "cell_secretary", stage.cell("thôn Hai", "Sa Lý"))
    assert "[1. thôn Một] [2. thôn Hai]" in someone.says(f"{LINE} đơn vị Sa Lý", AT)


def test_only_quarters_that_one_may_file_are_offered_for_it(stage, of_commune_and_cell):
    assert "Sa Lý không phát sinh" in of_commune_and_cell.says("quý này không có ai", AT)
    assert "không phát sinh trong quý I" in of_commune_and_cell.says("1", AT)
    assert where(stage, filings, "unit_id") == ["Sa Lý"]


def test_the_progress_of_a_commune_is_offered_once_though_one_leads_a_cell_of_it_too(of_commune_and_cell):
    assert "[1. Sa Lý] [2. Kim Sơn]" in of_commune_and_cell.says("còn thiếu mấy", AT)
    assert "Chốt báo cáo quý" not in of_commune_and_cell.says("2", AT)


def test_somebody_who_holds_several_appointments_is_asked_by_the_names_of_the_places(
    stage, of_commune_and_cell
):
    assert "[1. thôn Nóng] [2. Sa Lý] [3. thôn Rãng]" in of_commune_and_cell.says(LINE, AT)
    assert "Đơn vị: thôn Rãng" in of_commune_and_cell.says("3", AT)
    of_commune_and_cell.says("1", AT)
    assert where(stage, admissions, "unit_id") == ["Kim Sơn"]
    assert where(stage, admissions, "cell_id") == ["thôn Rãng"]


def test_a_cell_below_ones_commune_is_meant_only_where_it_is_named(stage, of_commune_and_cell):
    stage.cell("thôn Mòng", "Sa Lý")
    assert "thôn Mòng" not in of_commune_and_cell.says(LINE, AT)
    of_commune_and_cell.says("hủy", AT)
    assert "Đơn vị: thôn Mòng" in of_commune_and_cell.says(f"{LINE} ở thôn Mòng", AT)
