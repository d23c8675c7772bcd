"""The people of the demo: made up, the same at every start, at least a secretary for each of the units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.organisation import Unit
from domain.people import Role
from domain.spelling import bare

_FAMILIES: Final = (
    *("Nguyễn", "Vi", "Hoàng", "Trần", "Lý", "Nông", "Giáp", "Lê", "Lục", "Phạm", "Chu"),
    *("Leo", "Vũ", "Đàm", "Bế", "Lâm", "Dương", "Ngô", "Trương"),
)
_MEN: Final = (
    *("Văn Thắng", "Văn Hùng", "Đức Long", "Văn Quyết", "Minh Tuấn", "Văn Sơn", "Xuân Trường", "Văn Đông"),
    *(
        "Quang Huy",
        "Văn Bảo",
        "Hữu Nghĩa",
        "Văn Lâm",
        "Trọng Khánh",
        "Văn Dũng",
        "Công Minh",
        "Văn Thành",
        "Việt Cường",
    ),
)
_WOMEN: Final = (
    *("Thị Hạnh", "Thị Lan", "Thị Thu Hà", "Thị Mai", "Thị Bích Ngọc", "Thị Hương", "Thị Tuyết"),
    *("Thị Nguyệt", "Thị Yến", "Thị Hồng", "Thị Kim Oanh"),
)
_WITH_DEPUTY: Final = frozenset({"Biên Sơn", "Chũ", "Quý Sơn", "Thanh Hải", "Trù Hựu", "Tân Sơn", "Công an"})
_SHOWN_FIRST: Final = ("bi-thu-bien-son", "can-bo-ban-to-chuc", "bi-thu-thpt-so-3", "bi-thu-tru-huu")
_AT_THE_DISTRICT: Final = (
    ("can-bo-ban-to-chuc", Role.DISTRICT, "cán bộ Ban Tổ chức", "Đỗ Thị Minh Châu"),
    ("can-bo-ban-to-chuc-2", Role.DISTRICT, "cán bộ Ban Tổ chức (2)", "Thân Văn Khải"),
    ("quan-tri", Role.ADMIN, "quản trị hệ thống", "Hà Đức Anh"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One of the demo's people; `key` is unique and stands in URLs, `address` is the one on the web chat."""

    key: str
    label: str
    name: str
    role: Role
    unit: Unit

    @property
    def address(self) -> str:
        return f"demo-{self.key}"


def cast_of(units: Sequence[Unit], district: Unit) -> tuple[Character, ...]:
    """Everybody in the demo, those whom one tries first in front; `units` are those of the plan, in its order."""
    leaders = [_leader(number, unit, Role.SECRETARY) for number, unit in enumerate(units)]
    deputies = [
        _leader(number + 7, unit, Role.DEPUTY)
        for number, unit in enumerate(units)
        if unit.short in _WITH_DEPUTY
    ]
    officers = [
        Character(key=key, label=label, name=name, role=role, unit=district)
        for key, role, label, name in _AT_THE_DISTRICT
    ]
    everybody = {one.key: one for one in (*leaders, *deputies, *officers)}
    first = [everybody[key] for key in _SHOWN_FIRST if key in everybody]
    return (*first, *(one for key, one in everybody.items() if key not in _SHOWN_FIRST))


def _leader(number: int, unit: Unit, role: Role) -> Character:
    label = f"{role.label} {unit.short}"
    return Character(key=bare(label).replace(" ", "-"), label=label, name=_name(number), role=role, unit=unit)


def _name(number: int) -> str:
    family = _FAMILIES[number * 7 % len(_FAMILIES)]
    given = _WOMEN if number % 4 == 3 else _MEN
    return f"{family} {given[number * 5 % len(given)]}"
