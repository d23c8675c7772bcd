"""A fake Bot API server that is fast enough to be no part of what it measures.

It keeps what matters for speed: updates stay until a call with a higher offset confirms them, at most 100 come
in a batch, a long poll waits. `delay` is the way of a call to Telegram and back, in seconds; `start` is the time that
messages bear when it begins. It checks nothing: correctness is the matter of the fake server beside the tests.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httptools

ANSWERS = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument"})
BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(slots=True)
class Spoken:
    """What the bot said to a chat: words, and the buttons as (label, callback data); `at` is when it came, in seconds."""

    chat: int
    message_id: int
    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    at: float = field(default=0.0, compare=False)


def encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Connection(asyncio.Protocol):
    """One connection of the bot; requests on it are answered one at a time."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.parser = httptools.HttpRequestParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.server.hang_up(self)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_begin(self) -> None:
        self.url, self.kind, self.body = b"", b"", b""

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self.kind = value

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        parts = urlsplit(self.url.decode())
        self.server.call(self, parts.path.rpartition("/")[2], self.parameters(parts.query))

    def parameters(self, query: str) -> dict[str, Any]:
        if self.kind.startswith(b"application/json"):
            return json.loads(self.body) if self.body else {}
        if self.kind.startswith(b"multipart/"):
            raise ValueError("this server takes JSON and forms, no files")
        return dict(parse_qsl(query) + parse_qsl(self.body.decode(), keep_blank_values=True))

    def answer(self, result: bytes) -> None:
        if not self.transport.is_closing():
            body = b'{"ok":true,"result":%b}' % result
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(body), body)
            )


class TelegramServer:
    """`on_spoken` is told of every message of the bot; `ready` is set by its first request for updates."""

    def __init__(self, on_spoken: Callable[[Spoken], None], *, start: datetime, delay: float = 0.0) -> None:
        self.on_spoken = on_spoken
        self.delay = delay
        self.calls: Counter[str] = Counter()
        self.ready = asyncio.Event()
        self.update_ids = itertools.count(1000)
        self.message_ids = itertools.count(1)
        self.waiting: deque[tuple[int, bytes]] = deque()
        self.poll: tuple[Connection, int, asyncio.TimerHandle] | None = None
        self.waking = False
        self.now = start.timestamp() - time.monotonic()
        self.loop = asyncio.get_running_loop()

    async def open(self) -> str:
        """Listen on a free port of this machine; the address that the bot is to be told."""
        self.listener = await self.loop.create_server(lambda: Connection(self), "127.0.0.1", 0, backlog=1024)
        return f"http://127.0.0.1:{self.listener.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self.listener.close()

    # what people do

    def write(self, chat: int, text: str) -> None:
        message = {**self._message(chat), "from": person(chat), "text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._put({"message": message})

    def press(self, spoken: Spoken, data: str) -> None:
        message = {
            **self._message(spoken.chat),
            "message_id": spoken.message_id,
            "from": BOT,
            "text": spoken.text,
        }
        query = {
            "from": person(spoken.chat),
            "chat_instance": str(spoken.chat),
            "data": data,
            "message": message,
        }
        self._put({"callback_query": {"id": str(next(self.message_ids)), **query}})

    def _put(self, update: dict[str, Any]) -> None:
        number = next(self.update_ids)
        self.waiting.append((number, encode({"update_id": number, **update})))
        self._wake()

    # what the bot does

    def call(self, connection: Connection, method: str, given: dict[str, Any]) -> None:
        self.calls[method] += 1
        if method == "getUpdates":
            self._get_updates(connection, given)
        elif self.delay:
            self.loop.call_later(self.delay, self._carry_out, connection, method, given)
        else:
            self._carry_out(connection, method, given)

    def hang_up(self, connection: Connection) -> None:
        if self.poll and self.poll[0] is connection:
            self.poll[2].cancel()
            self.poll = None

    def _carry_out(self, connection: Connection, method: str, given: dict[str, Any]) -> None:
        if method in ANSWERS:
            spoken = self._spoken(given)
            message = {**self._message(spoken.chat), "message_id": spoken.message_id, "from": BOT}
            connection.answer(encode({**message, "text": spoken.text}))
            self.on_spoken(spoken)
        else:
            connection.answer(encode(BOT) if method == "getMe" else b"true")

    def _spoken(self, given: dict[str, Any]) -> Spoken:
        markup = given.get("reply_markup") or {}
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        return Spoken(
            chat=int(given["chat_id"]),
            at=time.perf_counter(),
            message_id=int(given.get("message_id") or next(self.message_ids)),
            text=given.get("text") or given.get("caption") or "",
            buttons=[(button["text"], button.get("callback_data", "")) for row in rows for button in row],
        )

    def _get_updates(self, connection: Connection, given: dict[str, Any]) -> None:
        offset, limit = int(given.get("offset") or 0), min(int(given.get("limit") or 100), 100)
        while self.waiting and self.waiting[0][0] < offset:
            self.waiting.popleft()
        self.ready.set()
        timer = self.loop.call_later(float(given.get("timeout") or 0), self._answer_poll)
        self.poll = (connection, limit, timer)
        if self.waiting:
            self._wake()

    def _wake(self) -> None:
        """Answer the open poll soon: what comes within one turn of the loop, or on the way, makes one batch."""
        if self.poll and not self.waking:
            self.waking = True
            self.loop.call_later(self.delay, self._answer_poll)

    def _answer_poll(self) -> None:
        self.waking = False
        if self.poll:
            connection, limit, timer = self.poll
            timer.cancel()
            self.poll = None
            connection.answer(self._batch(limit))

    def _batch(self, limit: int) -> bytes:
        return b"[%b]" % b",".join(update for _, update in itertools.islice(self.waiting, limit))

    def _message(self, chat: int) -> dict[str, Any]:
        return {
            "message_id": next(self.message_ids),
            "chat": {"id": chat, "type": "private", "first_name": "Bench"},
            "date": int(self.now + time.monotonic()),
        }


def person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Bench", "language_code": "vi"}
