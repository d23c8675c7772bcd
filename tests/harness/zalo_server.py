"""A fake Zalo: the Bot Platform over real HTTP, with its traps and, when asked, its faults.

Its traps: a refusal comes as `ok: false` inside HTTP 200; an idle long poll is answered 408; an event is handed out
once, alone, without a number to confirm it by; a webhook shuts polling out; what is pushed comes flat or wrapped;
dates are in milliseconds and ids hexadecimal; a webhook is tried out with an empty body; nobody is written to who has
not written first; a message has 2,000 units of UTF-16; a picture is fetched from a public address; the package is used
up by each message that goes out. There are no buttons, no files, no edits.

In a test: `async with ZaloServer() as server:`, then `await server.person("a1").says("xin chào")`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.harness.patience import WITHIN
from tests.harness.telegram_faults import Fault, FaultScript
from tests.harness.watched import Watched

TOKEN = "1459232241454765289:fake-zalo_TOKEN-for-tests"
Event = dict[str, Any]


class Refusal(Exception):
    """The call is refused, with this code and these words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the bot."""

    method: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message as the phone shows it; `picture` is what was fetched for it."""

    message_id: str
    text: str
    picture: bytes = b""


@dataclass(slots=True)
class Person:
    """Somebody with a phone; chat id and user id are the same."""

    server: ZaloServer
    chat_id: str
    name: str
    has_written: bool = False
    received: list[Sent] = field(default_factory=list)
    _read: int = 0

    def text_event(self, text: str) -> Event:
        return self.event("message.text.received", text=text)

    def event(self, name: str, *, date: datetime | None = None, **content: Any) -> Event:
        """An event of this name, as the platform makes it."""
        self.has_written = True
        message = {
            "from": {"id": self.chat_id, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.chat_id, "chat_type": "PRIVATE"},
            "message_id": self.server.next_message_id(),
            "date": int((date or self.server.now()).timestamp() * 1000),
            **content,
        }
        return {"event_name": name, "message": message}

    async def says(self, text: str, *, date: datetime | None = None) -> int:
        """Send a text; answers the webhook's status, or 0 where events are asked for."""
        return await self.server.hand_out(self.event("message.text.received", date=date, text=text))

    async def next_answer(self, within: float = WITHIN) -> Sent:
        """The next message that was not looked at yet."""
        await self.server.until(lambda: len(self.received) > self._read, within)
        self._read += 1
        return self.received[self._read - 1]

    async def asks(self, text: str, within: float = WITHIN) -> Sent:
        """Send a text and wait for the next message."""
        await self.says(text)
        return await self.next_answer(within)


