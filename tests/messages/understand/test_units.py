from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from messages.understand import UnitNames
from messages.understand.units import unit_key
from storage.data import shipped_units

UNITS = shipped_units()
NAMES = UnitNames(UNITS)


def found(text: str) -> str | None:
    unit = NAMES.find(text).unit
    return unit.name if unit else None


def offered(text: str) -> set[str]:
    return {unit.short for unit in NAMES.find(text).candidates}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_found_by_each_of_its_names(unit: object) -> None:
    for name in (unit.name, unit.short, unit.code, unit.name.upper(), unit_key(unit.name), unit.code.lower()):  # type: ignore[attr-defined]
        assert NAMES.find(name).unit == unit


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("chũ", "Chũ"),
        ("TT Chũ", "Chũ"),
        ("Xa Lý", "Sa Lý"),
        ("cấm sơn", "Cẩm Sơn"),
        ("quí sơn", "Quý Sơn"),
        ("phongvan", "Phong Vân"),
        ("rừng cẩm sơn", "Chi bộ BQL Rừng PH Cẩm Sơn"),
        ("thpt 5", "Chi bộ Trường THPT Lục Ngạn số 5"),
        ("số 5", "Chi bộ Trường THPT Lục Ngạn số 5"),
        ("hong giamg", "Hồng Giang"),
        ("thanh hai", "Thanh Hải"),
        ("tru huuj", "Trù Hựu"),
    ],
)
def test_a_unit_is_found_by_short_forms_and_one_slip(text: str, name: str) -> None:
    assert found(text) == name


@pytest.mark.parametrize(
    ("text", "shorts"),
    [
        ("phong", {"Phong Minh", "Phong Vân"}),
        ("kiên", {"Kiên Thành", "Kiên Lao"}),
        ("tân", {"Tân Hoa", "Tân Mộc", "Tân Lập", "Tân Quang", "Tân Sơn"}),
        ("thpt", {f"THPT số {n}" for n in range(1, 6)}),
        ("TH", {"Tân Hoa", "Thanh Hải", "Trù Hựu"}),
        ("tan soc", {"Tân Sơn", "Tân Mộc"}),
    ],
)
def test_between_several_units_it_never_chooses(text: str, shorts: set[str]) -> None:
    assert found(text) is None
    assert shorts <= offered(text)


@pytest.mark.parametrize(
    "text", ["", "😀", "Nguyễn Thị Hoa", "hôm nay đẹp trời", "a" * 10_000, "1", "3", "03"]
)
def test_what_is_no_unit_is_none(text: str) -> None:
    assert found(text) is None
    assert offered(text) == set()


@given(st.sampled_from(UNITS), st.data())
def test_a_slip_never_leads_to_a_unit_while_another_is_as_near(unit: object, data: st.DataObject) -> None:
    key = unit_key(unit.short)  # type: ignore[attr-defined]
    at = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("abcdeghiklmnopqrstuvx"))
    typed = key[:at] + letter + key[at + 1 :]
    chosen = NAMES.find(typed).unit
    exact = chosen and (unit_key(chosen.short), unit_key(chosen.code))
    if chosen is not None and typed not in unit_key(chosen.name) and typed not in exact:
        near = {u.short for u in UNITS if OSA.distance(typed, unit_key(u.short)) <= 2}
        assert near <= {chosen.short}


def test_words_from_here_and_there_in_a_name_do_not_outdo_a_name_with_one_slip() -> None:
    found = NAMES.find("cong nn")
    assert found.unit is None
    assert {"Công an", "Vật tư Kỹ thuật NN"} <= {unit.short for unit in found.candidates}
