from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from domain.figures import Figures, OpenIssue
from domain.office import Office
from domain.period import Quarter
from storage.queries.figures import figures_of
from storage.queries.rollup import roll_up
from storage.session import Begin
from storage.tables import issue_answers, issues, plans
from tests.harness.district import SIGNED, admit, lay_down, revise

OFFICE = Office()
Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
MARCH = datetime(2022, 3, 31, 10, tzinfo=UTC)
MAY = datetime(2022, 5, 31, 10, tzinfo=UTC)


@pytest.fixture
def units(begin):
    with begin() as session:
        return lay_down(session, {"Chũ": (2, 4, 3, 2), "Kim Sơn": (0, 2, 1, 1)})


def found(begin: Begin, quarter: Quarter = Q1, as_of: datetime = MARCH) -> Figures:
    with begin() as session:
        return figures_of(session, roll_up(session, quarter, as_of, OFFICE), OFFICE)


def test_a_unit_has_each_quarter_of_the_year(begin, units):
    with begin() as session:
        for day in (date(2022, 2, 1), date(2022, 3, 1), date(2022, 4, 5)):
            admit(session, units["Chũ"], day)
    rows = {row.unit.short: (row.assigned, row.admitted) for row in found(begin, as_of=MAY).rows}
    assert rows == {"Chũ": ((2, 4, 3, 2), (2, 1, 0, 0)), "Kim Sơn": ((0, 2, 1, 1), (0, 0, 0, 0))}


def test_the_rows_are_those_of_the_roll_up_as_the_books_stood(begin, units):
    with begin() as session:
        admission = admit(session, units["Chũ"], date(2022, 2, 1))
        revise(session, admission, datetime(2022, 4, 20, tzinfo=UTC), withdrawn=True)
    before, after = found(begin), found(begin, as_of=MAY)
    assert [row.unit for row in before.rows] == [row.unit for row in before.roll_up.units]
    assert before.rows[0].admitted == (1, 0, 0, 0)
    assert after.rows[0].admitted == (0, 0, 0, 0)
    assert found(begin) == before


def test_the_year_before_counts_to_the_same_day_where_it_had_a_plan(begin, units):
    with begin() as session:
        for day in (date(2021, 3, 31), date(2021, 4, 20), date(2021, 6, 1), date(2020, 2, 1)):
            admit(session, units["Chũ"], day)
    assert found(begin).year_before is None
    with begin() as session:
        session.execute(
            insert(plans).values(
                year=2021,
                number="70-KH/HU",
                signed_on=date(2021, 2, 1),
                pledged=200,
                heads_rate=90,
                grace_days=5,
                imported_at=SIGNED,
            )
        )
    assert found(begin).year_before == 1
    assert found(begin, Q2, MAY).year_before == 2


def test_the_obstacles_are_those_that_were_open(begin, units):
    told = datetime(2022, 3, 1, tzinfo=UTC)

    def issue(text: str, until: datetime | None = None) -> int:
        values = {"unit_id": units["Chũ"], "text": text, "from_at": told, "until_at": until}
        return session.execute(insert(issues).values(values).returning(issues.c.id)).scalar_one()

    april = datetime(2022, 4, 10, tzinfo=UTC)
    with begin() as session:
        issue("còn mở")
        issue("rút lại tháng Tư", april)
        answered = issue("trả lời tháng Tư")
        session.execute(
            insert(issue_answers).values(issue_id=answered, text="Sẽ mở lớp.", from_at=april, until_at=None)
        )
    assert [each.text for each in found(begin).issues] == [
        "còn mở",
        "rút lại tháng Tư",
        "trả lời tháng Tư",
    ]
    assert found(begin, as_of=MAY).issues == (OpenIssue(unit="Chũ", text="còn mở"),)
