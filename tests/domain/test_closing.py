"""Until when a quarter takes reports: by its date, by the district's word, again, and closed once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.closing import (
    Closing,
    ClosingKind,
    Period,
    Periods,
    closed_by_date,
    closed_since,
    reasons_between,
    undone_since,
)
from domain.errors import NoPlan, QuarterClosed, QuarterNotBegun
from domain.people import PersonId
from domain.period import Quarter

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICER = PersonId(7)
numbers = count(1)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=ZONE).astimezone(UTC)


def closed(
    moment: datetime, last: date, by: PersonId | None = None, until: datetime | None = None
) -> Closing:
    return Closing(
        id=next(numbers), quarter=Q1, kind=ClosingKind.CLOSED, at=moment, last=last, by=by, until=until
    )


def reopened(
    moment: datetime, last: date, reason: str | None = "bổ sung", until: datetime | None = None
) -> Closing:
    return replace(closed(moment, last, OFFICER, until), kind=ClosingKind.REOPENED, reason=reason)


BY_DATE = closed(closed_by_date(date(2022, 4, 5), ZONE), date(2022, 4, 5))
BY_WORD = closed(at(4, 2), date(2022, 4, 2), OFFICER)
AGAIN = reopened(at(4, 10), date(2022, 4, 20))
TAKEN_BACK = reopened(at(4, 2, 11), date(2022, 4, 5), reason=None)


@pytest.mark.parametrize(
    ("word", "day", "is_closed"),
    [
        (None, date(2022, 3, 31), False),
        (None, date(2022, 4, 5), False),
        (None, date(2022, 4, 6), True),
        (BY_DATE, date(2022, 4, 5), False),  # said in time, though it came after the closing
        (BY_DATE, date(2022, 4, 6), True),
        (BY_WORD, date(2022, 4, 2), True),
        (BY_WORD, date(2022, 4, 1), True),  # an officer's word holds at once
        (AGAIN, date(2022, 4, 20), False),
        (AGAIN, date(2022, 4, 21), True),
    ],
)
def test_a_quarter_is_closed_by_its_date_or_by_a_word(word, day, is_closed):
    assert Period(quarter=Q1, grace_days=5, word=word).is_closed(day) is is_closed


@pytest.mark.parametrize(
    ("quarter", "day", "refused"),
    [
        (Q1, date(2022, 4, 6), QuarterClosed),
        (Q2, date(2022, 3, 31), QuarterNotBegun),
        (Quarter(2023, 1), date(2023, 1, 1), NoPlan),
    ],
)
def test_what_takes_no_reports_is_refused(quarter, day, refused):
    with pytest.raises(refused):
        Periods(grace_days={2022: 5}).must_be_open(quarter, day)


def test_the_last_day_is_told_with_the_refusal():
    with pytest.raises(QuarterClosed) as refusal:
        Periods(grace_days={2022: 5}, words={Q1: BY_WORD}).must_be_open(Q1, date(2022, 4, 3))
    assert refusal.value.closed_on == date(2022, 4, 2)


@pytest.mark.parametrize(
    ("words", "day", "open_on", "reported"),
    [
        ({}, date(2022, 3, 31), (Q1,), Q1),
        ({}, date(2022, 4, 5), (Q1, Q2), Q1),
        ({}, date(2022, 4, 6), (Q2,), Q2),
        ({Q1: BY_DATE}, date(2022, 4, 6), (Q2,), Q2),
        ({Q1: BY_WORD}, date(2022, 4, 3), (Q2,), Q2),
        ({Q1: AGAIN}, date(2022, 4, 12), (Q1, Q2), Q2),
        ({Q1: TAKEN_BACK}, date(2022, 4, 3), (Q1, Q2), Q1),  # the closing before it has never been
        ({Q1: TAKEN_BACK}, date(2022, 4, 6), (Q2,), Q2),
        ({Q1: AGAIN}, date(2022, 8, 1), (Quarter(2022, 3),), Quarter(2022, 3)),
        (
            {Q1: reopened(at(8, 1), date(2022, 8, 5))},
            date(2022, 8, 2),
            (Q1, Quarter(2022, 3)),
            Quarter(2022, 3),
        ),
    ],
)
def test_the_quarters_that_take_reports_and_the_one_that_is_reported(words, day, open_on, reported):
    periods = Periods(grace_days={2022: 5}, words=words)
    assert (periods.open_on(day), periods.reported_on(day)) == (open_on, reported)


def test_a_year_without_a_plan_has_no_quarters():
    nothing = Periods(grace_days={})
    assert nothing.of(Q1) is None
    assert nothing.open_on(date(2022, 3, 31)) == ()
    assert nothing.reported_on(date(2022, 4, 1)) == Q2


def test_what_the_date_has_closed_is_overdue_until_the_books_say_so():
    asked = date(2022, 7, 20)
    assert [p.quarter for p in Periods(grace_days={2022: 5}).overdue(asked)] == [Q1, Q2]
    assert [p.quarter for p in Periods(grace_days={2022: 5}, words={Q1: BY_DATE}).overdue(asked)] == [Q2]
    ended = Periods(grace_days={2022: 5}, words={Q1: AGAIN})
    assert [p.last_day for p in ended.overdue(asked)] == [date(2022, 4, 20), date(2022, 7, 5)]
    assert ended.overdue(date(2022, 4, 20)) == ()


def test_the_date_closes_at_the_end_of_the_last_day_where_the_office_is():
    assert closed_by_date(date(2022, 4, 5), ZONE) == datetime(2022, 4, 5, 17, tzinfo=UTC)


def test_changes_are_amendments_since_the_first_close_that_was_not_taken_back():
    ended = replace(BY_DATE, until=AGAIN.at)
    taken_back = replace(BY_WORD, until=at(4, 2, 11))
    undone = reopened(at(4, 2, 11), date(2022, 4, 5), reason=None, until=BY_DATE.at)
    assert closed_since(()) is None
    assert closed_since((BY_DATE,)) == BY_DATE.at
    assert closed_since((ended, AGAIN)) == BY_DATE.at
    assert (
        closed_since((ended, replace(AGAIN, until=at(4, 21, 0)), closed(at(4, 21, 0), date(2022, 4, 20))))
        == BY_DATE.at
    )
    assert closed_since((taken_back, replace(undone, until=None))) is None
    assert closed_since((taken_back, undone, BY_DATE)) == BY_DATE.at


def test_the_reasons_of_the_times_that_it_was_open_again():
    ended = replace(AGAIN, until=at(4, 21, 0))
    words = (replace(BY_DATE, until=AGAIN.at), ended, closed(at(4, 21, 0), date(2022, 4, 20)))
    assert reasons_between(words, at(4, 6), at(4, 22)) == ("bổ sung",)
    assert reasons_between(words, at(4, 21, 0), at(4, 22)) == ()
    assert reasons_between(words, at(4, 6), at(4, 9)) == ()


@given(
    day=st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    grace=st.integers(0, 20),
    word=st.sampled_from([None, BY_DATE, BY_WORD, AGAIN]),
)
def test_a_quarter_is_open_or_closed_and_once_closed_stays_so(day, grace, word):
    periods = Periods(grace_days={2022: grace, 2023: grace}, words={} if word is None else {Q1: word})
    for quarter in periods.open_on(day):
        periods.must_be_open(quarter, day)
    assert periods.is_closed(Q1, day) is (Q1 not in periods.open_on(day))
    if periods.is_closed(Q1, day):
        assert periods.is_closed(Q1, day + timedelta(days=1))


def again(moment: datetime) -> Closing:
    """The closing that undoes a reopening."""
    return replace(closed(moment, date(2022, 4, 2), OFFICER), reason="hoàn tác")


def test_all_that_was_undone_has_never_been_since_its_first_word():
    reopens = reopened(at(4, 2, 11), date(2022, 4, 9))
    longer = reopened(at(4, 2, 12), date(2022, 4, 20))
    open_as_before = reopened(at(4, 2, 15), date(2022, 4, 5), reason=None)
    undone = (BY_WORD, reopens, longer, again(at(4, 2, 14)), open_as_before)
    assert closed_since(undone) is None
    assert undone_since(undone) == BY_WORD.at
    assert closed_since(undone[:4]) == BY_WORD.at
    assert undone_since(undone[:4]) == reopens.at
    assert undone_since(undone[:3]) is None
    assert closed_since((*undone, BY_DATE)) == BY_DATE.at


def test_a_closing_that_undoes_a_reopening_is_a_closing_and_no_reason_for_changes():
    undoing = again(at(4, 2, 14))
    assert not undoing.takes_back
    assert Period(quarter=Q1, grace_days=5, word=undoing).is_closed(date(2022, 4, 2))
    assert reasons_between((BY_WORD, undoing), at(4, 1), at(4, 30)) == ()
