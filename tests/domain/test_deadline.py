"""Deadlines: the days on which reminders and roll-ups fall, and who is told what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.deadline import (
    AFTER_GRACE,
    LAST_DAY,
    Timetable,
    closes_on,
    fired,
    is_closed,
    reported_quarter,
    roll_up_key,
    roll_up_moments,
)
from domain.people import PersonId
from domain.period import Quarter

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GRACE = 5
NEW_YEAR = {date(2024, 1, 1), date(2023, 1, 2)}
TABLE = Timetable(zone=ZONE, is_holiday=NEW_YEAR.__contains__)
Q1 = Quarter(2022, 1)
SECOND = timedelta(seconds=1)


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def test_the_moments_are_told_in_utc() -> None:
    moments = roll_up_moments(Q1, GRACE, TABLE)
    assert {moment.at.tzinfo for moment in moments} == {UTC}


@pytest.mark.parametrize(
    ("quarter", "ends", "closes"),
    [
        (Quarter(2022, 1), "31/03 17:00", "06/04 17:00"),
        (Quarter(2022, 4), "31/12 17:00", "06/01 17:00"),
        # the last day is a Sunday and the day after it a holiday
        (Quarter(2023, 4), "02/01 17:00", "06/01 17:00"),
    ],
)
def test_roll_ups_come_at_the_end_and_after_the_days_of_grace(
    quarter: Quarter, ends: str, closes: str
) -> None:
    moments = roll_up_moments(quarter, GRACE, TABLE)
    assert [m.name for m in moments] == [LAST_DAY, AFTER_GRACE]
    assert [f"{m.at.astimezone(ZONE):%d/%m %H:%M}" for m in moments] == [ends, closes]


def test_a_moment_has_fired_once_it_has_come_and_was_not_seen_before() -> None:
    first, second = roll_up_moments(Q1, GRACE, TABLE)
    assert fired((first, second), first.at, second.at) == (second,)
    assert fired((first, second), first.at - SECOND, second.at - SECOND) == (first,)


def test_two_roll_ups_that_fall_together_are_one() -> None:
    assert [m.name for m in roll_up_moments(Quarter(2023, 4), 0, TABLE)] == [AFTER_GRACE]


def test_the_key_of_a_roll_up_names_quarter_moment_and_person() -> None:
    assert roll_up_key(roll_up_moments(Q1, GRACE, TABLE)[0], PersonId(7)) == "rollup:2022-Q1:last_day:7"


def test_a_quarter_is_open_until_its_days_of_grace_are_over() -> None:
    assert closes_on(Q1, GRACE) == date(2022, 4, 5)
    assert not is_closed(Q1, GRACE, date(2022, 4, 5))
    assert is_closed(Q1, GRACE, date(2022, 4, 6))


@pytest.mark.parametrize(
    ("today", "grace", "quarter"),
    [
        (date(2022, 3, 31), GRACE, Q1),
        (date(2022, 4, 5), GRACE, Q1),
        (date(2022, 4, 6), GRACE, Q1.next),
        (date(2022, 4, 1), 0, Q1.next),
        (date(2022, 1, 2), None, Q1),  # there was no plan for the year before
    ],
)
def test_the_quarter_before_is_reported_while_its_days_of_grace_last(
    today: date, grace: int | None, quarter: Quarter
) -> None:
    assert reported_quarter(today, grace) == quarter


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (local(2022, 3, 24, 6, 59), False),
        (local(2022, 3, 24, 7), True),
        (local(2022, 3, 24, 20, 59), True),
        (local(2022, 3, 24, 21), False),
        (local(2022, 3, 27, 8), False),  # a Sunday
        (local(2023, 1, 2, 8), False),  # a holiday
        (local(2022, 3, 26, 8), True),  # a Saturday
    ],
)
def test_nobody_is_spoken_to_at_night_or_on_a_day_off(now: datetime, may: bool) -> None:
    """The hours are the office's, whatever zone the clock tells its time in."""
    assert TABLE.may_speak(now) is TABLE.may_speak(now.astimezone(UTC)) is may


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (local(2022, 3, 24, 5), local(2022, 3, 24, 7)),
        (local(2022, 3, 24, 20, 59), local(2022, 3, 24, 20, 59)),
        (local(2022, 3, 24, 21), local(2022, 3, 25, 7)),
        (local(2022, 3, 26, 22), local(2022, 3, 28, 7)),  # a Sunday lies between
        (local(2023, 1, 1, 5), local(2023, 1, 3, 7)),  # a Sunday and a holiday
    ],
)
def test_what_may_not_be_said_now_waits_for_the_next_morning_on_which_it_may(
    now: datetime, then: datetime
) -> None:
    assert TABLE.next_hour(now) == TABLE.next_hour(now.astimezone(UTC)) == then


def test_the_day_is_that_of_the_office_also_while_it_is_still_yesterday_in_utc() -> None:
    assert TABLE.today(datetime(2022, 3, 30, 17, tzinfo=UTC)) == date(2022, 3, 31)
    assert TABLE.today(datetime(2022, 3, 30, 16, 59, tzinfo=UTC)) == date(2022, 3, 30)
