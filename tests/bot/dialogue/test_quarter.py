"""Filing a quarter, a cell's «nothing», and the progress of a unit with its cells."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from messages.say import LONGEST
from storage.tables import filings

AT = datetime.fromisoformat("2022-03-29T08:00:00+07:00")
IN_GRACE = datetime.fromisoformat("2022-04-02T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Trù Hựu", "zalo")


def in_force(stage):
    with stage.begin() as session:
        rows = session.execute(
            select(filings.c.unit_id, filings.c.kind)
            .where(filings.c.until_at.is_(None))
            .order_by(filings.c.id)
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("said", ["không phát sinh", "chốt báo cáo quý"])
@pytest.mark.parametrize(
    ("answer", "quarter"), [("1", "uý I/2022"), ("2", "uý II/2022"), ("quý 2", "uý II/2022")]
)
def test_where_two_quarters_wait_it_is_asked_which(secretary, said, answer, quarter):
    assert "[1. Quý I/2022 (hạn 5/4)] [2. Quý II/2022 (hạn 5/7)]" in secretary.says(said, IN_GRACE)
    assert quarter in secretary.says(answer, IN_GRACE)


def test_no_quarter_is_asked_for_that_was_filed(secretary):
    secretary.says("quý I không phát sinh", IN_GRACE)
    secretary.says("1", IN_GRACE)
    assert "không phát sinh kết nạp trong quý II/2022" in secretary.says("không phát sinh", IN_GRACE)


def test_the_draft_leads_to_correcting_and_to_reporting_more(stage, secretary):
    stage.prepare("admitted", "Vi Văn Toàn 10/3/2022", secretary, AT)
    assert "[1. Đúng, chốt] [2. Sửa] [3. Báo thêm kết nạp] [4. Bỏ]" in secretary.says("chốt quý I", AT)
    assert "THU-22-01" in secretary.says("2", AT)
    secretary.says("hủy", AT)
    secretary.says("chốt quý I", AT)
    assert "kết nạp đồng chí nào?" in secretary.says("3", AT)


def test_a_cells_nothing_leaves_its_communes_quarter_as_it_is(stage, secretary):
    cell = stage.person("cell_secretary", stage.cell("Thôn Hạ", "Trù Hựu"), "zalo")
    cell.says("không phát sinh", AT)
    assert "Thôn Hạ không phát sinh trong quý I/2022" in cell.says("1", AT)
    assert in_force(stage) == [(cell.unit.id, "nil")]
    assert "chưa báo" in secretary.says("tiến độ", AT).splitlines()[0]
    secretary.says("không phát sinh", AT)
    secretary.says("1", AT)
    assert in_force(stage) == [(cell.unit.id, "nil"), (secretary.unit.id, "nil")]


@pytest.mark.parametrize("by", ["the cell", "the commune"])
def test_a_cells_nothing_ends_with_an_admission_of_the_cell(stage, secretary, by):
    cell = stage.person("cell_secretary", stage.cell("Thôn Hạ", "Trù Hựu"), "zalo")
    stage.prepare("candidate", "Vi Văn Toàn decided 1/3/2022", cell, AT)
    cell.says("không phát sinh", AT)
    cell.says("1", AT)
    reports = cell if by == "the cell" else secretary
    reports.says("kn Vi Văn Toàn 10/3", AT)
    assert "Đã ghi nhận" in reports.says("1", AT)
    assert in_force(stage) == []
    assert "chi bộ đã báo 1 đồng chí" in cell.says("không phát sinh", AT)


def test_a_cells_nothing_is_undone_by_its_secretary(stage):
    cell = stage.person("cell_secretary", stage.cell("Thôn Hạ", "Trù Hựu"), "zalo")
    cell.says("không phát sinh", AT)
    cell.says("1", AT)
    cell.says("hoàn tác", AT)
    assert "Đã hoàn tác" in cell.says("1", AT)
    assert in_force(stage) == []


def test_a_commune_sees_its_cells_and_a_cell_itself_alone(stage, secretary):
    cells = [
        stage.person("cell_secretary", stage.cell(f"Thôn {n}", "Trù Hựu"), "zalo") for n in ("Hạ", "Trung")
    ]
    stage.cell("Thôn Thượng", "Trù Hựu")
    stage.prepare("admitted", "Lý Thị Nga 12/3/2022", secretary, AT)
    cells[0].says("kn Vi Văn Toàn 10/3", AT)
    cells[0].says("1", AT)
    cells[1].says("không phát sinh", AT)
    cells[1].says("1", AT)
    of_commune, of_cell = secretary.says("tiến độ", AT), cells[0].says("tiến độ", AT)
    assert (
        "• Thôn Hạ: 1 · năm 1\n• Thôn Trung: không phát sinh · năm 0\n• Thôn Thượng: chưa báo · năm 0"
        in of_commune
    )
    assert "Chưa ghi rõ chi bộ: năm 1" in of_commune
    assert "• Thôn Hạ: 1 · năm 1" in of_cell
    assert "Thôn Trung" not in of_cell


def test_of_many_cells_those_that_were_heard_of_come_first_and_the_rest_is_counted(stage, secretary):
    for number in range(40):
        stage.cell(f"thôn số {number} có tên rất dài ở cuối xã", "Trù Hựu")
    last = stage.person("cell_secretary", stage.cell("Thôn Cuối", "Trù Hựu"), "zalo")
    last.says("không phát sinh", AT)
    last.says("1", AT)
    answer = secretary.says("tiến độ", AT)
    assert "Chi bộ (41), quý I và cả năm:\n• Thôn Cuối: không phát sinh" in answer
    assert "…và 26 chi bộ khác" in answer
    assert len(answer) <= LONGEST
