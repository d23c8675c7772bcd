"""An ASGI application on a real port, and a switch to take it off and put it back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from tests.harness.port import Port


class WebServer:
    """Serves an application from a thread of its own; the port stays the same when it is started again.

    `before_stop` is called on the server's loop, to end what would never end by itself.
    """

    def __init__(self, app: ASGIApp, before_stop: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._before_stop = before_stop
        self.port = Port()
        self.url = self.port.url

    def start(self) -> None:
        """Serve; returns when connections are taken."""
        config = uvicorn.Config(
            self._app, port=self.port.number, log_level="warning", lifespan="off", timeout_graceful_shutdown=5
        )
        self._server = uvicorn.Server(config)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,))
        self._thread.start()
        ready.wait()
        assert self._server.started, f"{self.url} cannot be listened at"

    def stop(self) -> None:
        """Take the application off the port; returns when nothing is running."""
        self._server.should_exit = True
        self._thread.join()

    def _serve(self, ready: threading.Event) -> None:
        server, stop = self._server, self._before_stop
        start_up, shut_down = server.startup, server.shutdown

        async def startup(sockets: list[socket.socket] | None = None) -> None:
            await start_up(sockets)
            ready.set()

        async def shutdown(sockets: list[socket.socket] | None = None) -> None:
            stop()
            await shut_down(sockets)

        server.startup, server.shutdown = startup, shutdown
        try:
            server.run()
        finally:
            ready.set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
