"""A small proxy for tests: SOCKS5 or HTTP, told apart by the first byte; it counts who came through."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Proxy:
    """Where it listens, and how many connections it has carried."""

    port: int = 0
    carried: int = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to its end."""
        first = await reader.readexactly(1)
        if first == b"\x05":
            host, port, begun = *await _socks_target(reader, writer), b""
        else:
            begun = first + await reader.readuntil(b"\r\n")
            target = urlsplit(begun.split()[1].decode())
            host, port = target.hostname or "", target.port or 80
        self.carried += 1
        upstream_reader, upstream_writer = await asyncio.open_connection(host, port)
        upstream_writer.write(begun)
        await asyncio.gather(_pipe(reader, upstream_writer), _pipe(upstream_reader, writer))


async def _socks_target(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    await reader.readexactly((await reader.readexactly(1))[0])
    writer.write(b"\x05\x00")
    kind = (await reader.readexactly(4))[3]
    if kind == 1:
        host = ".".join(map(str, await reader.readexactly(4)))
    else:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    port = int.from_bytes(await reader.readexactly(2))
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    return host, port


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxy() -> AsyncIterator[Proxy]:
    """A proxy that runs while inside."""
    state = Proxy()
    server = await asyncio.start_server(state.take, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    yield state
    server.close()
    await server.wait_closed()
