"""The chat's own requests: the page sends, reads, and listens."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.channel import NAME, WebChannel
from bot.channels.web.demo import DemoBar
from bot.channels.web.guard import RateLimit, Rejected, from_our_page, json_object
from bot.channels.web.strangers import Strangers
from bot.channels.web.visitor import visitor
from bot.channels.web.wire import Reading, incoming, mark_text, read_mark
from messages.channel import IncomingMessage, Receive
from storage.queries import timeline
from storage.queries.channels import Standing
from storage.queries.timeline import Mark, Page
from storage.session import Begin, DatabaseFault

log = logging.getLogger(__name__)

T = TypeVar("T")

PING: Final = 15
"""Seconds between signs of life on a silent stream; the page gives a stream up after three."""
MOST_STREAMS: Final = 12
"""How many pages may listen at one address in one process."""


class Gone(Exception):
    """The session was ended: what was said in it is not shown to its cookie any more."""


_NOTHING_SAID: Final = Reading(Page((), Mark()), None)
_SIGNED_OUT: Final = Rejected(410, "Đồng chí đã đăng xuất.")


class Chat:
    """The endpoints under `/chat/messages` and `/chat/events`."""

    def __init__(
        self,
        *,
        receive: Receive,
        read: Begin,
        channel: WebChannel,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        demo: DemoBar | None,
        strangers: Strangers,
        poll_every: float,
        limit: RateLimit,
        public_url: str = "",
    ) -> None:
        self._receive = receive
        self._read = read
        self._channel = channel
        self._now = now
        self._zone = zone
        self._demo = demo
        self._strangers = strangers
        self._poll_every = poll_every
        self._limit, self._public_url = limit, public_url
        self._readers = anyio.CapacityLimiter(4)

    async def send(self, request: Request) -> Response:
        """Take one message in; `stored` means that it is in the books for good, 503 that it is not.

        A stranger's message is only answered, unless it is a code that opens.
        """
        from_our_page(request, self._public_url)
        address = visitor(request, self._demo).address
        message = incoming(await json_object(request), address, self._now())
        try:
            words = await self._stranger_is_told(request, message)
            if words is not None:
                told = {"stored": False, "said": words}
                return JSONResponse(told, headers={"Cache-Control": "no-store"})
            await self._receive(message)
        except Gone:
            raise _SIGNED_OUT from None
        except Rejected:
            raise
        except Exception:  # whatever it was, the message is not in the books: the page keeps it
            log.exception("A message of the web chat could not be taken in")
            raise Rejected(503, "Máy chủ đang bận, tin sẽ được gửi lại.", 2) from None
        self._channel.ring(address)
        return JSONResponse({"stored": True}, headers={"Cache-Control": "no-store"})

    async def history(self, request: Request) -> Response:
        """The last lines of the chat, or those after the mark in `?after=`."""
        address = visitor(request, self._demo).address
        mark = read_mark(request.query_params.get("after", ""))
        try:
            reading = await self._reading(address, mark)
        except Gone:
            raise _SIGNED_OUT from None
        except DatabaseFault:
            log.warning("The web chat cannot read the books", exc_info=True)
            raise Rejected(503, "Máy chủ đang bận, trang sẽ tự thử lại.", 2) from None
        if reading is None:
            self._strangers.ask(request)
            reading = _NOTHING_SAID
        return JSONResponse(reading.as_dict(), headers={"Cache-Control": "no-store"})

    async def events(self, request: Request) -> Response:
        """A stream of `lines` events; it goes on after `Last-Event-ID`, or `?after=`, or the last lines.

        There is none (204) for strangers, to whom nothing is said that their page does not hear at once.
        """
        address = visitor(request, self._demo).address
        if await self._is_strange(address):
            self._strangers.ask(request)
            return Response(status_code=204)
        if self._channel.listeners(address) >= MOST_STREAMS:
            raise Rejected(429, "Trang này đang mở ở quá nhiều cửa sổ.", 30)
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return EventSourceResponse(
            self._stream(address, read_mark(last)),
            ping=PING,
            ping_message_factory=lambda: ServerSentEvent(event="ping", data=""),
            send_timeout=2 * PING,
        )

    async def _stream(self, address: str, mark: Mark | None) -> AsyncIterator[ServerSentEvent]:
        with self._channel.listening(address) as bell:
            while not bell.closed:
                try:
                    reading = await self._reading(address, mark)
                except Gone:
                    yield ServerSentEvent(event="gone", data="")
                    return
                except DatabaseFault:
                    log.warning("The web chat cannot read the books", exc_info=True)
                    return  # the page comes back with its mark
                if reading is None:
                    return
                if reading.page.lines or mark is None:
                    yield ServerSentEvent(
                        event="lines",
                        id=mark_text(reading.page.mark),
                        data=json.dumps(reading.as_dict(), ensure_ascii=False),
                    )
                mark = reading.page.mark
                await bell.wait(self._poll_every)

    async def _is_strange(self, address: str) -> bool:
        try:
            standing = await self._asked(self._standing, address)
        except DatabaseFault:
            return False  # the stream ends by itself then
        return standing.person is None and not standing.left

    async def _stranger_is_told(self, request: Request, message: IncomingMessage) -> str | None:
        """What a stranger is told; None when the message is to be taken in, counted for its person where it has one."""
        standing = await self._asked(self._standing, message.sender.value)
        if standing.left:
            raise Gone
        if standing.person is not None:
            self._limit.take(str(standing.person))
            return None
        self._strangers.knock(request)
        return await self._asked(self._answer, message.text)

    async def _asked(self, look: Callable[[str], T], what: str) -> T:
        return await anyio.to_thread.run_sync(look, what, limiter=self._readers)

    async def _reading(self, address: str, mark: Mark | None) -> Reading | None:
        return await anyio.to_thread.run_sync(self._look, address, mark, limiter=self._readers)

    def _standing(self, address: str) -> Standing:
        with self._read() as session:
            return self._strangers.standing(session, address)

    def _answer(self, text: str) -> str | None:
        with self._read() as session:
            return self._strangers.answer(session, text)

    def _look(self, address: str, mark: Mark | None) -> Reading | None:
        """What is new at an address; None for a stranger's."""
        with self._read() as session:
            standing = self._strangers.standing(session, address)
            if standing.left:
                raise Gone
            if standing.person is None:
                return None
            if mark is None:
                page = timeline.newest(session, NAME, address)
            else:
                page = timeline.after(session, NAME, address, mark)
                if not page.lines:
                    return Reading(page, None)
            today = self._now().astimezone(self._zone).date()
            return Reading(page, timeline.known_at(session, NAME, address, today))
