"""The clockwork: a handful of heartbeats that call what they are given; it knows no business.

Nothing is kept here: what has been seen to is in the books, so a process that was down catches up,
and several processes may beat at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """Something to look after every so often: `tick` is told the time, in UTC, and may be late or missed."""

    name: str
    every: timedelta
    tick: Callable[[datetime], Awaitable[None]]


class Clockwork:
    """Runs heartbeats on the event loop by the time that `now` tells; a fault is logged and the next beat comes."""

    def __init__(self, heartbeats: Sequence[Heartbeat], now: Callable[[], datetime]) -> None:
        self._heartbeats = tuple(heartbeats)
        self._now = now
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=UTC,
        )

    def start(self) -> None:
        """Beat at once and then regularly; to be called on a running event loop."""
        for heartbeat in self._heartbeats:
            trigger = IntervalTrigger(seconds=heartbeat.every.total_seconds(), timezone=UTC)
            self._scheduler.add_job(self._beat, trigger, args=[heartbeat], name=heartbeat.name)
        self._scheduler.start()
        self.beat()

    def beat(self) -> None:
        """Let every heartbeat beat once as soon as can be, such as after the clock was set forward."""
        for heartbeat in self._heartbeats:
            self._scheduler.add_job(self._beat, args=[heartbeat], name=heartbeat.name)

    def stop(self) -> None:
        """Beat no more; a beat that is under way is left to end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _beat(self, heartbeat: Heartbeat) -> None:
        await heartbeat.tick(self._now())
