"""The ladder: the days on which reminders fall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import Step, Timetable, closes_on
from domain.ladder import Rung, echoes, reminder_moments, rung_of
from domain.office import Office
from domain.people import REPORTING_ROLES, Role
from domain.period import Quarter
from scheduler.days_off import timetable_of
from scheduler.reminder_file import shipped_rules

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GRACE = 5
STEPS = shipped_rules().steps
NEW_YEAR = {date(2024, 1, 1), date(2023, 1, 2)}
TABLE = Timetable(zone=ZONE, is_holiday=NEW_YEAR.__contains__, steps=STEPS)
Q1 = Quarter(2022, 1)


def days(quarter: Quarter, table: Timetable = TABLE) -> list[str]:
    return [f"{m.at.astimezone(ZONE):%d/%m}" for m in reminder_moments(quarter, GRACE, table)]


@pytest.mark.parametrize(
    ("quarter", "before", "after"),
    [
        (Quarter(2022, 1), ["16/03", "24/03", "28/03", "30/03", "31/03"], ["02/04", "04/04"]),
        (Quarter(2022, 2), ["15/06", "23/06", "27/06", "29/06", "30/06"], ["02/07", "04/07"]),
        # 2 October 2022 is a Sunday
        (Quarter(2022, 3), ["15/09", "23/09", "27/09", "29/09", "30/09"], ["03/10", "04/10"]),
        # 1 January 2023 is a Sunday, 2 January the day given for it
        (Quarter(2022, 4), ["16/12", "24/12", "28/12", "30/12", "31/12"], ["03/01", "04/01"]),
        # 24 and 31 December 2023 are Sundays: the last step takes the 30th and pushes the one before it
        (Quarter(2023, 4), ["16/12", "23/12", "28/12", "29/12", "30/12"], ["02/01", "04/01"]),
        # 5 October 2025 is a Sunday and the last day for reports
        (Quarter(2025, 3), ["15/09", "23/09", "27/09", "29/09", "30/09"], ["02/10", "04/10"]),
        # 2 January 2026 was given in exchange for a Saturday
        (Quarter(2025, 4), ["16/12", "24/12", "27/12", "30/12", "31/12"], ["03/01", "05/01"]),
        (Quarter(2026, 1), ["16/03", "24/03", "28/03", "30/03", "31/03"], ["02/04", "04/04"]),
        (Quarter(2026, 2), ["15/06", "23/06", "27/06", "29/06", "30/06"], ["02/07", "04/07"]),
        # 27 September 2026 is a Sunday, and so is 4 October
        (Quarter(2026, 3), ["15/09", "23/09", "26/09", "29/09", "30/09"], ["02/10", "05/10"]),
        (Quarter(2026, 4), ["16/12", "24/12", "28/12", "30/12", "31/12"], ["02/01", "04/01"]),
    ],
)
def test_reminders_fall_on_working_days_around_the_end(
    quarter: Quarter, before: list[str], after: list[str]
) -> None:
    assert days(quarter, timetable_of(Office())) == [*before, *after]


def test_a_holiday_moves_a_reminder_to_the_day_before() -> None:
    table = replace(TABLE, is_holiday={date(2022, 3, 24)}.__contains__)
    assert days(Q1, table)[1] == "23/03"


def test_a_holiday_after_the_end_moves_a_reminder_to_the_day_after_as_long_as_reports_are_taken() -> None:
    table = replace(TABLE, is_holiday={date(2022, 4, 4)}.__contains__)
    assert days(Q1, table)[-2:] == ["02/04", "05/04"]
    table = replace(TABLE, is_holiday={date(2022, 4, 4), date(2022, 4, 5)}.__contains__)
    assert days(Q1, table)[-2:] == ["01/04", "02/04"]


def test_without_days_of_grace_nobody_is_reminded_after_the_end() -> None:
    assert [m.name for m in reminder_moments(Q1, 0, TABLE)] == ["15", "7", "3", "1", "0"]


def test_the_moments_are_told_in_utc() -> None:
    assert {moment.at.tzinfo for moment in reminder_moments(Q1, GRACE, TABLE)} == {UTC}


quarters = st.builds(Quarter, st.integers(2020, 2060), st.integers(1, 4))
holidays = st.sets(st.integers(-8, 24)).map(frozenset)


@given(quarters, holidays)
def test_no_two_reminders_share_a_day_and_none_comes_late(quarter: Quarter, before: frozenset[int]) -> None:
    off = {quarter.last_day - timedelta(days=n) for n in before}
    table = replace(TABLE, is_holiday=off.__contains__)
    moments = reminder_moments(quarter, GRACE, table)
    fall = [moment.at.astimezone(ZONE).date() for moment in moments]
    assert len(set(fall)) == len(fall)
    assert fall == sorted(fall)
    assert all(table.is_working_day(day) for day in fall)
    steps = {step.name: step for step in STEPS}
    names = [moment.name for moment in moments]
    assert names[:5] == ["15", "7", "3", "1", "0"]
    assert names[5:] in (["after_2", "after_4"], ["after_4"], [])
    for moment, day in zip(moments, fall, strict=True):
        step = steps[moment.name]
        if step.days <= 0:
            assert day <= quarter.last_day + timedelta(days=step.days)
        else:
            assert quarter.last_day < day <= closes_on(quarter, GRACE)


@given(quarters)
def test_a_reminder_is_out_of_date_when_the_next_one_comes(quarter: Quarter) -> None:
    moments = reminder_moments(quarter, GRACE, TABLE)
    assert [m.until for m in moments[:-1]] == [m.at for m in moments[1:]]
    assert TABLE.today(moments[-1].until - timedelta(seconds=1)) == closes_on(quarter, GRACE)


def test_a_step_for_others_leaves_the_one_before_in_date() -> None:
    alone = Step(name="district", days=-2, at=time(8), to=frozenset({Role.DISTRICT}))
    moments = reminder_moments(Q1, GRACE, replace(TABLE, steps=(*STEPS, alone)))
    until = {moment.name: f"{moment.until.astimezone(ZONE):%d/%m}" for moment in moments}
    assert (until["3"], until["district"]) == ("30/03", "04/04")


def test_an_hour_of_another_step_is_respected() -> None:
    steps = (STEPS[0], Step(name="noon", days=0, at=time(12), to=REPORTING_ROLES))
    moments = reminder_moments(Q1, GRACE, replace(TABLE, steps=steps))
    assert moments[-1].at == datetime(2022, 3, 31, 12, tzinfo=ZONE)


def test_those_above_the_secretary_are_told_on_the_days_after_of_what_they_might_not_hear_before() -> None:
    moments = reminder_moments(Q1, GRACE, TABLE)
    found = [(f"{m.at.astimezone(ZONE):%d/%m}", m.name, len(m.to)) for m in echoes(moments, TABLE)]
    assert found == [("29/03", "3", 1), ("01/04", "0", 2), ("05/04", "after_4", 3)]
    assert all(Role.SECRETARY not in moment.to for moment in echoes(moments, TABLE))


@given(quarters, holidays)
def test_an_echo_comes_on_a_working_day_before_the_next_step(quarter: Quarter, off: frozenset[int]) -> None:
    free = {quarter.last_day - timedelta(days=n) for n in off}
    table = replace(TABLE, is_holiday=free.__contains__)
    moments = reminder_moments(quarter, GRACE, table)
    spoken = {moment.at for moment in moments}
    for echo in echoes(moments, table):
        assert table.is_working_day(table.today(echo.at))
        assert echo.at < echo.until
        assert echo.at not in spoken


def test_every_role_stands_on_a_rung() -> None:
    assert [rung_of(role) for role in Role] == [
        Rung.SECRETARY,
        Rung.SECRETARY,
        Rung.DEPUTY,
        Rung.OVERSEER,
        Rung.DISTRICT,
        Rung.DISTRICT,
    ]
