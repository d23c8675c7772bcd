"""What channels hand in to, in place of the books, and webhooks over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import uvicorn
from starlette.applications import Starlette

from messages.channel import IncomingMessage


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


@contextlib.asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The app on a free port of 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await task


async def posted_to(hook: str, body: bytes, headers: dict[str, str]) -> aiohttp.ClientResponse:
    """What a webhook answers to this body."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(hook, data=io.BytesIO(body), headers=headers) as answer,
    ):
        await answer.read()
        return answer
