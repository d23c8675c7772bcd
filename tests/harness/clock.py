"""A clock that stands until a test moves it; whoever sleeps on it wakes when it gets there."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

from tests.harness.patience import WITHIN


class StandingClock:
    """Gives `now` and `sleep` to the code under test, and `advance` to the test."""

    def __init__(self, start: datetime = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._slept = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Sleep until the test has moved the clock so far."""
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if seconds <= 0:
            wake.set_result(None)
            return wake
        until = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (until, next(self._numbers), wake))
        self._slept.set()
        return wake

    async def advance(self, seconds: float, within: float = WITHIN) -> None:
        """Move the clock as soon as somebody sleeps on it, and wake those whose time has come."""
        async with asyncio.timeout(within):
            while all(wake.done() for _, _, wake in self._sleepers):
                self._slept.clear()
                await self._slept.wait()
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            _, _, wake = heapq.heappop(self._sleepers)
            if not wake.done():
                wake.set_result(None)

    def set_back(self, seconds: float) -> None:
        """Show an earlier time from now on; whoever sleeps does so no longer for that."""
        by = timedelta(seconds=seconds)
        self._now -= by
        self._sleepers = [(until - by, number, wake) for until, number, wake in self._sleepers]
