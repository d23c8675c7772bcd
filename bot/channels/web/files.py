"""Handing out files: from a line of the web chat, and at links that other channels carry."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol, TypeVar
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.channel import NAME
from bot.channels.web.demo import DemoBar
from bot.channels.web.environment import pages
from bot.channels.web.guard import SECURITY_HEADERS, Rejected
from bot.channels.web.strangers import Strangers
from bot.channels.web.visitor import visitor
from domain.enclosure import Enclosure
from domain.file_link import FileLink, Linking, Standing
from domain.office import Office
from domain.people import PersonId
from domain.policy import Action, may
from messages.channel import Make, NotMade
from messages.figures.outputs import MEDIA_TYPES
from storage.queries import file_links, people, timeline
from storage.session import Begin, DatabaseFault, Session

log = logging.getLogger(__name__)

T = TypeVar("T")
_LINE: Final = re.compile(r"o([1-9][0-9]{0,8})", re.ASCII)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
HEADERS: Final[Mapping[str, str]] = {
    **SECURITY_HEADERS,
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_AGAIN: Final = "Đồng chí nhắn «xuất biểu» để lấy tệp mới."
_NOTHING: Final = (404, f"Không có tệp ở đường dẫn này. {_AGAIN}")
_USED: Final = (410, f"Đường dẫn này đã dùng rồi. {_AGAIN}")
_EXPIRED: Final = (410, f"Đường dẫn này đã hết hạn. {_AGAIN}")
_NOT_ALLOWED: Final = (403, "Tệp này chỉ dành cho cán bộ đang được phân công.")
_NOT_MADE: Final = (503, "Tệp chưa lập được do máy chủ gặp trục trặc. Đồng chí thử lại sau ít phút.")
_BUSY: Final = (503, "Máy chủ đang bận. Đồng chí thử lại sau ít phút.")
_SIGNED_OUT: Final = (401, "Phiên làm việc đã hết. Đồng chí mở lại trang trò chuyện giúp.")


class Books(Protocol):
    """Where all writing in the database is done, off the event loop."""

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do a piece of work in a transaction; returns when it is committed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRoom:
    """What handing out files takes: the books, who makes the files, how links are made, whose office it is."""

    read: Begin
    books: Books
    make: Make
    linking: Linking
    office: Office
    now: Callable[[], datetime]


class _Sorry(Exception):
    """There is no file for this request: the status, and what a person is told."""

    def __init__(self, why: tuple[int, str]) -> None:
        super().__init__(why)
        self.why = why


class Files:
    """The endpoints that hand out files; `assets` is where the pages' style lies."""

    def __init__(self, room: FileRoom, *, demo: DemoBar | None, assets: str, strangers: Strangers) -> None:
        self._page = pages(room.office.timezone).get_template("file.html")
        self._strangers = strangers
        self._room, self._demo, self._assets = room, demo, assets

    async def from_chat(self, request: Request) -> Response:
        """Send whoever is at a chat on to a link of their own to the file of one of its lines."""
        return await self._answered(self._link_for, request)

    async def page(self, request: Request) -> Response:
        """What a link leads to: the file's name and the way to it. Whatever looks at it does not use the link up."""
        return await self._answered(self._shown, request)

    async def file(self, request: Request) -> Response:
        """The file of a link, which is used by that."""
        return await self._answered(self._handed_out, request)

    async def _answered(self, answer: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        try:
            return await answer(request)
        except _Sorry as sorry:
            return self._html(*sorry.why)
        except Rejected as rejected:
            return self._html(rejected.status, rejected.words)
        except DatabaseFault:
            log.warning("the books cannot be read for a file", exc_info=True)
            return self._html(*_BUSY)

    async def _link_for(self, request: Request) -> Response:
        try:
            address = visitor(request, self._demo).address
        except Rejected:
            raise _Sorry(_SIGNED_OUT) from None
        line = _LINE.fullmatch(request.path_params["key"])
        if line is None:
            raise _Sorry(_NOTHING)
        try:
            person, what = await anyio.to_thread.run_sync(self._came_with, address, int(line[1]))
        except _Sorry:
            self._strangers.ask(request)
            raise
        token, now = self._room.linking.new_token(), self._room.now()
        until = now + self._room.linking.lasts
        await self._written(
            lambda session: file_links.put_link(session, token, person, what, at=now, until=until)
        )
        return RedirectResponse(f"/files/{token}/{what.name}", 303, headers=dict(HEADERS))

    def _came_with(self, address: str, line: int) -> tuple[PersonId, Enclosure]:
        """Who is at an address, and what file came with a line of their chat."""
        with self._room.read() as session:
            what = timeline.enclosed_at(session, NAME, address, line)
            if what is None:
                raise _Sorry(_NOTHING)
            sender = timeline.known_at(session, NAME, address, self._today())
        if sender is None or sender.person is None or not may(sender.person, Action.EXPORT):
            raise _Sorry(_NOT_ALLOWED)
        return sender.person.id, what

    async def _shown(self, request: Request) -> Response:
        self._strangers.ask(request)  # a link is opened where nobody is signed in
        token = request.path_params["token"]
        link = await anyio.to_thread.run_sync(self._link, token)
        until = link.expires_at.astimezone(self._room.office.timezone)
        last = f"{until:%H:%M} ngày {until.day}/{until.month}/{until.year}"
        words = f"Đường dẫn chỉ dành cho đồng chí, dùng một lần, đến {last}."
        return self._html(200, words, what=link.encloses, url=f"/files/{token}/{link.encloses.name}")

    async def _handed_out(self, request: Request) -> Response:
        self._strangers.ask(request)
        link = await anyio.to_thread.run_sync(self._link, request.path_params["token"])
        what = link.encloses
        if request.path_params["name"] != what.name:
            raise _Sorry(_NOTHING)
        headers = {**HEADERS, "Content-Disposition": disposition(what)}
        if request.method == "HEAD":
            return Response(media_type=MEDIA_TYPES[what.output], headers=headers)
        try:
            file = await self._room.make(what)
        except NotMade:
            raise _Sorry(_NOT_MADE) from None
        now = self._room.now()  # the opening is noted once the file is there: what fails uses nothing up
        await self._written(lambda session: file_links.mark_opened(session, link, now))
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def _written(self, work: Callable[[Session], None]) -> None:
        """Write into the books; where that cannot be done nothing is handed out, for it would not be in the log."""
        try:
            await self._room.books.run(work)
        except Exception:  # whatever it was
            log.exception("what becomes of a file could not be written down")
            raise _Sorry(_BUSY) from None

    def _link(self, token: str) -> FileLink:
        """The link of a token that can be used now by somebody who still may."""
        with self._room.read() as session:
            link = file_links.link_of(session, token) if _TOKEN.fullmatch(token) else None
            if link is None:
                raise _Sorry(_NOTHING)
            standing = link.standing(self._room.now())
            if standing is not Standing.OPEN:
                raise _Sorry(_USED if standing is Standing.USED else _EXPIRED)
            person = people.person_on(session, link.person, self._today())
        if person is None or not may(person, Action.EXPORT):
            raise _Sorry(_NOT_ALLOWED)
        return link

    def _today(self) -> date:
        return self._room.office.day_of(self._room.now())

    def _html(self, status: int, words: str, *, what: Enclosure | None = None, url: str = "") -> Response:
        html = self._page.render(
            office=self._room.office.name,
            assets=self._assets,
            words=words,
            name="" if what is None else what.full_name,
            url=url,
        )
        return HTMLResponse(html, status, headers=dict(HEADERS))


def disposition(what: Enclosure) -> str:
    """To be saved under its name: in ASCII for old programs, and as it is written for the others."""
    return f"attachment; filename=\"{what.name}\"; filename*=UTF-8''{quote(what.full_name)}"
