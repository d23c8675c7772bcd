"""The data that ships with the product: the plan of 2022, the district and its 55 units, the rules of reminding."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from domain.organisation import Unit, UnitId, UnitKind
from domain.plan import Plan

_HERE = Path(__file__).parent


def shipped_plan_path() -> Path:
    """The targets of plan 72-KH/HU of 2022 as a csv file, one row a unit."""
    return _HERE / "chi-tieu-2022.csv"


def shipped_reminders_path() -> Path:
    """The steps of the reminders, the hours and the limits, as a TOML file."""
    return _HERE / "reminders.toml"


def shipped_plan() -> Plan:
    """What the text of the plan of 2022 says as a whole; its targets are in `shipped_plan_path`."""
    return Plan(year=2022, number="72-KH/HU", signed_on=date(2022, 2, 11), pledged=200)


def shipped_district() -> Unit:
    """The root of the tree, as it is called in 2022; its id means nothing in a database."""
    return Unit(
        id=UnitId(0),
        kind=UnitKind.DISTRICT,
        name="Đảng bộ huyện Lục Ngạn",
        short="Lục Ngạn",
        code="HU",
        aliases=("huyện", "huyện Lục Ngạn", "Huyện ủy", "Huyện ủy Lục Ngạn", "toàn huyện"),
    )


def shipped_units() -> tuple[Unit, ...]:
    """The 55 units of the plan of 2022 in its order; their ids are 1 to 55 and mean nothing in a database."""
    with (_HERE / "units.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_unit(number, row) for number, row in enumerate(csv.DictReader(lines), start=1))


def _unit(number: int, row: dict[str, str]) -> Unit:
    return Unit(
        id=UnitId(number),
        kind=UnitKind.GRASSROOTS,
        name=row["don_vi"],
        short=row["ten_ngan"],
        code=row["ma"],
        aliases=tuple(alias for alias in row["ten_khac"].split("|") if alias),
        block=int(row["bieu"]),
        position=int(row["tt"]),
    )
