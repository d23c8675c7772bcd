"""The web server of a process: uvicorn on a socket of ours, stopped by us and not by its own signals."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from bot.channels.web.guard import SECURITY_HEADERS

_GRACE: Final = 5
"""Seconds that requests under way have to end."""
_NOTHING_HERE: Final = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Không có trang này</title>
<h1>Không có trang này.</h1>
<p>Đồng chí kiểm tra lại địa chỉ, hoặc <a href="/chat">mở trang trò chuyện</a>.</p>
</html>
"""


class PortTaken(Exception):
    """The address cannot be listened at; `reason` is the system's."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host, self.port, self.reason = host, port, reason


def listen_at(host: str, port: int) -> socket.socket:
    """A socket that listens at the address, any free port for 0; PortTaken when it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PortTaken(host, port, error.strerror or str(error)) from error


class WebServer:
    """Serves routes at a socket until it is told to stop.

    `proxies` are the addresses and networks, with commas between them, that may say whom they speak for.
    """

    def __init__(
        self, routes: Sequence[BaseRoute], listening: socket.socket, *, proxies: str | None = None
    ) -> None:
        self._listening = listening
        config = uvicorn.Config(
            Starlette(routes=list(routes), exception_handlers={404: _nothing_here}),
            log_config=None,
            access_log=False,
            proxy_headers=proxies is not None,
            forwarded_allow_ips=proxies or "",  # not what the environment says
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = _Quiet(config)

    @property
    def port(self) -> int:
        """The port that is listened at."""
        port: int = self._listening.getsockname()[1]
        return port

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`; then let requests under way end."""
        serving = asyncio.ensure_future(self._server.serve([self._listening]))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            self._server.should_exit = True
            await serving


async def _nothing_here(_request: Request, _fault: Exception) -> Response:
    """What whoever mistyped an address is told."""
    return HTMLResponse(_NOTHING_HERE, 404, headers=dict(SECURITY_HEADERS))


class _Quiet(uvicorn.Server):
    """The server without its signal handlers: signals are for the whole process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
