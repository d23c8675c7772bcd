"""Village heads, obstacles, promises and calls as the books keep them: nothing is overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from domain.progress import HeadsRate
from domain.rollup_json import rollup_json
from messages.rollup_words import rollup_words
from messages.say import Hearer, render
from storage.queries import calls, heads, issues, promises
from storage.queries.admissions import Origin
from storage.queries.rollup import roll_up
from storage.tables import promises as promise_rows
from tests.harness.books import example
from tests.harness.district import add_person, lay_down

Q1 = Quarter(2022, 1)
OFFICE = Office()
ASSIGNED = {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 1, 1, 2), "Kim Sơn": (0, 2, 1, 1)}
DAY = timedelta(days=1)


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2022, 3, day, hour, tzinfo=UTC)


def by(moment: datetime, person: int | None = None) -> Origin:
    return Origin(at=moment, said_at=moment, person=person)


@pytest.fixture
def ids(session):
    return lay_down(session, ASSIGNED)


def tell(session, unit, members, total, moment):
    before = heads.heads_of(session, unit)
    if before:
        assert heads.end(session, before.id, moment)
    return heads.record(session, unit, HeadsRate(members=members, total=total), by(moment))


def test_the_rate_of_the_district_is_that_of_the_sums_as_of_a_moment(session, ids):
    tell(session, ids["Biên Sơn"], 9, 10, at(1))
    tell(session, ids["Trù Hựu"], 7, 11, at(5))
    tell(session, ids["Biên Sơn"], 10, 10, at(9))
    assert roll_up(session, Q1, at(1) - DAY, OFFICE).heads is None
    for moment, members, total in ((at(1), 9, 10), (at(8), 16, 21), (at(9), 17, 21)):
        told = roll_up(session, Q1, moment, OFFICE).heads
        assert told == HeadsRate(members=members, total=total)


def test_the_roll_up_tells_the_rate_and_the_open_issues_in_both_forms(session, ids):
    tell(session, ids["Biên Sơn"], 9, 10, at(1))
    issues.raise_issue(session, ids["Biên Sơn"], "Lớp chưa mở", by(at(2)))
    whole = roll_up(session, Q1, at(3), OFFICE)
    as_json = rollup_json(whole, OFFICE.timezone)
    assert (as_json["heads"], as_json["issues_open"]) == ({"members": 9, "total": 10, "rate": 90.0}, 1)
    text = render(rollup_words(whole, OFFICE.name), Hearer.on("web", OFFICE))
    assert "Trưởng thôn là đảng viên: 9/10 (90,0%)" in text
    assert "Vướng mắc đang mở: 1" in text


def test_an_issue_is_open_until_it_is_answered_or_withdrawn(session, ids):
    first = issues.raise_issue(session, ids["Biên Sơn"], "một", by(at(1)))
    second = issues.raise_issue(session, ids["Trù Hựu"], "hai", by(at(2)))
    third = issues.raise_issue(session, ids["Biên Sơn"], "ba", by(at(3)))
    answered = issues.answer(session, second, "Đã xử lý", by(at(4)))
    assert [one.id for one in issues.open_issues(session)] == [first, third]
    assert issues.withdraw(session, first, at(5))
    assert not issues.withdraw(session, first, at(5))
    assert [issues.open_count(session, at(day)) for day in (1, 2, 3, 4, 5)] == [1, 2, 3, 2, 1]
    assert issues.take_back(session, answered, at(6))
    assert [one.id for one in issues.open_issues(session)] == [second, third]
    assert issues.open_count(session, at(4)) == 2


def test_answers_stand_side_by_side_oldest_first(session, ids):
    raised = issues.raise_issue(session, ids["Biên Sơn"], "Lớp chưa mở", by(at(1)))
    issues.answer(session, raised, "Mở ngày 9/4", by(at(2)))
    issues.answer(session, raised, "Dời sang 16/4", by(at(3)))
    found = issues.issue_by_id(session, raised)
    assert [answer.text for answer in found.answers] == ["Mở ngày 9/4", "Dời sang 16/4"]
    assert (found.code, found.unit.name, found.is_open) == (f"VM-{raised}", "Biên Sơn", False)
    assert issues.issue_by_id(session, raised + 1) is None


def test_a_unit_sees_its_own_issues_the_open_ones_first(session, ids):
    old, new, foreign = (
        issues.raise_issue(session, ids[unit], "chờ huyện", by(at(1)))
        for unit in ("Biên Sơn", "Biên Sơn", "Trù Hựu")
    )
    issues.answer(session, new, "xong", by(at(2)))
    own = issues.issues_of(session, [ids["Biên Sơn"]], 6)
    assert [one.id for one in own] == [old, new]
    assert [one.id for one in issues.issues_of(session, [ids["Biên Sơn"]], 1)] == [old]
    assert foreign not in [one.id for one in own]


def test_a_promise_is_kept_by_unit_and_quarter_and_the_one_before_stays_on_the_books(session, ids):
    unit = ids["Biên Sơn"]
    first = promises.make(session, unit, Q1, date(2022, 3, 25), by(at(20)))
    assert promises.end(session, first, at(21))
    second = promises.make(session, unit, Q1, date(2022, 3, 30), by(at(21)))
    promises.make(session, unit, Q1.next, date(2022, 6, 30), by(at(21)))
    assert promises.promise_of(session, unit, Q1).id == second
    assert promises.promise_by_id(session, first).day == date(2022, 3, 25)
    assert {u: p.day for u, p in promises.promises_of(session, Q1).items()} == {unit: date(2022, 3, 30)}
    assert len(session.execute(select(promise_rows)).all()) == 3


def test_who_wishes_to_be_called_is_listed_with_their_office_until_it_is_done(session, ids):
    person = add_person(session, "Vi Văn An", [(ids["Biên Sơn"], Role.SECRETARY)])
    asked = calls.ask(session, person, by(at(1), person))
    (call,) = calls.open_calls(session, date(2022, 3, 1))
    assert (call.id, call.name, call.held.unit.name, call.phone) == (asked, "Vi Văn An", "Biên Sơn", None)
    assert calls.open_call_of(session, person, date(2022, 3, 1)) == call
    assert calls.settle(session, asked, person, at(2))
    assert not calls.settle(session, asked, person, at(2))
    assert calls.open_calls(session, date(2022, 3, 1)) == ()
    assert calls.reopen(session, asked)


def test_a_settled_call_is_not_opened_beside_another_of_the_same_person(session, ids):
    person = add_person(session, "Vi Văn An", [(ids["Biên Sơn"], Role.SECRETARY)])
    first = calls.ask(session, person, by(at(1), person))
    calls.settle(session, first, person, at(2))
    calls.ask(session, person, by(at(3), person))
    assert not calls.reopen(session, first)


told = st.lists(
    st.tuples(st.sampled_from(sorted(ASSIGNED)), st.integers(1, 20), st.integers(0, 20)), max_size=8
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=told, asked=st.integers(0, 9))
def test_whatever_units_tell_the_rate_is_the_sum_of_the_latest_of_each(session, told, asked):
    with example(session):
        ids = lay_down(session, ASSIGNED)
        latest: dict[str, tuple[int, int]] = {}
        for number, (unit, total, part) in enumerate(told):
            tell(session, ids[unit], min(part, total), total, at(1) + number * DAY)
            if number <= asked:
                latest[unit] = (min(part, total), total)
        now = roll_up(session, Q1, at(1) + asked * DAY, OFFICE).heads
    expected = [sum(column) for column in zip(*latest.values(), strict=True)]
    assert ([now.members, now.total] if now else []) == expected
