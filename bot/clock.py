"""The clock: the only place that looks at the computer's own; everybody else is told the time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This moment, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a given moment and runs on at the usual pace."""

    def __init__(self, start: datetime, under: Clock | None = None) -> None:
        self._under: Clock = under or SystemClock()
        self._ahead = start.astimezone(UTC) - self._under.now()

    def now(self) -> datetime:
        """This moment as the shifted clock shows it, in UTC."""
        return self._under.now() + self._ahead

    def jump_to(self, moment: datetime) -> None:
        """Set the clock forward; a moment that has passed leaves it as it is, for time never runs back."""
        self._ahead = max(self._ahead, moment.astimezone(UTC) - self._under.now())


def open_clock(start: datetime | None) -> Clock:
    """The clock of this process: the computer's, or one that starts at `start`."""
    return SystemClock() if start is None else ShiftedClock(start)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read an ISO time such as `2022-03-24T07:55` as a moment in UTC.

    Without an offset it is meant in `zone`; ValueError when it is not a time.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)
