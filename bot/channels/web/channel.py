"""The way out to the web chat: the outbox itself is the chat's history, so sending is only a ring."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from messages.channel import Address, OutgoingMessage, Receipt

NAME: Final = "web"


class Bell:
    """What one live stream waits at: it is rung when there may be something new, and closed at the end."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.closed = False

    def ring(self) -> None:
        """Wake the stream, now or when it next waits."""
        self._rung.set()

    def close(self) -> None:
        """Wake the stream for the last time."""
        self.closed = True
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when the bell has been rung since the last wait, or after so many seconds at the latest."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()


class WebChannel:
    """The channel `web`: sending wakes the pages that are open at the address; they read the books."""

    def __init__(self) -> None:
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)
        self._closed = False

    @property
    def name(self) -> str:
        """The name that addresses carry."""
        return NAME

    @property
    def carries_files(self) -> bool:
        """Its pages show what file came with a message, and hand it out."""
        return True

    @property
    def fetches_pictures(self) -> bool:
        """It needs none: its pages show files themselves."""
        return False

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        """Tell the open pages that their history has grown; it never fails, for the books hold the message."""
        self.ring(address.value)
        return Receipt(uuid.uuid4().hex)

    def ring(self, address: str) -> None:
        """Wake every page that is open at an address; call it on the event loop."""
        for bell in self._bells.get(address, ()):
            bell.ring()

    def close(self) -> None:
        """End all live streams, so that the server can stop; pages reconnect when it is back."""
        self._closed = True
        for bells in self._bells.values():
            for bell in bells:
                bell.close()

    def listeners(self, address: str) -> int:
        """How many pages are open at an address in this process."""
        return len(self._bells.get(address, ()))

    @contextmanager
    def listening(self, address: str) -> Iterator[Bell]:
        """A bell for one live stream, for as long as it lasts."""
        bell = Bell()
        self._bells[address].add(bell)
        if self._closed:
            bell.close()
        try:
            yield bell
        finally:
            self._bells[address].discard(bell)
            if not self._bells[address]:
                del self._bells[address]
