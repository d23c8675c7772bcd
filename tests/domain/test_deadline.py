"""Deadlines: the days on which reminders and roll-ups fall, and who is told what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import (
    AFTER_GRACE,
    LAST_DAY,
    STEPS,
    Moment,
    Recipient,
    Reminder,
    Step,
    Timetable,
    closes_on,
    due,
    fired,
    is_closed,
    reminder_moments,
    reported_quarter,
    roll_up_key,
    roll_up_moments,
)
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import Filed, FilingKind, Tally, UnitProgress

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GRACE = 5
NEW_YEAR = {date(2024, 1, 1), date(2023, 1, 2)}
TABLE = Timetable(zone=ZONE, is_holiday=NEW_YEAR.__contains__)
Q1 = Quarter(2022, 1)


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def days(quarter: Quarter, table: Timetable = TABLE) -> list[str]:
    return [f"{m.at.astimezone(ZONE):%d/%m %H:%M}" for m in reminder_moments(quarter, GRACE, table)]


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        (Quarter(2022, 1), ["16/03 08:00", "24/03 08:00", "28/03 08:00", "30/03 08:00", "31/03 08:00"]),
        (Quarter(2022, 2), ["15/06 08:00", "23/06 08:00", "27/06 08:00", "29/06 08:00", "30/06 08:00"]),
        # 24 and 31 December 2023 are Sundays: the last step takes the 30th and pushes the one before it
        (Quarter(2023, 4), ["16/12 08:00", "23/12 08:00", "28/12 08:00", "29/12 08:00", "30/12 08:00"]),
        (Quarter(2025, 3), ["15/09 08:00", "23/09 08:00", "27/09 08:00", "29/09 08:00", "30/09 08:00"]),
    ],
)
def test_reminders_fall_on_working_days_before_the_end(quarter: Quarter, expected: list[str]) -> None:
    assert days(quarter) == expected


def test_a_holiday_moves_a_reminder_to_the_day_before() -> None:
    table = Timetable(zone=ZONE, is_holiday={date(2022, 3, 24)}.__contains__)
    assert days(Q1, table)[1] == "23/03 08:00"


def test_the_moments_are_told_in_utc() -> None:
    moments = (*reminder_moments(Q1, GRACE, TABLE), *roll_up_moments(Q1, GRACE, TABLE))
    assert {moment.at.tzinfo for moment in moments} == {UTC}


quarters = st.builds(Quarter, st.integers(2020, 2060), st.integers(1, 4))
holidays = st.sets(st.integers(0, 24)).map(frozenset)


@given(quarters, holidays)
def test_no_two_reminders_share_a_day_and_none_comes_late(quarter: Quarter, before: frozenset[int]) -> None:
    off = {quarter.last_day - timedelta(days=n) for n in before}
    table = Timetable(zone=ZONE, is_holiday=off.__contains__)
    moments = reminder_moments(quarter, GRACE, table)
    fall = [moment.at.astimezone(ZONE).date() for moment in moments]
    assert len(set(fall)) == len(STEPS)
    assert fall == sorted(fall)
    assert all(table.is_working_day(day) and day <= quarter.last_day for day in fall)
    assert [moment.name for moment in moments] == [step.name for step in STEPS]
    for moment, step in zip(moments, STEPS, strict=True):
        assert moment.at.astimezone(ZONE).date() <= quarter.last_day - timedelta(days=step.days_before)


@given(quarters)
def test_a_reminder_is_out_of_date_when_the_next_one_comes(quarter: Quarter) -> None:
    moments = reminder_moments(quarter, GRACE, TABLE)
    assert [m.until for m in moments[:-1]] == [m.at for m in moments[1:]]
    assert TABLE.today(moments[-1].until - timedelta(seconds=1)) == closes_on(quarter, GRACE)


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
    assert TABLE.may_speak(now) is may


# -- what is due -------------------------------------------------------------------------------------


def row(number: int, target: int, admitted: int = 0, filed: FilingKind | None = None) -> UnitProgress:
    unit = Unit(
        id=UnitId(number), kind=UnitKind.GRASSROOTS, name=str(number), short=str(number), code=str(number)
    )
    return UnitProgress(
        unit=unit,
        quarter=Q1,
        target=Tally(quarter=target),
        admitted=Tally(quarter=admitted),
        filed=None if filed is None else Filed(kind=filed, at=local(2022, 3, 20)),
    )


def standings(*rows: UnitProgress) -> dict[UnitId, UnitProgress]:
    return {each.unit.id: each for each in rows}


def recipient(person: int, unit: int, role: Role = Role.SECRETARY) -> Recipient:
    return Recipient(person=PersonId(person), unit=UnitId(unit), role=role)


MOMENTS = reminder_moments(Q1, GRACE, TABLE)
SEVENTH = MOMENTS[1:2]


def keys(reminders: Iterator[Reminder]) -> list[tuple[str, ...]]:
    return [reminder.keys for reminder in reminders]


@pytest.mark.parametrize(
    ("unit", "is_told"),
    [
        (row(1, 2), True),
        (row(1, 2, 1), True),
        (row(1, 2, 2), False),
        (row(1, 2, 3), False),
        (row(1, 2, 0, FilingKind.NIL), False),
        (row(1, 2, 1, FilingKind.NIL), True),
        (row(1, 2, 1, FilingKind.FILED), False),
        (row(1, 0), False),
        (row(1, 0, 1), False),
    ],
)
def test_only_units_that_owe_a_report_are_reminded(unit: UnitProgress, is_told: bool) -> None:
    expected = [("reminder:1:2022-Q1:7:9",)] if is_told else []
    assert keys(due(SEVENTH, standings(unit), [recipient(9, 1)])) == expected


@pytest.mark.parametrize(
    ("role", "is_told"),
    [
        (Role.SECRETARY, True),
        (Role.DEPUTY, True),
        (Role.CELL_SECRETARY, True),
        (Role.OVERSEER, False),
        (Role.DISTRICT, False),
        (Role.ADMIN, False),
    ],
)
def test_those_who_report_for_the_unit_are_reminded(role: Role, is_told: bool) -> None:
    assert bool(list(due(SEVENTH, standings(row(1, 2)), [recipient(9, 1, role)]))) is is_told


def test_a_person_with_several_units_gets_one_message() -> None:
    told = due(SEVENTH, standings(row(1, 2), row(2, 1), row(3, 0)), [recipient(9, n) for n in (1, 2, 3)])
    assert keys(told) == [("reminder:1:2022-Q1:7:9", "reminder:2:2022-Q1:7:9")]


def test_a_person_with_two_roles_in_a_unit_is_told_of_it_once() -> None:
    held = [recipient(9, 1), recipient(9, 1, Role.DEPUTY)]
    assert keys(due(SEVENTH, standings(row(1, 2)), held)) == [("reminder:1:2022-Q1:7:9",)]


def test_after_a_gap_only_the_latest_step_is_said() -> None:
    told = list(due(MOMENTS[1:4], standings(row(1, 2)), [recipient(9, 1)]))
    assert keys(iter(told)) == [("reminder:1:2022-Q1:1:9",)]
    assert told[0].until == MOMENTS[4].at


def test_nothing_is_said_when_no_step_has_fired() -> None:
    assert not list(due((), standings(row(1, 2)), [recipient(9, 1)]))


rows = st.builds(
    row,
    st.integers(1, 12),
    st.integers(0, 3),
    st.integers(0, 4),
    st.sampled_from([None, FilingKind.NIL, FilingKind.FILED]),
)
appointments = st.lists(
    st.builds(recipient, st.integers(1, 8), st.integers(1, 12), st.sampled_from(sorted(Role))), max_size=30
).map(lambda held: sorted(held, key=lambda each: each.person))
ticks = st.lists(st.integers(0, 26 * 24 * 60), min_size=1, max_size=40).map(sorted)


def run(times: list[int], units: dict[UnitId, UnitProgress], held: list[Recipient]) -> list[str]:
    """What is said when the heartbeat ticks at these minutes after 10 March, and once more at the very end."""
    since, said = local(2022, 3, 10, 0), []
    for now in [*(since + timedelta(minutes=m) for m in times), local(2022, 4, 5, 20)]:
        if TABLE.may_speak(now):
            moments = fired(MOMENTS, since, now)
            said += [key for reminder in due(moments, units, held) for key in reminder.keys]
            since = now
    return said


@given(ticks, st.lists(rows, max_size=12), appointments)
def test_whenever_the_clock_ticks_nothing_is_said_twice_and_none_is_lost(
    times: list[int], units: list[UnitProgress], held: list[Recipient]
) -> None:
    table = standings(*units)
    said = run(times, table, held)
    assert len(said) == len(set(said))
    reporting = {Role.SECRETARY, Role.DEPUTY, Role.CELL_SECRETARY}
    owing = {(h.unit, h.person) for h in held if h.role in reporting and owes(table.get(h.unit))}
    # the last tick says at least the last step to everybody who owes, however long the clock slept
    assert {(UnitId(int(key.split(":")[1])), PersonId(int(key.split(":")[4]))) for key in said} == owing


def owes(unit: UnitProgress | None) -> bool:
    """The rule once more, in other words than the domain's."""
    if unit is None or unit.admitted.quarter >= unit.target.quarter:
        return False
    if unit.filed is None:
        return True
    return unit.filed.kind is FilingKind.NIL and unit.admitted.quarter > 0


