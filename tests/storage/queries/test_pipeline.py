"""The early warning on both databases: as of any moment, with the cells of a unit, and of a cluster alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from domain.candidate import CandidateId, Step, WayOut
from domain.office import Office
from domain.organisation import UnitId
from domain.period import Quarter
from storage import tables
from storage.queries import candidates
from storage.queries.admissions import Origin
from storage.queries.rollup import group_counts, risks, roll_up
from storage.session import Session
from tests.harness.district import add_unit, admit, lay_down

Q1 = Quarter(2022, 1)
OFFICE = Office()


def at(month: int, day: int, hour: int = 3) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=UTC)


@pytest.fixture
def units(session: Session) -> dict[str, UnitId]:
    return lay_down(session, {"Thanh Hải": (3, 3, 2, 2), "Trù Hựu": (2, 1, 1, 2), "Kim Sơn": (0, 2, 1, 1)})


def listed(session: Session, unit: UnitId, step: Step, told: datetime) -> CandidateId:
    made = candidates.list_candidate(session, unit, "Vi Văn An", "vi van an", told)
    candidates.take_step(session, made, step, date(2022, 3, 1), Origin(at=told, said_at=told))
    return made


def short(session: Session, as_of: datetime, among: set[UnitId] | None = None) -> dict[str, tuple[int, int]]:
    found = risks(session, Q1, as_of, OFFICE, among)
    return {risk.unit.name: (risk.missing, risk.can_make_it) for risk in found}


def test_the_candidates_of_a_unit_and_of_its_cells_can_make_it(session, units):
    cell = add_unit(session, "Chi bộ thôn Hạ", kind="cell")
    session.execute(
        update(tables.units).where(tables.units.c.id == cell).values(parent_id=units["Thanh Hải"])
    )
    listed(session, units["Thanh Hải"], Step.DECIDED, at(3, 2))
    listed(session, cell, Step.DECIDED, at(3, 2))
    assert short(session, at(3, 10)) == {"Thanh Hải": (3, 2), "Trù Hựu": (2, 0)}


def test_what_was_told_later_is_not_known_yet(session, units):
    someone = listed(session, units["Trù Hựu"], Step.DECIDED, at(3, 5))
    candidates.close(session, someone, WayOut.MOVED, date(2022, 3, 8), Origin(at=at(3, 9), said_at=at(3, 9)))
    assert short(session, at(3, 4))["Trù Hựu"] == (2, 0)
    assert short(session, at(3, 6))["Trù Hựu"] == (2, 1)
    assert short(session, at(3, 10))["Trù Hựu"] == (2, 0)


def test_who_was_admitted_is_on_the_way_no_more(session, units):
    someone = listed(session, units["Trù Hựu"], Step.DECIDED, at(3, 5))
    candidates.admitted(session, someone, date(2022, 3, 7), Origin(at=at(3, 7), said_at=at(3, 7)))
    admit(session, units["Trù Hựu"], date(2022, 3, 7))
    assert short(session, at(3, 10))["Trù Hựu"] == (1, 0)


def test_a_cluster_hears_of_its_own_alone(session, units):
    assert short(session, at(3, 10), {units["Trù Hựu"]}) == {"Trù Hựu": (2, 0)}
    whole = roll_up(session, Q1, at(3, 10), OFFICE, {units["Trù Hựu"]})
    assert [row.unit.name for row in whole.units] == ["Trù Hựu"]
    assert [risk.unit.name for risk in whole.at_risk] == ["Trù Hựu"]


def test_the_sums_of_a_cluster_are_those_of_its_units(session, units):
    admit(session, units["Trù Hựu"], date(2022, 3, 2), gender="nữ")
    admit(session, units["Thanh Hải"], date(2022, 3, 2), gender="nữ")
    cluster = roll_up(session, Q1, at(3, 10), OFFICE, {units["Trù Hựu"], units["Kim Sơn"]})
    assert (cluster.admitted.quarter, cluster.target.quarter, cluster.assigned) == (1, 2, 10)
    assert cluster.breakdown.women == 1
    assert group_counts(session, "women", Q1, at(3, 10), OFFICE) == {
        units["Trù Hựu"]: 1,
        units["Thanh Hải"]: 1,
    }


def test_the_roll_up_warns_in_its_last_weeks_only(session, units):
    assert roll_up(session, Q1, at(2, 14), OFFICE).at_risk == ()
    assert len(roll_up(session, Q1, at(3, 10), OFFICE).at_risk) == 2
    assert roll_up(session, Q1, at(3, 31), OFFICE).at_risk == ()
    assert len(risks(session, Q1, at(2, 14), OFFICE)) == 2
