"""How somebody is addressed: the role with the full name of the place, as it stands on paper."""

from __future__ import annotations

from domain.organisation import Unit, UnitKind
from domain.people import Role

_COMMITTEES = {Role.SECRETARY, Role.DEPUTY}


def title_of(role: Role, unit: Unit) -> str:
    """The title of a role at a unit: «bí thư đảng ủy xã Biên Sơn», «cán bộ Ban Tổ chức»."""
    if unit.kind is UnitKind.DISTRICT:
        return role.label
    if role in _COMMITTEES:
        return f"{role.label} {body_of(unit)}"
    if role is Role.CELL_SECRETARY:
        return f"{role.label} {unit.name.removeprefix('Chi bộ ')}"
    return f"{role.label} {unit.short}"


def body_of(unit: Unit) -> str:
    """What a secretary leads: the cell, or the committee that a Party organisation elects, «đảng ủy xã Biên Sơn»."""
    if unit.kind is UnitKind.CELL or unit.name.startswith("Chi bộ "):
        return f"chi bộ {unit.name.removeprefix('Chi bộ ')}"
    if unit.name.startswith("Đảng bộ "):
        return f"đảng ủy {unit.name.removeprefix('Đảng bộ ')}"
    places = (alias for alias in unit.aliases if alias in (f"xã {unit.name}", f"thị trấn {unit.name}"))
    return f"đảng ủy {next(places, unit.name)}"
