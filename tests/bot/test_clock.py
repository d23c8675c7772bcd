from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ShiftedClock, SystemClock, open_clock, read_moment

START = datetime(2022, 3, 24, 0, 55, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class HandClock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


def test_the_system_s_clock_is_aware_and_does_not_run_back():
    clock = SystemClock()
    first = clock.now()
    assert first.utcoffset() == timedelta(0)
    assert clock.now() >= first


def test_a_shifted_clock_starts_there_and_runs_on():
    hand = HandClock()
    clock = ShiftedClock(START, hand)
    assert clock.now() == START
    hand.at += timedelta(minutes=5)
    assert clock.now() == START + timedelta(minutes=5)


def test_a_jump_goes_forward_and_the_clock_runs_on_from_there():
    hand = HandClock()
    clock = ShiftedClock(START, hand)
    clock.jump_to(START + timedelta(days=7))
    hand.at += timedelta(seconds=1)
    assert clock.now() == START + timedelta(days=7, seconds=1)


def test_time_never_runs_back():
    clock = ShiftedClock(START, HandClock())
    clock.jump_to(START - timedelta(days=1))
    assert clock.now() == START


def test_without_a_start_the_clock_is_the_system_s():
    assert isinstance(open_clock(None), SystemClock)
    assert isinstance(open_clock(START), ShiftedClock)


@pytest.mark.parametrize(
    "text",
    [
        "2022-03-24T07:55",
        "2022-03-24 07:55",
        "2022-03-24T07:55+07:00",
        "2022-03-24T00:55Z",
    ],
)
def test_a_moment_is_read_in_its_zone(text):
    assert read_moment(text, HANOI) == START


@pytest.mark.parametrize("text", ["", "mai", "2022-13-01T00:00"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError, match=r"isoformat|month"):
        read_moment(text, HANOI)
