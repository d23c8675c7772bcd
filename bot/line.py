"""A line to a messenger: its channel, what the settings say about it, and how messages come in over it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from bot.turns import pause
from messages.channel import Channel, DeliveryFailed, Receive
from scheduler.rates import Rates

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

log = logging.getLogger("chibo")

FIRST_WAIT: Final = 2.0
LONGEST_WAIT: Final = 60.0


class Line(Protocol):
    """One bot on a messenger; `name` tells one bot's line from another's, and is no secret."""

    @property
    def channel(self) -> Channel:
        """The way out."""

    @property
    def name(self) -> str:
        """What the log and the posts of processes call it."""

    @property
    def rates(self) -> Rates:
        """How fast messages may leave."""

    @property
    def monthly(self) -> int | None:
        """How many messages a month the messenger takes; None where it does not count, 0 for as many as one likes."""

    async def bot_name(self) -> str:
        """The name that people find the bot by; raises DeliveryFailed when the messenger does not answer."""

    @property
    def wanted_webhook(self) -> str | None:
        """Where the messenger is to bring what comes in; empty when it is asked for, None where it is set by hand."""

    async def webhook(self) -> str:
        """Where the messenger brings what comes in by now; raises DeliveryFailed."""

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where the messenger brings what comes in; none when it is asked for."""

    async def hear(self, receive: Receive, stop: asyncio.Event) -> None:
        """Take in messages until `stop`."""

    async def close(self) -> None:
        """Close the connections."""


async def agreed(name: str, agree: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Agree with a messenger on how messages come in, again and again; False when the process stops before."""
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            await agree()
        except DeliveryFailed as failed:
            log.warning("%s cannot be used yet: %s", name, failed.reason)
            await pause(stop, wait)
            wait = min(2 * wait, LONGEST_WAIT)
        else:
            return True
    return False
