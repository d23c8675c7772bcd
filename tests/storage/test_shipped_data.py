from __future__ import annotations

import csv
import re

from domain.organisation import Unit
from domain.spelling import bare
from storage.data import shipped_plan_path, shipped_units


def _named(short: str) -> Unit:
    return next(unit for unit in shipped_units() if unit.short == short)


def test_the_units_are_those_of_the_plan_in_its_order() -> None:
    with shipped_plan_path().open(encoding="utf-8", newline="") as lines:
        rows = [(int(row["bieu"]), int(row["tt"]), row["don_vi"]) for row in csv.DictReader(lines)]
    assert [(unit.block, unit.position, unit.name) for unit in shipped_units()] == rows
    assert len(rows) == 55


def test_every_code_is_short_and_its_own() -> None:
    codes = [unit.code for unit in shipped_units()]
    assert len(set(codes)) == 55
    assert all(re.fullmatch(r"[A-Z]{2,4}|[A-Z]{3}[1-5]", code) for code in codes)
    assert _named("Biên Sơn").code == "BS"


def test_no_name_means_two_units() -> None:
    owner: dict[str, str] = {}
    for unit in shipped_units():
        for name in (unit.name, unit.short, *unit.aliases):
            assert owner.setdefault(bare(name), unit.short) == unit.short


def test_no_alias_is_written_twice() -> None:
    for unit in shipped_units():
        names = [unit.short, *unit.aliases]
        assert len({name.casefold() for name in names}) == len(names)


def test_the_names_people_use_are_known() -> None:
    spoken = {
        "thị trấn Chũ": "Chũ",
        "Cấm Sơn": "Cẩm Sơn",
        "Xa Lý": "Sa Lý",
        "cấp 3 số 1": "THPT số 1",
        "trường số 5": "THPT số 5",
        "viện kiểm sát": "Viện Kiểm sát",
        "bảo hiểm": "Bảo hiểm xã hội",
        "agribank": "Ngân hàng NN&PTNT",
        "ngân hàng chính sách": "Ngân hàng CSXH",
        "Đảng bộ xã Tân Mộc": "Tân Mộc",
    }
    for name, short in spoken.items():
        unit = _named(short)
        assert bare(name) in {bare(known) for known in (unit.name, unit.short, *unit.aliases)}
