"""A fake Telegram: the Bot API over real HTTP, with its rules, its limits and, when asked, its faults.

In a test: `async with TelegramServer() as server:`, then `server.person(11).says("xin chào")`.
By itself: `python -m tests.harness.telegram_server --port 8081`; then talk through `/control/says`,
`/control/taps` and `/control/received`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from tests.harness.patience import WITHIN
from tests.harness.telegram_faults import Fault, FaultScript, server_error
from tests.harness.telegram_methods import Limits, Meter, Methods, truth
from tests.harness.telegram_people import Group, Person, Sent, SentFile
from tests.harness.telegram_queue import Refusal, Update, UpdateQueue, Webhook, WebhookPusher
from tests.harness.watched import Watched

TOKEN = "7000000001:AAfake_token-for_tests"


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the fake server is a door: it stands for the outside world


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the bot, with the status it was answered with (0: no answer)."""

    method: str
    params: dict[str, Any]
    status: int


class TelegramServer(Watched[Call]):
    """The fake server: people in front, the Bot API behind.

    `now` dates messages. `pause` is how the webhook's retries wait. `limits`: none unless given.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        now: Callable[[], datetime] = _clock,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        limits: Limits | None = None,
        seed: int = 1,
    ) -> None:
        super().__init__()
        self.token, self._now, self._pause = token, now, pause
        bot_id = int(token.split(":", maxsplit=1)[0])
        self.bot = {"id": bot_id, "is_bot": True, "first_name": "chibo", "username": "chibo_bot"}
        self.queue = UpdateQueue(self._change)
        self.webhook = Webhook()
        self.sent: list[Sent] = []
        self.url = ""
        self._limits = limits
        self._meter: Meter | None = None
        self._faults = FaultScript(seed)
        self._methods = Methods(self)
        self._people: dict[int, Person] = {}
        self._groups: dict[int, Group] = {}
        self._callbacks: set[str] = set()
        self._ids = {name: itertools.count(start) for name, start in _FIRST_IDS.items()}
        self._gathered: list[Callable[[], Update]] | None = None
        self._pusher: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    # --- running -------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; `url` is then what `TELEGRAM_API_URL` takes."""
        self._meter = Meter(self._limits, asyncio.get_running_loop().time) if self._limits else None
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_post("/control/{act}", self._control)
        app.router.add_get("/control/received", self._control_received)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        self.let_go()
        await self.point_webhook("", "", 40)
        if self._runner is not None:
            await self._runner.cleanup()

    # --- people --------------------------------------------------------------------------------

    def person(self, chat_id: int, name: str = "Nguyễn Văn A") -> Person:
        """The person with this chat id, who has started the bot; made at the first mention."""
        return self._people.setdefault(chat_id, Person(self, chat_id, name))

    def group(self, chat_id: int) -> Group:
        """The group with this id (below zero); made at the first mention."""
        return self._groups.setdefault(chat_id, Group(self, chat_id))

    def feed(self, kind: str, content: Any, *, update_id: int | None = None) -> Update:
        """Put an update of this kind into the queue, with the next id unless one is given."""
        if isinstance(content, dict) and kind == "callback_query":
            self._callbacks.add(str(content.get("id")))
        update: Update = {"update_id": 0, kind: content}

        def put() -> Update:
            update["update_id"] = next(self._ids["update"]) if update_id is None else update_id
            self.queue.put(update)
            return update

        if self._gathered is not None:
            self._gathered.append(put)
            return update
        return put()

    def feed_again(self, update: Update) -> Update:
        """Deliver an update once more under its own id, as Telegram may after a lost confirmation."""
        self.queue.put(dict(update))
        return update

    def feed_poison(self, chat_id: int | None = None) -> Update:
        """An update that no library can parse; with `chat_id`, at least its chat can be told."""
        content: dict[str, Any] = {"message_id": "?", "date": "hôm qua", "from": 7}
        return self.feed("message", {**content, "chat": {"id": chat_id, "type": "private"}} if chat_id else 7)

    @contextlib.contextmanager
    def reordered(self, order: Callable[[list[Any]], Any] = reversed) -> Iterator[None]:
        """Updates made inside come out in another order, the last one first unless told otherwise."""
        self._gathered = []
        yield
        gathered, self._gathered = self._gathered, None
        for put in order(gathered):
            put()

    # --- faults --------------------------------------------------------------------------------

    def fails(
        self, method: str, fault: Fault, *, times: float = 1, chat: int | None = None, chance: float = 1
    ) -> None:
        """The next `times` calls of `method` (`*`: any) to this chat show this fault."""
        self._faults.add(method, fault, times=times, chat=chat, chance=chance)

    def recovers(self) -> None:
        """No more faults."""
        self._faults.clear()
        self.let_go()

    # --- watching ------------------------------------------------------------------------------

    async def until_confirmed(self, update: Update, within: float = WITHIN) -> None:
        """Wait until the bot has confirmed this update."""
        await self.until(lambda: update["update_id"] in self.queue.confirmed, within)

    # --- what the methods use ------------------------------------------------------------------

    def next_message_id(self) -> int:
        return next(self._ids["message"])

    def next_callback_id(self) -> str:
        return str(next(self._ids["callback"]))

    def date(self) -> int:
        return int(self._now().timestamp())

    def use_callback(self, callback_id: str) -> bool:
        return callback_id in self._callbacks

    def check_reachable(self, chat: int) -> None:
        if chat in self._groups:
            return
        if chat not in self._people:
            raise Refusal(400, "Bad Request: chat not found")
        if self._people[chat].has_blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")

    def meter_message(self, chat: int) -> None:
        if self._meter is not None:
            self._meter.count(chat)

    def put_on_phone(self, sent: Sent) -> None:
        self.sent.append(sent)
        if sent.chat_id in self._people:
            self._people[sent.chat_id].take(sent)

    async def point_webhook(self, url: str, secret: str, max_connections: int) -> None:
        if self._pusher is not None:
            self._pusher.cancel()
            await asyncio.gather(self._pusher, return_exceptions=True)
            self._pusher = None
        self.webhook = Webhook(url=url, secret=secret, max_connections=max_connections)
        if url:
            pusher = WebhookPusher(self.queue, self.webhook, self._pause)
            self._pusher = asyncio.create_task(pusher.run())

    # --- HTTP ----------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method, params = request.match_info["method"], await _params(request)
        fault = self._faults.take(method, params)
        try:
            status, body = await self._carry_out(request.match_info["token"], method, params, fault)
        except asyncio.CancelledError:
            self._record(method, params, 0)
            raise
        self._record(method, params, status)
        if status == 0 and request.transport is not None:
            request.transport.abort()
        content_type = "text/html" if fault and fault.body else "application/json"
        return web.Response(status=status or 500, text=body, content_type=content_type)

    async def _carry_out(
        self, token: str, method: str, params: dict[str, Any], fault: Fault | None
    ) -> tuple[int, str]:
        if fault is None:
            return await self._answer(token, method, params)
        answer = await self._answer(token, method, params) if fault.after_effect else None
        if fault.hold:
            self._change()
            await self._gate.wait()
        await asyncio.sleep(fault.seconds)
        if fault.status == 200:
            return answer or await self._answer(token, method, params)
        refusal = Refusal(fault.status, fault.description, **fault.parameters)
        return fault.status, fault.body or _error(refusal)

    async def _answer(self, token: str, method: str, params: dict[str, Any]) -> tuple[int, str]:
        try:
            if token != self.token:
                raise Refusal(401, "Unauthorized") if ":" in token else Refusal(404, "Not Found")
            result = await self._methods.answer(method, params)
        except Refusal as refusal:
            return refusal.status, _error(refusal)
        return 200, json.dumps({"ok": True, "result": result})

    def _record(self, method: str, params: dict[str, Any], status: int) -> None:
        self.calls.append(Call(method=method, params=params, status=status))
        self._change()

    # --- by hand, when it runs by itself -------------------------------------------------------

    async def _control(self, request: web.Request) -> web.Response:
        given = await request.json()
        person = self.person(int(given["chat"]))
        match request.match_info["act"]:
            case "says":
                return web.json_response(person.says(given["text"]))
            case "taps":
                return web.json_response(person.taps(given["button"]))
            case "blocks":
                return web.json_response(person.unblocks() if truth(given.get("undo")) else person.blocks())
            case _:
                return web.json_response({"error": "says, taps or blocks"}, status=404)

    async def _control_received(self, request: web.Request) -> web.Response:
        person = self.person(int(request.query["chat"]))
        return web.json_response([{"text": s.text, "buttons": s.labels} for s in person.received()])


