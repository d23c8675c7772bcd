"""Asking for events: one at a time, idle polls are no errors, and what could not be put down is kept."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from tests.harness import zalo_faults as faults
from tests.harness.patience import WITHIN


@contextlib.asynccontextmanager
async def polling(channel, desk):
    stop = asyncio.Event()
    task = asyncio.create_task(channel.poll(desk.receive, stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)


async def taken(desk, number):
    async with asyncio.timeout(WITHIN):
        while len(desk.taken) < number:
            desk.took.clear()
            await desk.took.wait()


async def test_events_come_one_by_one_and_idle_polls_are_nothing(server, channel, desk, waits, caplog):
    async with polling(channel, desk):
        await server.until(lambda: len(server.calls_of("getUpdates")) > 2)
        for text in ("một", "hai", "ba"):
            await server.person("b7c0").says(text)
        await taken(desk, 3)
    assert desk.texts == ["một", "hai", "ba"]
    assert waits == []
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) == 1, "that polling cannot be relied on is said once, and nothing else"
    assert "is lost" in told[0].getMessage()


async def test_what_the_books_do_not_take_is_kept_and_handed_in_again(server, channel, desk, waits):
    desk.closed = 2
    async with polling(channel, desk):
        await server.person("b7c0").says("một")
        await taken(desk, 1)
    assert waits == [1.0, 2.0]


async def test_trouble_makes_it_wait_longer_and_longer_and_then_it_goes_on(server, channel, desk, waits):
    server.fails("getUpdates", faults.server_error(), times=3)
    async with polling(channel, desk):
        await server.person("b7c0").says("một")
        await taken(desk, 1)
    assert waits == [1.0, 2.0, 4.0]


async def test_a_webhook_shuts_polling_out_until_it_is_taken_away(server, channel, desk, waits):
    await channel.use_webhook(f"{server.url}/botx/hook", "mat-khau-dai")
    async with polling(channel, desk):
        await server.until(lambda: len(server.calls_of("getUpdates")) > 1)
        await channel.use_polling()
        await server.person("b7c0").says("một")
        await taken(desk, 1)
    assert waits


async def test_it_stops_in_the_middle_of_a_poll(server, channel, desk):
    server.idle_seconds = 60
    async with polling(channel, desk):
        await server.until(lambda: bool(server.calls_of("getUpdates")))
