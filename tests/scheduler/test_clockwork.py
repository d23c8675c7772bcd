"""The clockwork beats by the clock it was given, survives a fault and beats when asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from scheduler.clockwork import Clockwork, Heartbeat
from tests.harness.patience import WITHIN

AT = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
SELDOM = timedelta(days=1)


@asynccontextmanager
async def beating(*heartbeats: Heartbeat) -> AsyncIterator[Clockwork]:
    clockwork = Clockwork(heartbeats, lambda: AT)
    clockwork.start()
    try:
        async with asyncio.timeout(WITHIN):
            yield clockwork
    finally:
        clockwork.stop()


def into(beats: asyncio.Queue[datetime]) -> Callable[[datetime], Awaitable[None]]:
    return beats.put


async def test_it_beats_at_once_and_tells_the_time_it_was_given():
    beats: asyncio.Queue[datetime] = asyncio.Queue()
    async with beating(Heartbeat(name="a", every=SELDOM, tick=into(beats))):
        assert await beats.get() == AT


async def test_it_goes_on_beating():
    beats: asyncio.Queue[datetime] = asyncio.Queue()
    async with beating(Heartbeat(name="a", every=timedelta(milliseconds=20), tick=into(beats))):
        for _ in range(4):
            await beats.get()


async def test_it_beats_when_asked():
    beats: asyncio.Queue[datetime] = asyncio.Queue()
    async with beating(Heartbeat(name="a", every=SELDOM, tick=into(beats))) as clockwork:
        await beats.get()
        clockwork.beat()
        await beats.get()


async def test_a_fault_is_logged_and_the_next_beat_comes(caplog):
    beats: asyncio.Queue[datetime] = asyncio.Queue()

    async def faulty(now: datetime) -> None:
        await beats.put(now)
        raise RuntimeError("the disk is full")

    with caplog.at_level(logging.ERROR, logger="apscheduler"):
        async with beating(Heartbeat(name="a", every=timedelta(milliseconds=20), tick=faulty)):
            await beats.get()
            await beats.get()
    assert "the disk is full" in caplog.text


async def test_stopping_twice_is_harmless():
    clockwork = Clockwork([], lambda: AT)
    clockwork.start()
    clockwork.stop()
    await asyncio.sleep(0)
    clockwork.stop()
