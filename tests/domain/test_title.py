from __future__ import annotations

import pytest

from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Role
from domain.title import title_of
from storage.data import shipped_units

UNITS = {unit.short: unit for unit in shipped_units()}


@pytest.mark.parametrize(
    ("role", "unit", "title"),
    [
        (Role.SECRETARY, "Biên Sơn", "bí thư đảng ủy xã Biên Sơn"),
        (Role.DEPUTY, "Chũ", "phó bí thư đảng ủy thị trấn Chũ"),
        (Role.SECRETARY, "Công an", "bí thư đảng ủy Công an"),
        (Role.SECRETARY, "THPT số 3", "bí thư chi bộ Trường THPT Lục Ngạn số 3"),
        (Role.CELL_SECRETARY, "THPT số 3", "bí thư chi bộ Trường THPT Lục Ngạn số 3"),
        (Role.OVERSEER, "Biên Sơn", "ủy viên phụ trách Biên Sơn"),
    ],
)
def test_a_title_is_written_as_on_paper(role, unit, title):
    assert title_of(role, UNITS[unit]) == title


def test_the_district_s_officers_need_no_place():
    district = Unit(id=UnitId(99), kind=UnitKind.DISTRICT, name="Huyện ủy", short="huyện", code="HU")
    assert title_of(Role.DISTRICT, district) == "cán bộ Ban Tổ chức"


@pytest.mark.parametrize("unit", UNITS.values(), ids=lambda unit: unit.code)
def test_every_unit_has_a_secretary_with_a_title_in_small_letters(unit):
    assert title_of(Role.SECRETARY, unit).startswith(("bí thư đảng ủy ", "bí thư chi bộ "))
