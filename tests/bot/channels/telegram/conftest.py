"""A bot on the fake Telegram, and a desk that takes what it hands in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import TelegramChannel
from messages.channel import IncomingMessage
from tests.harness.telegram_server import TelegramServer

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Takes messages in place of the books; `closed` for so many tries, as when the database is down."""

    taken: list[IncomingMessage] = field(default_factory=list)
    closed: int = 0
    tries: int = 0
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    took: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, incoming: IncomingMessage) -> None:
        self.tries += 1
        if incoming.text in self.gates:
            await self.gates[incoming.text].wait()
        if self.closed:
            self.closed -= 1
            raise ConnectionError("the database is down")
        self.taken.append(incoming)
        self.took.set()

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.taken]


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
        await asyncio.wait_for(task, 10)
