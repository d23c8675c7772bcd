"""Whom another cell has reported is told to no cell by name: only that there is somebody of the name."""

from __future__ import annotations

from datetime import datetime

import pytest

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
ASKED = "Biên Sơn đã báo một người cùng tên (mã BS-22-01). Có phải cùng một người không?"


@pytest.fixture
def cells(stage):
    """The secretaries of two cells of one commune; the second has reported somebody."""
    for name in ("Thôn Hạ", "Thôn Thượng"):
        stage.cell(name, "Biên Sơn")
    one, other = (stage.person("cell_secretary", name, "web") for name in ("Thôn Hạ", "Thôn Thượng"))
    other.says("kn Nguyễn Thị Hoa 15/3", AT)
    assert "BS-22-01" in other.says("1", AT)
    return one, other


@pytest.mark.parametrize("line", ["kn Hoa ngày 20/3", "thêm quần chúng Hoa"])
def test_a_cell_is_asked_of_another_cells_people_without_name_and_day(cells, line):
    asked = cells[0].says(line, AT)
    assert ASKED in asked
    assert "Nguyễn" not in asked
    assert "15/3" not in asked
    refused = cells[0].says("1", AT)
    assert "Hoa" in refused
    assert "BS-22-01" in refused
    assert "Nguyễn" not in refused


def test_a_cell_that_corrects_a_name_is_asked_in_the_same_way(cells):
    one = cells[0]
    one.says("kn Vi Thị Hạ 20/3", AT)
    one.says("1", AT)
    asked = one.says("sửa Hạ thành Nguyễn Thị Hoa", AT)
    assert ASKED in asked
    assert "15/3" not in asked


def test_the_cell_itself_and_the_commune_are_asked_by_name(stage, cells):
    commune = stage.person("secretary", "Biên Sơn", "web")
    for someone in (cells[1], commune):
        assert "Đơn vị đã báo Nguyễn Thị Hoa (kết nạp 15/3/2022, mã BS-22-01)" in someone.says(
            "kn Hoa ngày 20/3", AT
        )