_FIRST_IDS = {"update": 500_000_000, "message": 100, "callback": 4_000_000_000_000}


def _error(refusal: Refusal) -> str:
    shape = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    return json.dumps({**shape, "parameters": refusal.parameters} if refusal.parameters else shape)


async def _params(request: web.Request) -> dict[str, Any]:
    """The parameters, wherever they are: in the query, a form or a JSON body."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.body_exists:
        params.update(json.loads(await request.read() or b"{}"))
    elif request.method == "POST":
        form = await request.post()
        params.update({name: _uploaded(value) for name, value in form.items()})
    return params


def _uploaded(value: str | bytes | bytearray | web.FileField) -> Any:
    """A field of a form; a file is read, for it is gone after the request."""
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        return SentFile(value.filename, value.content_type, file.read())


async def _run_alone(arguments: argparse.Namespace) -> None:
    server = TelegramServer(token=arguments.token, limits=Limits() if arguments.limits else None)
    server.fails("sendMessage", server_error(), times=float("inf"), chance=arguments.faults)
    await server.start(arguments.port)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Run by itself until interrupted; prints its URL."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.telegram_server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's send limits")
    parser.add_argument("--faults", type=float, default=0.0, help="share of sends answered with a 502")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run_alone(parser.parse_args()))


if __name__ == "__main__":
    main()
