"""The endpoints of the dashboard: the quarter at a glance, its units, where a number came from, and the files."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar
from urllib.parse import quote, urlencode

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.channel import NAME
from bot.channels.web.dashboard import (
    Dashboard,
    NotShown,
    UnitDashboard,
    Viewer,
    dashboard_of,
    unit_dashboard_of,
)
from bot.channels.web.demo import DemoBar
from bot.channels.web.environment import pages
from bot.channels.web.files import HEADERS, FileRoom
from bot.channels.web.guard import Rejected
from bot.channels.web.strangers import Strangers
from bot.channels.web.visitor import Visitor, visitor
from domain.enclosure import Enclosure, Output
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may
from domain.progress import FilingState
from messages.channel import NotMade
from messages.status_words import MARKS
from storage.faults import Unavailable
from storage.queries import audit, file_links, timeline
from storage.session import DatabaseFault, Session

log = logging.getLogger(__name__)

T = TypeVar("T")
PATH: Final = "/tinhhinh"
_SIGNED_OUT: Final = (
    401,
    "Trang này dành cho cán bộ Ban Tổ chức và người phụ trách cụm. Đồng chí vào bằng mã mời.",
)
_NOT_ALLOWED: Final = (403, "Trang này chỉ dành cho cán bộ Ban Tổ chức và người phụ trách cụm.")
_NOTHING: Final = (404, "Không có trang này.")
_BUSY: Final = (503, "Máy chủ đang bận. Đồng chí thử lại sau ít phút.")


class Open(Protocol):
    """Tells where an admission came from, to whoever oversees its unit."""

    def __call__(self, session: Session, person: Person, code: str, now: datetime) -> str | None: ...


class _Sorry(Exception):
    def __init__(self, why: tuple[int, str]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Found:
    """A dashboard, and who looks at it."""

    viewer: Viewer
    dashboard: Dashboard

    @property
    def tag(self) -> str:
        """The dashboard's mark as HTTP writes it."""
        return f'"{self.dashboard.mark}"'


