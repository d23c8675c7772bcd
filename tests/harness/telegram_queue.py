"""The fake server's two ways of giving out updates, with Telegram's rules: getUpdates and the webhook."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.harness.patience import WITHIN

Update = dict[str, Any]


class Refusal(Exception):
    """A call that Telegram answers with an error."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def kind_of(update: Update) -> str:
    """The name of the update's one content: `message`, `callback_query`, …"""
    return next((key for key in update if key != "update_id"), "")


def chat_of(update: Update) -> int:
    """The chat whose order the update keeps; 0 where none can be told."""
    content = update.get(kind_of(update))
    if not isinstance(content, dict):
        return 0
    holder = content.get("message") if isinstance(content.get("message"), dict) else content
    chat = holder.get("chat")
    return chat.get("id", 0) if isinstance(chat, dict) else 0


class UpdateQueue:
    """Updates waiting for the bot, oldest first; an update leaves only when a later call confirms it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.changed = changed
        self.waiting: list[Update] = []
        self.allowed: frozenset[str] | None = None
        self.confirmed: list[int] = []
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    def put(self, update: Update) -> None:
        if self.allowed is not None and kind_of(update) not in self.allowed:
            return
        self.waiting.append(update)
        self.waiting.sort(key=lambda u: u["update_id"])
        self._arrived.set()

    def drop(self, update: Update) -> None:
        if update in self.waiting:
            self.waiting.remove(update)

    def clear(self) -> None:
        self.waiting.clear()

    def confirm_below(self, offset: int) -> None:
        self.confirmed += [u["update_id"] for u in self.waiting if u["update_id"] < offset]
        self.waiting = [u for u in self.waiting if u["update_id"] >= offset]

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Update]:
        """What getUpdates answers; a second poller ends the first one's call with a 409."""
        self._end_other_poller()
        if offset < 0:
            self.waiting = self.waiting[offset:]
        else:
            self.confirm_below(offset)
        if not self.waiting and seconds > 0:
            await self._wait(seconds)
        return [update for update in self.waiting if update["update_id"] >= offset][:limit]

    def _end_other_poller(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(Refusal(409, _OTHER_POLLER))

    async def _wait(self, seconds: float) -> None:
        self._arrived.clear()
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = mine
        self.changed()
        arrived = asyncio.ensure_future(self._arrived.wait())
        try:
            await asyncio.wait({mine, arrived}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if mine.done():
                mine.result()
        finally:
            arrived.cancel()
            mine.cancel()

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is waiting right now."""
        return self._poller is not None and not self._poller.done()

    async def next_arrival(self) -> None:
        """Wait for the next update that is put in."""
        self._arrived.clear()
        await self._arrived.wait()

    async def until_some(self) -> None:
        """Wait while nothing is waiting."""
        if not self.waiting:
            await self.next_arrival()


_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(slots=True)
class Webhook:
    """What setWebhook was given, and how pushing fares."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_message: str = ""
    last_error_date: int = 0
    attempts: list[tuple[int, int]] = field(default_factory=list)
    """Every push as (update_id, status); status 0 where no answer came."""


class WebhookPusher:
    """Pushes waiting updates to the webhook: chats side by side, each chat in order, until a 2xx comes.

    A push that failed is tried again at once, then after 2, 4, 8, … 60 seconds, or after what
    `Retry-After` says; `pause` is how it waits, so that a test can watch instead of wait.
    """

    def __init__(
        self, queue: UpdateQueue, webhook: Webhook, pause: Callable[[float], Awaitable[None]]
    ) -> None:
        self._queue, self.webhook, self._pause = queue, webhook, pause
        self._chats: OrderedDict[int, asyncio.Task[None]] = OrderedDict()
        self._places = asyncio.Semaphore(webhook.max_connections)

    async def run(self) -> None:
        """Push until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WITHIN)) as session:
            try:
                while True:
                    await self._queue.until_some()
                    self._start_chats(session)
                    await self._until_change()
            finally:
                await self._stop()

    def _start_chats(self, session: aiohttp.ClientSession) -> None:
        for update in self._queue.waiting:
            chat = chat_of(update)
            if chat not in self._chats:
                self._chats[chat] = asyncio.create_task(self._empty(session, chat))

    async def _until_change(self) -> None:
        """Until a chat has been emptied or an update has come for a chat that has no pusher yet."""
        arrived = asyncio.ensure_future(self._queue.next_arrival())
        await asyncio.wait({arrived, *self._chats.values()}, return_when=asyncio.FIRST_COMPLETED)
        arrived.cancel()
        self._chats = OrderedDict((c, t) for c, t in self._chats.items() if not t.done())

    async def _stop(self) -> None:
        for task in self._chats.values():
            task.cancel()
        await asyncio.gather(*self._chats.values(), return_exceptions=True)

    async def _empty(self, session: aiohttp.ClientSession, chat: int) -> None:
        while mine := [u for u in self._queue.waiting if chat_of(u) == chat]:
            await self._push(session, mine[0])
            self._queue.drop(mine[0])
            self._queue.confirmed.append(mine[0]["update_id"])
            self._queue.changed()

    async def _push(self, session: aiohttp.ClientSession, update: Update) -> None:
        failures = 0
        while True:
            async with self._places:
                status, retry_after = await self._post(session, update)
            self.webhook.attempts.append((update["update_id"], status))
            self._queue.changed()
            if 200 <= status < 300:
                return
            failures += 1
            self.webhook.last_error_message = f"Wrong response from the webhook: {status}"
            await self._pause(retry_after or (0 if failures == 1 else min(60, 2 ** (failures - 1))))

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> tuple[int, float]:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        try:
            async with session.post(self.webhook.url, json=update, headers=headers) as answer:
                await answer.read()
                return answer.status, float(answer.headers.get("Retry-After", 0))
        except (aiohttp.ClientError, TimeoutError):
            return 0, 0.0
