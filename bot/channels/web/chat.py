"""The chat's own requests: the page sends, reads, and listens."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
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
from bot.channels.web.visitor import SIGNED_IN, address_of, keep, renewed_by, token_of, visitor
from bot.channels.web.wire import Reading, Sending, mark_text, read_mark, sending, whose
from domain.invitation import code_in, is_plainly_code, normalise
from messages.channel import IncomingMessage, Receive
from storage.queries import timeline
from storage.queries.channels import Standing
from storage.queries.timeline import Mark, Page
from storage.session import Begin, DatabaseFault

log = logging.getLogger(__name__)

T = TypeVar("T")
W = TypeVar("W")

PING: Final = 15
"""Seconds between signs of life on a silent stream; the page gives a stream up after three."""
MOST_STREAMS: Final = 12
"""How many pages may listen at one address in one process."""


class Gone(Exception):
    """The session was ended: what was said in it is not shown to its cookie any more."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message that goes into the books, and the token of the session that it opens, if it opens one."""

    message: IncomingMessage
    token: str | None = None


_HELD: Final = {"held": True}
"""What is told of a message that is somebody's who is not signed in here: it stays on the phone."""
_WRITTEN_BEFORE: Final = {
    "said": "Tin này gõ trước khi đăng nhập nên chưa được nhận. Đồng chí nhắn lại giúp."
}
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
        self._secure = public_url.startswith("https://")
        self._readers = anyio.CapacityLimiter(4)

    async def send(self, request: Request) -> Response:
        """Take one message in; `stored` means that it is in the books for good, 503 that it is not.

        A stranger's message is only answered, unless it is a code that opens.
        """
        from_our_page(request, self._public_url)
        address = visitor(request, self._demo).address
        sent = sending(await json_object(request), address, self._now())
        try:
            taken = await self._taken_from(request, address, sent)
            if isinstance(taken, Mapping):
                return JSONResponse({"stored": False, **taken}, headers={"Cache-Control": "no-store"})
            await self._receive(taken.message)
        except Gone:
            raise _SIGNED_OUT from None
        except Rejected:
            raise
        except Exception:  # whatever it was, the message is not in the books: the page keeps it
            log.exception("A message of the web chat could not be taken in")
            raise Rejected(503, "Máy chủ đang bận, tin sẽ được gửi lại.", 2) from None
        self._channel.ring(taken.message.sender.value)
        response = JSONResponse({"stored": True}, headers={"Cache-Control": "no-store"})
        if taken.token is not None:
            keep(response, taken.token, secure=self._secure, name=SIGNED_IN)
        return response

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
        response = JSONResponse(reading.as_dict(), headers={"Cache-Control": "no-store"})
        token = token_of(request)
        if (
            mark is None and reading.whose and token is not None
        ):  # the visit of somebody gives the session a new span
            keep(response, token, secure=self._secure, name=SIGNED_IN)
        return response

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

    async def _taken_from(
        self, request: Request, address: str, sent: Sending
    ) -> _Taken | Mapping[str, object]:
        """The message to be taken in, counted for its person where it has one; or what the page is told instead."""
        standing = await self._asked(self._standing, address)
        if standing.left:
            raise Gone
        if standing.person is None:
            self._strangers.knock(request)
            return await self._asked(self._from_stranger, (request, address, sent))
        self._limit.take(str(standing.person))
        own = whose(standing)
        if sent.of in (None, own):
            return _Taken(sent.by(address, own))
        if sent.of:
            return _HELD
        return _Taken(sent.by(address)) if _is_code(sent.message.text) else _WRITTEN_BEFORE

    def _from_stranger(self, asked: tuple[Request, str, Sending]) -> _Taken | Mapping[str, object]:
        """A stranger's message is only answered, or is somebody's and waits for them; but a code signs in, to a new session."""
        request, address, sent = asked
        text, token = sent.message.text, token_of(request)
        code = code_in(text)
        with self._read() as session:
            if code is not None and token is not None and address == address_of(token):
                fresh = renewed_by(token, sent.key, code)
                again = self._strangers.standing(session, address_of(fresh)).person is not None
                if again or self._strangers.opens(session, code):
                    return _Taken(sent.by(address_of(fresh)), fresh)
            return _HELD if sent.of else {"said": self._strangers.answer(text)}

    async def _asked(self, look: Callable[[W], T], what: W) -> T:
        return await anyio.to_thread.run_sync(look, what, limiter=self._readers)

    async def _reading(self, address: str, mark: Mark | None) -> Reading | None:
        return await anyio.to_thread.run_sync(self._look, address, mark, limiter=self._readers)

    def _standing(self, address: str) -> Standing:
        with self._read() as session:
            return self._strangers.standing(session, address)

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
                    return Reading(page, None, whose(standing))
            today = self._now().astimezone(self._zone).date()
            return Reading(page, timeline.known_at(session, NAME, address, today), whose(standing))


def _is_code(text: str) -> bool:
    """Whether a text is a code and cannot well be anything else."""
    return normalise(text) is not None and is_plainly_code(text)
