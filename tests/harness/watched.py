"""What the fake servers have in common: what they were called with is kept, and a test can wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from tests.harness.patience import WITHIN


class _Named(Protocol):
    @property
    def method(self) -> str: ...


_Call = TypeVar("_Call", bound=_Named)


class Watched(Generic[_Call]):
    """A server whose calls are kept in `calls`; it says `_change()` whenever something has happened on it."""

    def __init__(self) -> None:
        self.calls: list[_Call] = []
        self._changed = asyncio.Event()
        self._gate = asyncio.Event()

    def calls_of(self, method: str) -> list[_Call]:
        return [call for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], bool], within: float = WITHIN) -> None:
        """Wait until something on this server has made the condition true; TimeoutError otherwise."""
        async with asyncio.timeout(within):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def let_go(self) -> None:
        """Let the calls go on that a `held` fault keeps waiting."""
        self._gate.set()
        self._gate = asyncio.Event()

    def _change(self) -> None:
        self._changed.set()