class DashboardPages:
    """The pages of the dashboard; `opened` tells where a number came from, `assets` is where style and script lie."""

    def __init__(
        self, room: FileRoom, opened: Open, *, demo: DemoBar | None, assets: str, strangers: Strangers
    ) -> None:
        self._room, self._opened, self._demo, self._strangers = room, opened, demo, strangers
        environment = pages(room.office.timezone)
        environment.globals |= {"office": room.office.name, "assets": assets, "marks": MARKS}
        self._dashboard = environment.get_template("dashboard.html")
        self._unit = environment.get_template("dashboard_unit.html")
        self._number = environment.get_template("dashboard_number.html")
        self._sorry = environment.get_template("dashboard_sorry.html")

    async def dashboard(self, request: Request) -> Response:
        """The quarter at a glance; not sent again to a page that shows it as it is."""
        return await self._answered(self._whole, request)

    async def unit(self, request: Request) -> Response:
        """One unit's quarter, with the people admitted."""
        return await self._answered(self._one, request)

    async def number(self, request: Request) -> Response:
        """Where an admission came from, and every change since."""
        return await self._answered(self._trail, request)

    async def chart(self, request: Request) -> Response:
        """The chart of a quarter as the books stand."""
        return await self._answered(self._picture, request)

    async def file(self, request: Request) -> Response:
        """Send an officer on to a link of their own to a file of a quarter."""
        return await self._answered(self._link, request)

    # --- what each of them answers ---------------------------------------------------------------

    async def _whole(self, request: Request) -> Response:
        quarter, state = self._quarter(request), self._state(request)

        def look(session: Session, viewer: Viewer) -> _Found:
            return _Found(viewer, dashboard_of(session, viewer, quarter))

        found = await self._read(request, look)
        viewer, dashboard = found.viewer, found.dashboard
        headers = {**HEADERS, "ETag": found.tag, "Chibo-As-Of": self._clock(viewer.now)}
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        shown = dashboard.all.quarter
        await self._note(viewer, "see dashboard", shown.code)
        url = _Urls(visitor(request, self._demo), shown)
        words = {"dashboard": dashboard, "viewer": viewer, "state": state, "url": url}
        return HTMLResponse(self._dashboard.render(words), headers=headers)

    async def _one(self, request: Request) -> Response:
        code, asked = request.path_params["unit"], self._quarter(request)

        def look(session: Session, viewer: Viewer) -> tuple[Viewer, UnitDashboard]:
            quarter = asked or dashboard_of(session, viewer, None).reported
            return viewer, unit_dashboard_of(session, viewer, quarter, code)

        viewer, found = await self._read(request, look)
        quarter = found.row.quarter
        await self._note(viewer, "see unit", f"{code} {quarter.code}")
        url = _Urls(visitor(request, self._demo), quarter)
        html = self._unit.render(found=found, viewer=viewer, url=url)
        return HTMLResponse(html, headers=dict(HEADERS))

    async def _trail(self, request: Request) -> Response:
        code, asked = request.path_params["code"], self._quarter(request)

        def look(session: Session, viewer: Viewer) -> tuple[Viewer, Quarter, str]:
            told = self._opened(session, viewer.person, code, viewer.now)
            if told is None:
                raise NotShown
            return viewer, asked or dashboard_of(session, viewer, None).reported, told

        viewer, quarter, told = await self._read(request, look)
        await self._note(viewer, "see number", code)
        url = _Urls(visitor(request, self._demo), quarter)
        return HTMLResponse(self._number.render(code=code, told=told, url=url), headers=dict(HEADERS))

    async def _picture(self, request: Request) -> Response:
        what, found = await self._enclosed(request, Output.PNG)
        # The browser may keep it, but shows it to nobody without asking: the session may have ended.
        headers = {**HEADERS, "Cache-Control": "private, no-cache", "ETag": found.tag}
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        file = await self._room.make(what)
        return Response(file.content, media_type=file.media_type, headers=headers)

    async def _link(self, request: Request) -> Response:
        try:
            output = Output(request.path_params["output"])
        except ValueError:
            raise _Sorry(_NOTHING) from None
        what, found = await self._enclosed(request, output)
        token, now, person = self._room.linking.new_token(), found.viewer.now, found.viewer.person.id
        until = now + self._room.linking.lasts
        await self._room.books.run(
            lambda session: file_links.put_link(session, token, person, what, at=now, until=until)
        )
        return RedirectResponse(f"/files/{token}/{what.name}", 303, headers=dict(HEADERS))

    async def _enclosed(self, request: Request, output: Output) -> tuple[Enclosure, _Found]:
        """The file of a quarter as the books stand, for somebody to whom files are given."""
        quarter = self._quarter(request)

        def look(session: Session, viewer: Viewer) -> _Found:
            if not viewer.may_export:
                raise _Sorry(_NOT_ALLOWED)
            return _Found(viewer, dashboard_of(session, viewer, quarter))

        found = await self._read(request, look)
        return Enclosure(output=output, quarter=found.dashboard.all.quarter, as_of=found.viewer.now), found

    # --- who looks, and at what ------------------------------------------------------------------

    async def _answered(self, answer: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        try:
            return await answer(request)
        except _Sorry as sorry:
            return self._apology(*sorry.why)
        except Rejected as rejected:
            return self._apology(rejected.status, rejected.words)
        except NotShown:
            return self._apology(*_NOTHING)
        except (DatabaseFault, Unavailable, NotMade):
            log.warning("the dashboard cannot be shown", exc_info=True)
            return self._apology(*_BUSY)

    async def _read(self, request: Request, look: Callable[[Session, Viewer], T]) -> T:
        """What somebody who may look sees in the books."""
        try:
            address = visitor(request, self._demo).address
        except Rejected:
            raise _Sorry(_SIGNED_OUT) from None
        try:
            return await anyio.to_thread.run_sync(self._look, address, look)
        except _Sorry as sorry:
            if sorry.why == _SIGNED_OUT:
                self._strangers.ask(request)
            raise

    def _look(self, address: str, look: Callable[[Session, Viewer], T]) -> T:
        now, office = self._room.now(), self._room.office
        with self._room.read() as session:
            sender = timeline.known_at(session, NAME, address, office.day_of(now))
            if sender is None or sender.person is None:
                raise _Sorry(_SIGNED_OUT)
            if not may(sender.person, Action.OVERSEE):
                raise _Sorry(_NOT_ALLOWED)
            return look(session, Viewer(person=sender.person, now=now, office=office))

    async def _note(self, viewer: Viewer, act: str, subject: str) -> None:
        """Write down who saw what."""
        person = viewer.person.id
        await self._room.books.run(
            lambda session: audit.note(session, act, at=viewer.now, person=person, subject=subject)
        )

    def _quarter(self, request: Request) -> Quarter | None:
        asked = request.query_params.get("quarter", "")
        try:
            return Quarter.parse(asked) if asked else None
        except ValueError:
            raise _Sorry(_NOTHING) from None

    def _state(self, request: Request) -> FilingState | None:
        asked = request.query_params.get("state", "")
        return FilingState(asked) if asked in set(FilingState) else None

    def _clock(self, moment: datetime) -> str:
        local = moment.astimezone(self._room.office.timezone)
        return f"{local:%H:%M}, {local.day}/{local.month}/{local.year}"

    def _apology(self, status: int, words: str) -> Response:
        return HTMLResponse(self._sorry.render(words=words), status, headers=dict(HEADERS))


class _Urls:
    """The addresses of the pages around one: they keep the quarter, and in the demo whose phone one holds."""

    def __init__(self, who: Visitor, quarter: Quarter) -> None:
        self._as: Mapping[str, str] = {"as": who.key} if who.key else {}
        self._quarter = quarter

    def dashboard(self, quarter: Quarter | None = None, state: FilingState | None = None) -> str:
        only = {} if state is None else {"state": state.value}
        return self._with(PATH, {"quarter": (quarter or self._quarter).code, **only})

    def unit(self, code: str) -> str:
        return self._with(f"{PATH}/don-vi/{quote(code)}", {"quarter": self._quarter.code})

    def number(self, code: str) -> str:
        return self._with(f"{PATH}/so/{quote(code)}", {"quarter": self._quarter.code})

    def file(self, output: str) -> str:
        return self._with(f"{PATH}/tep/{output}", {"quarter": self._quarter.code})

    def chart(self, mark: str) -> str:
        return self._with(f"{PATH}/bieu-do", {"quarter": self._quarter.code, "mark": mark})

    def chat(self) -> str:
        return self._with("/chat", {})

    def _with(self, path: str, query: Mapping[str, str]) -> str:
        asked = urlencode({**query, **self._as})
        return f"{path}?{asked}" if asked else path
