"""In which order units are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.call_sheet import CallNote, CallNoteId, CallResult, SheetRow, Urgency, in_order, urgency_of
from domain.contact import Contact, ContactState, Standing
from domain.matters import Call, CallId, Promise, PromiseId
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import Tally, UnitProgress

Q1 = Quarter(2022, 1)
TODAY = date(2022, 3, 31)
NOW = datetime(2022, 3, 31, 7, tzinfo=UTC)
DAY = timedelta(days=1)
UNIT = Unit(id=UnitId(1), kind=UnitKind.GRASSROOTS, name="Chũ", short="Chũ", code="CH")


def somebody(state, role=Role.SECRETARY, since=None):
    return Contact(unit=UNIT.id, role=role, standing=Standing(state=state, since=since), person=PersonId(1))


def note(at=NOW, result=CallResult.NO_ANSWER):
    return CallNote(id=CallNoteId(1), unit=UNIT.id, quarter=Q1, result=result, at=at)


def urgency(*states, role=Role.SECRETARY, **facts):
    contacts = [somebody(ContactState(state), role) for state in states]
    known = {"promised": None, "note": None, "called_on": None, "wished_at": None}
    return urgency_of(contacts, TODAY, **known | facts)


@pytest.mark.parametrize("state", ["never_linked", "blocked", "undelivered"])
def test_a_unit_is_out_of_reach_only_where_nobody_there_is_reached(state):
    assert urgency(state) is Urgency.OUT_OF_REACH
    assert urgency(state, "never_linked") is Urgency.OUT_OF_REACH
    assert urgency(state, "unanswered") is Urgency.UNANSWERED


def test_that_the_overseer_is_reached_helps_no_unit():
    contacts = [
        somebody(ContactState.BLOCKED),
        somebody(ContactState.NOT_ASKED, Role.OVERSEER),
    ]
    found = urgency_of(contacts, TODAY, promised=None, note=None, called_on=None, wished_at=None)
    assert found is Urgency.OUT_OF_REACH


@pytest.mark.parametrize("state", ["halfway", "answered"])
def test_who_was_heard_comes_after_who_is_silent(state):
    assert urgency("unanswered", state) is Urgency.UNDER_WAY > Urgency.UNANSWERED


def test_a_deputy_whose_turn_is_to_come_does_not_make_a_silent_secretary_less_urgent():
    assert urgency("unanswered", "not_asked") is Urgency.UNANSWERED
    assert urgency("not_asked") is Urgency.UNDER_WAY
    assert urgency("blocked", "not_asked") is Urgency.UNDER_WAY


def test_a_promise_is_respected_until_its_day_is_over():
    assert urgency("promised", promised=TODAY) is Urgency.PROMISED
    assert urgency("promised", promised=TODAY + DAY) is Urgency.PROMISED
    assert urgency("unanswered", promised=TODAY - DAY) is Urgency.WORD_BROKEN
    assert urgency("blocked", promised=TODAY - DAY) is Urgency.OUT_OF_REACH


def test_who_was_called_today_is_called_last_and_tomorrow_as_before():
    assert urgency("blocked", note=note(), called_on=TODAY) is Urgency.CALLED
    assert urgency("blocked", note=note(NOW - DAY), called_on=TODAY - DAY) is Urgency.OUT_OF_REACH


def test_a_wish_comes_first_unless_it_was_answered_by_a_call():
    assert urgency("promised", promised=TODAY + DAY, wished_at=NOW) is Urgency.WISHED
    assert urgency("answered", wished_at=NOW - DAY, note=note(), called_on=TODAY) is Urgency.CALLED
    assert urgency("answered", wished_at=NOW + DAY, note=note(), called_on=TODAY) is Urgency.WISHED
    assert urgency("answered", wished_at=NOW - DAY, note=note(), called_on=TODAY - DAY) is Urgency.WISHED


def row(urgency, missing=1, since=None, promised=None, position=1):
    unit = replace(UNIT, id=UnitId(position), position=position)
    target, admitted = Tally(quarter=missing), Tally()
    progress = UnitProgress(unit=unit, quarter=Q1, target=target, admitted=admitted)
    promise = promised and Promise(id=PromiseId(1), unit=unit.id, day=promised, by=None)
    contacts = (somebody(ContactState.UNANSWERED, since=since),)
    return SheetRow(unit=unit, urgency=urgency, progress=progress, contacts=contacts, promise=promise)


def test_of_the_same_urgency_the_largest_gap_comes_first_and_then_who_has_waited_longest():
    short, long = row(Urgency.UNANSWERED, since=NOW), row(Urgency.UNANSWERED, since=NOW - DAY, position=2)
    large = row(Urgency.UNANSWERED, missing=3, since=NOW, position=3)
    assert in_order([short, long, large]) == (large, long, short)


def test_promises_come_by_their_day():
    late = row(Urgency.PROMISED, missing=9, promised=TODAY + 2 * DAY)
    soon = row(Urgency.PROMISED, promised=TODAY, position=2)
    assert in_order([late, soon]) == (soon, late)


def test_of_those_called_today_the_call_that_is_longest_ago_comes_first():
    first = replace(row(Urgency.CALLED), note=note(NOW - timedelta(hours=3)))
    last = replace(row(Urgency.CALLED, missing=9, position=2), note=note(NOW))
    assert in_order([last, first]) == (first, last)


def test_wishes_come_by_the_hour():
    def wish(at, person):
        held = None
        return Call(id=CallId(1), person=PersonId(person), name="A", phone=None, asked_at=at, held=held)

    first = replace(row(Urgency.WISHED), wishes=(wish(NOW - DAY, 1),))
    last = replace(row(Urgency.WISHED, missing=9, position=2), wishes=(wish(NOW, 2),))
    assert in_order([last, first]) == (first, last)
    assert first.wish_of(PersonId(1)) == first.wishes[0]
    assert first.wish_of(PersonId(2)) is None


rows = st.lists(
    st.builds(
        row,
        st.sampled_from(Urgency),
        missing=st.integers(0, 5),
        since=st.none() | st.integers(0, 30).map(lambda days: NOW - timedelta(days=days)),
        promised=st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
        position=st.integers(1, 60),
    ),
    max_size=12,
)


@given(rows)
def test_the_order_loses_nobody_and_never_puts_the_less_urgent_first(given_rows):
    ordered = in_order(given_rows)
    assert sorted(ordered, key=id) == sorted(given_rows, key=id)
    assert all(one.urgency <= other.urgency for one, other in pairwise(ordered))
