"""What has become of letters, written into the books in groups."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from scheduler.alarm import Alarm, Shut
from scheduler.offer import withdraw
from scheduler.quota import Meter
from storage.queries import delivery
from storage.queries.delivery import Outcome
from storage.session import Session

log = logging.getLogger(__name__)

T = TypeVar("T")

AGAIN_SECONDS: Final = 1.0
BEFORE_ALL: Final = timedelta(days=3)
"""What is hastened is due as if it had waited since then."""


class Books(Protocol):
    """Where all work on the database is done, off the event loop."""

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do a piece of work in a transaction; returns when it is committed."""


class Recorder:
    """Gathers outcomes while a group is being written; keeps them until the books have them.

    `by` is the process that leased the letters. `written` is told of each group that is in the books. `meter` counts
    what a channel takes that does not take as much as one likes, `alarm` sees to a channel that takes nothing.
    """

    def __init__(
        self,
        books: Books,
        *,
        by: str,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]],
        written: Callable[[Sequence[Outcome]], None],
        meter: Meter | None = None,
        alarm: Alarm | None = None,
    ) -> None:
        self._meter, self._alarm = meter, alarm
        self._books, self._by, self._now, self._pause, self._written = books, by, now, pause, written
        self._outcomes: list[Outcome] = []
        self._hasten: set[int] = set()
        self._shut: Shut | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, outcome: Outcome) -> None:
        """Have an outcome written down."""
        self._outcomes.append(outcome)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())

    def hasten(self, address_id: int) -> None:
        """Have what waits for an address tried before everything else; goes with the next outcome noted."""
        self._hasten.add(address_id)

    def shut(self, shut: Shut) -> None:
        """The channel takes nothing: have it seen to; goes with the next outcome noted."""
        self._shut = shut

    async def until_written(self) -> None:
        """Wait until everything is in the books."""
        while self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._outcomes:
            outcomes, self._outcomes = self._outcomes, []
            hasten, self._hasten = self._hasten, set()
            shut = self._shut
            if await self._write(outcomes, hasten, shut):
                self._shut = None if self._shut is shut else self._shut
                self._written(outcomes)
            else:
                self._outcomes = outcomes + self._outcomes
                self._hasten |= hasten
                await self._pause(AGAIN_SECONDS)
        self._writing = None

    async def _write(self, outcomes: Sequence[Outcome], hasten: set[int], shut: Shut | None) -> bool:
        now = self._now()

        def work(session: Session) -> None:
            withdraw(session, delivery.record(session, outcomes, by=self._by, at=now), now)
            if self._meter is not None:
                self._meter.note(session, outcomes, now)
            if shut is not None and self._alarm is not None:
                self._alarm.sound(session, shut, now)
            if hasten:
                delivery.hasten(session, hasten, now - BEFORE_ALL)

        try:
            await self._books.run(work)
        except Exception:
            log.exception("what has become of %d messages could not be written down", len(outcomes))
            return False
        return True