@given(st.lists(rows, max_size=12), appointments)
def test_units_that_are_not_due_filed_or_reached_are_never_reminded(
    units: list[UnitProgress], held: list[Recipient]
) -> None:
    table = standings(*units)
    for reminder in due(SEVENTH, table, held):
        for unit in (owed.progress for owed in reminder.units):
            assert unit.target.quarter > unit.admitted.quarter
            assert unit.filed is None or (unit.filed.kind is FilingKind.NIL and unit.admitted.quarter > 0)


@given(st.lists(rows, max_size=12), appointments)
def test_every_person_gets_at_most_one_message(units: list[UnitProgress], held: list[Recipient]) -> None:
    people = [reminder.person for reminder in due(SEVENTH, standings(*units), held)]
    assert len(people) == len(set(people))


def test_an_hour_of_another_step_is_respected() -> None:
    steps = (STEPS[0], Step(name="noon", days_before=0, at=time(12)))
    moments: tuple[Moment, ...] = reminder_moments(
        Q1, GRACE, Timetable(zone=ZONE, is_holiday=lambda _: False, steps=steps)
    )
    assert moments[-1].at == local(2022, 3, 31, 12)


def test_units_that_somebody_else_has_spoken_of_are_left_out() -> None:
    (told,) = due(SEVENTH, standings(row(1, 2), row(2, 1)), [recipient(9, 1), recipient(9, 2)])
    left = told.only({"reminder:2:2022-Q1:7:9"})
    assert left is not None
    assert left.keys == ("reminder:2:2022-Q1:7:9",)
    assert told.only(set()) is None
    assert told.only(told.keys) == told
