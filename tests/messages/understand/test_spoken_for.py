"""For which unit a secretary's line speaks: every unit, in every way of naming it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.organisation import Unit, UnitId, UnitKind
from messages.fold import fold
from messages.understand import Heard, UnitNames, understand
from storage.data import shipped_units

UNITS = shipped_units()
NAMES = UnitNames(UNITS)
LINES = (
    "{} kết nạp Vi Văn Toàn 10/3",
    "kn Vi Văn Toàn ngày 10/3 ở {}",
    "kn Vi Văn Toàn 10/3 tại {}",
    "kn Vi Văn Toàn 10/3 cho {}",
    "{} không phát sinh",
    "không phát sinh {}",
    "{} quý 1 không có ai",
    "chốt quý 1 {}",
    "chốt quý 1 cho {}",
    "{} chốt quý 1",
    "gửi báo cáo {} quý 1",
    "tiến độ {}",
    "{} được mấy rồi",
)


def heard(text: str) -> Heard:
    return understand(text, today=date(2022, 3, 20), units=NAMES, district=False)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_the_unit_that_reports_is_heard_and_is_nobody_s_name(unit: Unit) -> None:
    for line in LINES:
        text = line.format(unit.short)
        for written in (text, text.upper(), fold(text)):
            found = heard(written)
            assert (found.unit, found.unclear) == (unit.name, ()), written
            assert [fold(one.name) for one in found.people] == ["vi van toan"] * ("Toàn" in line), written


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_somebody_s_home_is_not_the_unit_that_reports(unit: Unit) -> None:
    for home in ("quê ở", "trú tại", "quê quán:", "hộ khẩu tại"):
        found = heard(f"kn Vi Văn Toàn {home} {unit.short} ngày 10/3")
        assert (found.unit, found.unclear, found.count) == (None, (), 1), home


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_a_place_right_after_a_person_may_be_either(unit: Unit) -> None:
    found = heard(f"kn Vi Văn Toàn ở {unit.short} ngày 10/3")
    assert (found.unit, found.unclear, found.text) == (None, ("unit",), unit.short)


def with_cells(*shorts: str) -> UnitNames:
    parent = next(unit for unit in UNITS if unit.short == "Biên Sơn")
    cells = [
        Unit(
            id=UnitId(9000 + at),
            kind=UnitKind.CELL,
            name=f"Chi bộ {short}",
            short=short,
            code=f"BSC{at}",
            parent=parent.id,
        )
        for at, short in enumerate(shorts)
    ]
    return UnitNames((*UNITS, *cells))


@pytest.mark.parametrize(
    ("line", "unit", "unclear"),
    [
        ("ket nap nguyen van hung o Ca Dinh ngay 10/3", None, ("unit",)),
        ("Cà Định kết nạp 1 đồng chí hôm qua", "Chi bộ thôn Cà Định", ()),
        ("thon Ca Dinh kn Hoa hom qua", "Chi bộ thôn Cà Định", ()),
        ("ca dinh khong co ai", "Chi bộ thôn Cà Định", ()),
        ("kn dc Tran Thi Hoa cua Ca Dinh ngay 10/3", "Chi bộ thôn Cà Định", ()),
        ("trai hai kn hoa hom qua", "Chi bộ thôn Trại Hai", ()),
        ("kn nguyen van hung o Cau ngay 10/3", None, ("unit",)),
        ("kn Cau hom qua", None, ()),
        ("kết nạp Lê Thị Hoa quê Cà Định", None, ()),
        ("thanh hải kết nạp 2 đồng chí hôm qua", "Thanh Hải", ()),
    ],
)
def test_a_cell_is_heard_without_its_village_word(
    line: str, unit: str | None, unclear: tuple[str, ...]
) -> None:
    names = with_cells("thôn Cà Định", "thôn Trại Hai", "thôn Cầu", "thôn Thanh Hải", "thôn 5")
    found = understand(line, today=date(2022, 3, 20), units=names, district=False)
    assert (found.unit, found.unclear) == (unit, unclear)
