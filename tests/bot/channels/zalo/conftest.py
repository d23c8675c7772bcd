"""A bot on the fake Zalo, and a desk that takes what it hands in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.zalo import ZaloChannel
from tests.harness.receiving import Desk
from tests.harness.zalo_server import ZaloServer

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[ZaloServer]:
    async with ZaloServer(now=lambda: NOW, idle_seconds=0.01) as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """How long the channel has waited between tries, in place of waiting."""
    return []


@pytest.fixture
async def channel(server: ZaloServer, waits: list[float]) -> AsyncIterator[ZaloChannel]:
    async def pause(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    channel = ZaloChannel(token=server.token, now=lambda: NOW, api_url=server.url, pause=pause)
    yield channel
    await channel.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()
