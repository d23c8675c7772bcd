"""Adding a cell, and reporting for it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.tables import admissions, audit, units

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def cells(stage):
    with stage.begin() as session:
        return session.execute(select(units).where(units.c.kind == "cell").order_by(units.c.id)).all()


def test_a_cell_stands_on_the_books_from_the_day_on_with_a_code_of_its_own(stage, secretary):
    secretary.says("thêm chi bộ thôn Trại Một", AT)
    secretary.says("1", AT)
    (cell,) = cells(stage)
    assert (cell.name, cell.short, cell.code) == ("Chi bộ thôn Trại Một", "thôn Trại Một", "TTM")
    assert (cell.parent_id, cell.valid_from) == (stage.unit("Biên Sơn").id, AT.date())
    with stage.begin() as session:
        entry = session.execute(select(audit.c.act, audit.c.details).where(audit.c.act == "add cell")).one()
    assert entry.details == {"cell": cell.id}


def test_what_a_commune_reports_for_its_cell_counts_for_the_commune(stage, secretary):
    stage.cell("thôn Trại", "Biên Sơn")
    secretary.says("kn Nguyễn Văn An ở thôn Trại 15/3", AT)
    assert "mã BS-22-01" in secretary.says("1", AT)
    commune, cell = stage.unit("Biên Sơn").id, stage.unit("thôn Trại").id
    with stage.begin() as session:
        row = session.execute(select(admissions.c.unit_id, admissions.c.cell_id)).one()
    assert row == (commune, cell)


def test_a_deputy_reports_for_a_cell_as_well_and_a_cell_not_for_its_neighbour(stage):
    stage.cell("thôn Trại", "Biên Sơn")
    other = stage.cell("thôn Hạ", "Biên Sơn")
    line = "thôn Trại kết nạp Nguyễn Văn An 15/3"
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    deputy.says(line, AT)
    assert "mã BS-22-01" in deputy.says("1", AT)
    assert "không phụ trách" in stage.person("cell_secretary", other, "zalo").says(line, AT)


def test_two_who_add_the_same_cell_make_one(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    for one in (secretary, deputy):
        one.says("thêm chi bộ thôn Trại Một", AT)
    secretary.says("1", AT)
    assert "đã có Chi bộ thôn Trại Một" in deputy.says("1", AT)
    assert len(cells(stage)) == 1


def test_two_communes_may_each_have_a_cell_of_one_name(stage, secretary):
    other = stage.person("secretary", "Kim Sơn", "zalo")
    for one in (secretary, other):
        one.says("thêm chi bộ thôn Trại Một", AT)
        assert "Đã ghi nhận" in one.says("1", AT)
    assert len({cell.code for cell in cells(stage)}) == 2


def test_numbers_tell_cells_apart_and_a_slip_does_not(stage, secretary):
    stage.cell("thôn Trại Một", "Biên Sơn")
    assert "kiểm tra" in secretary.says("thêm chi bộ thôn Trại Hai", AT)
    secretary.says("hủy", AT)
    assert "có phải chi bộ này không" in secretary.says("thêm chi bộ Trại Một", AT)
    secretary.says("hủy", AT)
    assert "kiểm tra" in secretary.says("thêm chi bộ thôn Hạ", AT)


def test_a_unit_that_is_a_cell_itself_has_none_below(stage):
    school = stage.person("secretary", "THPT số 1", "zalo")
    assert "không có chi bộ trực thuộc" in school.says("thêm chi bộ thôn Trại", AT)


def test_a_secretary_of_two_communes_is_asked_below_which_one(stage, secretary):
    stage.appoint(secretary, "secretary", "Kim Sơn")
    assert "[1. Biên Sơn] [2. Kim Sơn]" in secretary.says("thêm chi bộ thôn Trại", AT)
    secretary.says("2", AT)
    secretary.says("1", AT)
    assert [cell.parent_id for cell in cells(stage)] == [stage.unit("Kim Sơn").id]


def test_a_cell_of_the_same_name_in_each_of_ones_two_communes_is_asked_for(stage, secretary):
    stage.appoint(secretary, "secretary", "Kim Sơn")
    stage.cell("thôn Trại", "Biên Sơn")
    stage.cell("thôn Trại", "Kim Sơn")
    answer = secretary.says("chi bộ thôn Trại kết nạp Nguyễn Văn An 15/3", AT)
    assert "[1. thôn Trại (Biên Sơn)] [2. thôn Trại (Kim Sơn)]" in answer
    assert "Đơn vị: thôn Trại" in secretary.says("2", AT)
    assert "mã KS-22-01" in secretary.says("1", AT)


def test_a_cell_is_taken_back_while_nothing_rests_on_it(stage, secretary):
    for line in ("thêm chi bộ thôn Trại Một", "1", "hoàn tác", "1"):
        answer = secretary.says(line, AT)
    assert "thêm Chi bộ thôn Trại Một" in answer
    (cell,) = cells(stage)
    assert cell.valid_to == cell.valid_from
    secretary.says("thêm chi bộ thôn Trại Một", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)


def test_a_cell_that_reported_stays(stage, secretary):
    for line in ("thêm chi bộ thôn Trại Một", "1"):
        secretary.says(line, AT)
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    for line in ("thôn Trại Một kết nạp Nguyễn Văn An 15/3", "1"):
        deputy.says(line, AT)
    secretary.says("hoàn tác", AT)
    assert "đã có số liệu" in secretary.says("1", AT)
    assert cells(stage)[0].valid_to is None
