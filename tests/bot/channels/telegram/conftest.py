"""A bot on the fake Telegram, and a desk that takes what it hands in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import TelegramChannel
from tests.harness.patience import WITHIN
from tests.harness.receiving import Desk
from tests.harness.telegram_server import TelegramServer

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=lambda: NOW) as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """How long the channel has waited between tries, in place of waiting."""
    return []


@pytest.fixture
async def channel(server: TelegramServer, waits: list[float]) -> AsyncIterator[TelegramChannel]:
    async def pause(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    channel = TelegramChannel(token=server.token, now=lambda: NOW, api_url=server.url, pause=pause)
    yield channel
    await channel.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@contextlib.asynccontextmanager
async def polling(channel: TelegramChannel, desk: Desk) -> AsyncIterator[None]:
    """The channel polls while inside."""
    stop = asyncio.Event()
    task = asyncio.create_task(channel.poll(desk.receive, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)
