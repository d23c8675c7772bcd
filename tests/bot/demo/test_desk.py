from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import ShiftedClock
from bot.demo.desk import Desk
from domain.office import Office
from scheduler.days_off import timetable_of
from storage.data import shipped_plan

START = datetime(2022, 3, 24, 0, 55, tzinfo=UTC)


class StillClock:
    """A clock that stands."""

    def now(self) -> datetime:
        return START


class Room:
    """A desk with its clock, and how often things were let happen."""

    def __init__(self, start: datetime = START) -> None:
        self.clock = ShiftedClock(start, StillClock())
        self.beats: list[datetime] = []
        self.desk = Desk((), self.clock, timetable_of(Office()), shipped_plan(), self._beat)

    async def _beat(self) -> None:
        self.beats.append(self.clock.now())


def _hanoi(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_the_next_reminder_is_minutes_away_when_the_demo_opens():
    desk = Room().desk
    assert desk.next_reminder() == _hanoi("2022-03-24T08:00")
    assert desk.quarter_end() == _hanoi("2022-03-31T17:00")


async def test_a_jump_sets_the_clock_and_lets_happen_what_fell_due():
    room = Room()
    await room.desk.jump(_hanoi("2022-03-31T17:00"))
    assert room.desk.now() == _hanoi("2022-03-31T17:00")
    assert room.beats == [_hanoi("2022-03-31T17:00")]


async def test_after_a_quarter_s_end_the_next_one_is_ahead():
    room = Room()
    await room.desk.jump(room.desk.quarter_end())
    assert room.desk.quarter_end() == _hanoi("2022-06-30T17:00")
    reminder = room.desk.next_reminder()
    assert reminder is not None
    assert reminder == _hanoi("2022-04-02T08:00")


async def test_time_does_not_run_backwards():
    room = Room()
    with pytest.raises(ValueError, match="backwards"):
        await room.desk.jump(START - timedelta(seconds=1))
    assert room.beats == []


def test_after_the_plan_s_year_there_is_nothing_to_remind_of():
    assert Room(_hanoi("2022-12-31T12:00")).desk.next_reminder() == _hanoi("2023-01-03T08:00")
    assert Room(_hanoi("2023-01-04T12:00")).desk.next_reminder() is None