class ZaloServer(Watched[Call]):
    """The fake server: people in front, the Bot Platform behind.

    `now` dates messages; `wraps` the events in the documented envelope; `idle_seconds` is how long a poll waits
    at most; `package` is how many messages may go out.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 - a fake outside world
        wraps: bool = False,
        idle_seconds: float = 30.0,
        package: float = float("inf"),
    ) -> None:
        super().__init__()
        self.token, self.now, self.wraps = token, now, wraps
        self.idle_seconds, self.package = idle_seconds, package
        self.url, self.webhook_url, self.webhook_secret = "", "", ""
        self.probes: list[int] = []
        self._people: dict[str, Person] = {}
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()
        self._ids = itertools.count(1)
        self._faults = FaultScript()
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Listen on 127.0.0.1; `url` is then what `ZALO_API_URL` takes."""
        self._http = aiohttp.ClientSession()
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.let_go()
        assert self._http is not None
        await self._http.close()
        assert self._runner is not None
        await self._runner.cleanup()

    def person(self, chat_id: str, name: str = "Nguyễn Văn A") -> Person:
        """The person with this chat id; made at the first mention, and not to be written to before they wrote."""
        return self._people.setdefault(chat_id, Person(self, chat_id, name))

    def next_message_id(self) -> str:
        return hashlib.sha256(str(next(self._ids)).encode()).hexdigest()[:20]

    # --- events ----------------------------------------------------------------------------------

    async def hand_out(self, event: Event) -> int:
        """Push an event to the webhook and answer its status; without one keep it for whoever asks."""
        if not self.webhook_url:
            self._waiting.put_nowait(event)
            return 0
        body = {"ok": True, "result": event} if self.wraps else event
        return await self.push(json.dumps(body).encode())

    async def push(self, body: bytes, secret: str | None = None) -> int:
        """Push anything at all to the webhook, with the secret that was agreed or another one."""
        assert self._http is not None
        headers = {"X-Bot-Api-Secret-Token": self.webhook_secret if secret is None else secret}
        async with self._http.post(self.webhook_url, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    # --- faults ------------- -----------------------------------------------------------------------

    def fails(self, method: str, fault: Fault, *, times: float = 1) -> None:
        """The next `times` calls of `method` (`*`: any) show this fault."""
        self._faults.add(method, fault, times=times, chat=None, chance=1)

    # --- HTTP ------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await request.read()
        params: dict[str, Any] = json.loads(body) if body else {}
        self.calls.append(Call(method=method, params=params))
        self._change()
        fault = self._faults.take(method, params)
        known = request.match_info["token"] == self.token
        answer = (
            await self._faulty(method, params, fault) if fault else await self._answer(method, params, known)
        )
        self._change()
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=500)
        return answer

    async def _faulty(self, method: str, params: dict[str, Any], fault: Fault) -> web.Response | None:
        if fault.after_effect:
            await self._answer(method, params, is_known=True)
        if fault.hold:
            await self._gate.wait()
        if fault.body or fault.status >= 500:
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        if fault.status == 200:
            return await self._answer(method, params, is_known=True)
        return _refused(Refusal(fault.status, fault.description)) if fault.status else None

    async def _answer(self, method: str, params: dict[str, Any], is_known: bool) -> web.Response:
        methods = {
            "getMe": self._me,
            "getUpdates": self._next_event,
            "setWebhook": self._point_webhook,
            "deleteWebhook": self._take_webhook_away,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_text,
            "sendPhoto": self._send_photo,
        }
        if not is_known:
            return _refused(Refusal(401, "Unauthorized"))
        if method not in methods:
            return _refused(Refusal(404, "Not found"))
        try:
            result = await methods[method](params)
        except Refusal as refusal:
            return _refused(refusal)
        return web.json_response({"ok": True, "result": result})

    async def _me(self, _: dict[str, Any]) -> dict[str, Any]:
        bot_id = self.token.partition(":")[0]
        return {"id": bot_id, "account_name": "bot.chibo", "account_type": "BASIC", "can_join_groups": False}

    async def _webhook_info(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.webhook_url, "updated_at": int(self.now().timestamp() * 1000)}

    async def _take_webhook_away(self, params: dict[str, Any]) -> dict[str, Any]:
        self.webhook_url = self.webhook_secret = ""
        return await self._webhook_info(params)

    async def _send_text(self, params: dict[str, Any]) -> dict[str, Any]:
        return self._send(params, params.get("text"))

    async def _send_photo(self, params: dict[str, Any]) -> dict[str, Any]:
        return self._send(params, params.get("caption", "…"), await self._fetched(params.get("photo")))

    async def _next_event(self, _: dict[str, Any]) -> Event:
        """One event, which is gone with that; a poll in vain is answered 408."""
        if self.webhook_url:
            raise Refusal(400, "Bad request: a webhook is active")
        try:
            return await asyncio.wait_for(self._waiting.get(), self.idle_seconds)
        except TimeoutError:
            raise Refusal(408, "Request timeout") from None

    async def _point_webhook(self, params: dict[str, Any]) -> dict[str, Any]:
        url, secret = params.get("url", ""), params.get("secret_token", "")
        if not url.startswith("http") or not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad request: url or secret_token")
        self.webhook_url, self.webhook_secret = url, secret
        with contextlib.suppress(aiohttp.ClientError):
            self.probes.append(await self.push(b""))
        return await self._webhook_info(params)

    def _send(self, params: dict[str, Any], text: object, picture: bytes = b"") -> dict[str, Any]:
        person = self._people.get(str(params.get("chat_id")))
        if person is None or not person.has_written:
            raise Refusal(400, "Bad request: chat not found")
        if not isinstance(text, str) or not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
            raise Refusal(400, "Bad request: text must have 1 to 2000 characters")
        if self.package < 1:
            raise Refusal(429, "Quota exceeded")
        self.package -= 1
        sent = Sent(message_id=self.next_message_id(), text=text, picture=picture)
        person.received.append(sent)
        return {"message_id": sent.message_id, "date": int(self.now().timestamp() * 1000)}

    async def _fetched(self, url: object) -> bytes:
        """The picture at a public address, fetched as the platform does: twice, for its own cache."""
        if not isinstance(url, str) or not url.startswith("http"):
            raise Refusal(400, "Bad request: photo must be a URL")
        assert self._http is not None
        found = b""
        for _ in range(2):
            async with self._http.get(url) as answer:
                found = await answer.read()
                if answer.status != 200 or not answer.content_type.startswith("image/"):
                    raise Refusal(400, "Bad request: photo cannot be fetched")
        return found


def _refused(refusal: Refusal) -> web.Response:
    """A refusal as the platform sends it: inside HTTP 200, but for a poll in vain."""
    shape = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return web.json_response(shape, status=408 if refusal.code == 408 else 200)
