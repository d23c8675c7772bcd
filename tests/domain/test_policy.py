"""Who may do what, and where."""

from __future__ import annotations

import pytest

from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Appointment, Person, PersonId, Role
from domain.policy import Action, may, overseen

BIEN_SON, CHU, SA_LY = (
    Unit(id=UnitId(number), kind=UnitKind.GRASSROOTS, name=name, short=name, code=name[:2])
    for number, name in enumerate(("Biên Sơn", "Chũ", "Sa Lý"), 1)
)
CELL = Unit(id=UnitId(9), kind=UnitKind.CELL, name="Thôn Hạ", short="Thôn Hạ", code="TH", parent=CHU.id)


def somebody(*held: tuple[Role, Unit]) -> Person:
    appointments = tuple(Appointment(role=role, unit=unit) for role, unit in held)
    return Person(id=PersonId(1), name="Vi Văn An", appointments=appointments)


def test_an_overseer_oversees_the_own_cluster_and_the_cells_below_it_and_nothing_else():
    one = somebody((Role.OVERSEER, BIEN_SON), (Role.OVERSEER, CHU))
    assert overseen(one) == {BIEN_SON.id, CHU.id}
    assert may(one, Action.OVERSEE, CHU)
    assert may(one, Action.OVERSEE, CELL)
    assert not may(one, Action.OVERSEE, SA_LY)
    assert not may(one, Action.SEE_ALL)
    assert not may(one, Action.REPORT, CHU)


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.ADMIN])
def test_the_district_oversees_every_unit(role):
    one = somebody((role, BIEN_SON), (Role.OVERSEER, CHU))
    assert overseen(one) is None
    assert may(one, Action.OVERSEE, SA_LY)


def test_a_commune_speaks_for_its_cells_but_hands_no_office_of_theirs_over():
    one = somebody((Role.SECRETARY, CHU))
    assert may(one, Action.REPORT, CELL)
    assert may(one, Action.HAND_OVER, CHU)
    assert not may(one, Action.HAND_OVER, CELL)


def test_a_secretary_oversees_nothing():
    one = somebody((Role.SECRETARY, BIEN_SON))
    assert overseen(one) == frozenset()
    assert not may(one, Action.OVERSEE, BIEN_SON)


def test_what_an_overseer_says_is_of_other_units_unless_they_report_for_one():
    assert somebody((Role.OVERSEER, CHU)).asks_of_others
    assert somebody((Role.DISTRICT, CHU)).asks_of_others
    assert not somebody((Role.OVERSEER, CHU), (Role.SECRETARY, BIEN_SON)).asks_of_others
