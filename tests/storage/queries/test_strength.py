"""Few members, and no admission for years: told, moved by the books, and the same as of any moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from domain.office import CountBy, Office
from domain.organisation import UnitId
from domain.period import Quarter
from domain.strength import Strength
from storage import tables
from storage.queries import strength
from storage.queries.admissions import Origin
from storage.queries.rollup import roll_up
from storage.queries.units import unit_by_id
from storage.session import Session
from tests.harness.district import add_unit, admit, lay_down, revise

OFFICE = Office()
LATER = datetime(2022, 4, 1, 3, tzinfo=UTC)


def at(month: int, day: int) -> datetime:
    return datetime(2022, month, day, 3, tzinfo=UTC)


@pytest.fixture
def units(session: Session) -> dict[str, UnitId]:
    ids = lay_down(session, {"Thanh Hải": (3, 3, 2, 2), "Trù Hựu": (2, 1, 1, 2), "Kim Sơn": (0, 2, 1, 1)})
    cell = add_unit(session, "Trại Một", kind="cell")
    parent = update(tables.units).where(tables.units.c.id == cell).values(parent_id=ids["Trù Hựu"])
    session.execute(parent)
    return ids | {"Trại Một": cell}


def tell(
    session: Session, unit: UnitId, told: datetime, *, members: int = 0, last: date | None = None
) -> None:
    origin = Origin(at=told, said_at=told)
    if members:
        strength.tell_members(session, unit, members, origin)
    if last is not None:
        strength.tell_last_admission(session, unit, last, origin)


def few(session: Session, moment: datetime = LATER, **asked: object) -> list[tuple[str, str, int]]:
    found = strength.few_members(session, moment, asked.pop("office", OFFICE), **asked)
    return [(one.unit.short, one.above, one.members) for one in found]


def long(session: Session, moment: datetime = LATER, **asked: object) -> list[tuple[str, date]]:
    found = strength.long_without(session, moment, asked.pop("office", OFFICE), **asked)
    return [(one.unit.short, one.since) for one in found]


def test_units_and_cells_with_few_members_are_named_the_smallest_first(session, units):
    tell(session, units["Kim Sơn"], at(3, 1), members=8)
    tell(session, units["Thanh Hải"], at(3, 1), members=9)
    tell(session, units["Trại Một"], at(3, 1), members=3)
    assert few(session) == [("Trại Một", "Trù Hựu", 3), ("Kim Sơn", "", 8)]
    assert few(session, office=replace(OFFICE, few_members=4)) == [("Trại Một", "Trù Hựu", 3)]
    assert few(session, office=replace(OFFICE, few_members=0)) == []


def test_of_a_cluster_only_its_units_and_their_cells_are_named(session, units):
    tell(session, units["Kim Sơn"], at(3, 1), members=8, last=date(2018, 1, 1))
    tell(session, units["Trại Một"], at(3, 1), members=3, last=date(2017, 1, 1))
    among = {units["Trù Hựu"]}
    assert few(session, among=among) == [("Trại Một", "Trù Hựu", 3)]
    assert long(session, among=among) == [("Trại Một", date(2017, 1, 1))]


def test_what_is_told_anew_ends_what_was_told_and_both_stay_on_the_books(session, units):
    unit = units["Kim Sơn"]
    tell(session, unit, at(3, 1), members=8, last=date(2018, 1, 1))
    tell(session, unit, at(3, 20), members=12, last=date(2021, 1, 1))
    assert (few(session), long(session)) == ([], [])
    assert few(session, at(3, 10)) == [("Kim Sơn", "", 8)]
    assert long(session, at(3, 10)) == [("Kim Sơn", date(2018, 1, 1))]
    for table in (tables.member_counts, tables.last_admissions):
        ends = session.scalars(select(table.c.until_at).order_by(table.c.id)).all()
        assert ends == [at(3, 20), None]


@pytest.mark.parametrize(
    ("last", "years", "named"),
    [
        (date(2019, 4, 1), 3, True),
        (date(2019, 4, 2), 3, False),
        (date(2019, 4, 2), 2, True),
        (date(2010, 1, 1), 0, False),
    ],
)
def test_three_years_or_as_many_as_the_office_says(session, units, last, years, named):
    tell(session, units["Kim Sơn"], at(3, 1), last=last)
    assert bool(long(session, office=replace(OFFICE, years_without=years))) is named


def test_an_admission_on_the_books_moves_the_day_and_its_withdrawal_moves_it_back(session, units):
    tell(session, units["Kim Sơn"], at(3, 1), last=date(2018, 1, 1))
    admission = admit(session, units["Kim Sơn"], date(2022, 3, 10), at(3, 11))
    assert long(session) == []
    assert long(session, at(3, 10)) == [("Kim Sơn", date(2018, 1, 1))]
    revise(session, admission, at(3, 20), withdrawn=True)
    assert long(session) == [("Kim Sơn", date(2018, 1, 1))]
    assert long(session, at(3, 15)) == []


def test_the_books_alone_tell_of_an_admission_long_ago(session, units):
    admit(session, units["Kim Sơn"], date(2017, 5, 4), at(3, 1))
    admit(session, units["Kim Sơn"], date(2018, 5, 4), at(3, 1))
    assert long(session) == [("Kim Sơn", date(2018, 5, 4))]


def test_a_cell_stands_for_itself_and_its_organisation_only_where_that_admitted_later(session, units):
    tell(session, units["Trại Một"], at(3, 1), last=date(2017, 1, 1))
    assert long(session) == [("Trại Một", date(2017, 1, 1))]
    tell(session, units["Trù Hựu"], at(3, 1), last=date(2016, 1, 1))
    assert long(session) == [("Trù Hựu", date(2017, 1, 1)), ("Trại Một", date(2017, 1, 1))]
    admission = admit(session, units["Trù Hựu"], date(2022, 3, 10), at(3, 11))
    assert long(session) == [("Trại Một", date(2017, 1, 1))]
    of_cell = update(tables.admissions).where(tables.admissions.c.id == admission)
    session.execute(of_cell.values(cell_id=units["Trại Một"]))
    assert long(session) == []


def test_nothing_is_said_of_units_of_which_nothing_is_known_or_that_exist_no_more(session, units):
    assert (few(session), long(session)) == ([], [])
    tell(session, units["Kim Sơn"], at(3, 1), members=2, last=date(2017, 1, 1))
    gone = update(tables.units).where(tables.units.c.id == units["Kim Sơn"])
    session.execute(gone.values(valid_to=date(2022, 3, 31)))
    assert (few(session), long(session)) == ([], [])


def test_one_unit_has_its_own_word_and_what_the_books_know_better(session, units):
    unit = unit_by_id(session, units["Trại Một"])
    tell(session, unit.id, at(3, 1), members=5, last=date(2019, 1, 1))
    admission = admit(session, units["Trù Hựu"], date(2022, 3, 10), at(3, 11))
    today = date(2022, 4, 1)
    known = Strength(members=5, last_admission=date(2019, 1, 1))
    assert strength.strength_of(session, unit, today, CountBy.CEREMONY) == known
    of_cell = update(tables.admissions).where(tables.admissions.c.id == admission)
    session.execute(of_cell.values(cell_id=unit.id))
    known = Strength(members=5, last_admission=date(2022, 3, 10))
    assert strength.strength_of(session, unit, today, CountBy.CEREMONY) == known


def test_of_units_that_have_admitted_somebody_this_year_nobody_asks(session, units):
    tell(session, units["Kim Sơn"], at(3, 1), last=date(2018, 1, 1))
    tell(session, units["Trại Một"], at(3, 1), last=date(2017, 1, 1))
    admit(session, units["Thanh Hải"], date(2022, 3, 10), at(3, 11))
    whole = roll_up(session, Quarter(2022, 1), LATER, OFFICE)
    named = [(one.unit.short, one.since) for one in whole.long_without]
    assert named == long(session) == [("Trại Một", date(2017, 1, 1)), ("Kim Sơn", date(2018, 1, 1))]
    of_one = roll_up(session, Quarter(2022, 1), LATER, OFFICE, {units["Kim Sơn"]}).long_without
    assert [one.unit.short for one in of_one] == ["Kim Sơn"]
