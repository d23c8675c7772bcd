"""The web chat put together: everything under `/chat`, `/healthz`, and the way from `/`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.channel import WebChannel
from bot.channels.web.chat import Chat
from bot.channels.web.dashboard_pages import PATH, DashboardPages, Open
from bot.channels.web.demo import DemoBar, DemoDesk
from bot.channels.web.files import FileRoom, Files
from bot.channels.web.guard import Endpoint, RateLimit, guarded
from bot.channels.web.page import Pages
from bot.channels.web.strangers import Strangers
from messages.channel import Receive
from storage.session import Begin, answers

PATIENCE = 5
"""Seconds that the database has to answer a question after its health."""


def web_routes(
    *,
    receive: Receive,
    read: Begin,
    channel: WebChannel,
    now: Callable[[], datetime],
    office: str,
    zone: ZoneInfo,
    public_url: str | None = None,
    demo: DemoDesk | None = None,
    files: FileRoom | None = None,
    opened: Open | None = None,
    poll_every: float = 2.0,
    limit: RateLimit | None = None,
    strangers: Strangers | None = None,
) -> list[BaseRoute]:
    """The routes of the web chat, for a Starlette application.

    `receive` is the intake; `read` opens a reading session (`storage.session.reading`); `channel` is the one
    that delivery sends through, whose `close()` must be called before the server is stopped; `now` tells the time
    in UTC and `zone` where people read it; `office` stands in the page's head; `public_url` beginning with
    https marks the cookie as secure; with a `demo` the page has its people and its clock; with `files` it hands files
    out, at links as well, and where `opened` tells where numbers came from it has the dashboard. Open pages ask the books
    every `poll_every` seconds, beside being woken, so that several processes can serve. `limit` is for each person,
    `strangers` for those who are not signed in.
    """
    strangers = strangers or Strangers(now=now, office=office, zone=zone)
    bar = None if demo is None else DemoBar(demo, zone)
    secure = (public_url or "").startswith("https://")
    pages = Pages(
        read=read,
        office=office,
        zone=zone,
        demo=bar,
        secure=secure,
        strangers=strangers,
        dashboard=PATH if files and opened else "",
    )
    chat = Chat(
        receive=receive,
        read=read,
        channel=channel,
        now=now,
        zone=zone,
        demo=bar,
        strangers=strangers,
        poll_every=poll_every,
        limit=limit or RateLimit(burst=40, rate=2),
        public_url=public_url or "",
    )
    room, dashboard = None, None
    if files is not None:
        room = Files(files, demo=bar, assets=pages.assets, strangers=strangers)
    if files is not None and opened is not None:
        dashboard = DashboardPages(files, opened, demo=bar, assets=pages.assets, strangers=strangers)
    return [
        Route("/", lambda _: RedirectResponse("/chat"), methods=["GET"]),
        Route("/healthz", _healthz(read), methods=["GET"]),
        *_chat_routes(pages, chat),
        *(_worker_routes(pages) if bar is None else _demo_routes(bar)),
        *([] if room is None else _file_routes(room)),
        *([] if dashboard is None else _dashboard_routes(dashboard)),
    ]


def _chat_routes(pages: Pages, chat: Chat) -> list[BaseRoute]:
    return [
        Route("/chat", pages.chat, methods=["GET"]),
        Route("/chat/anew", guarded(pages.anew), methods=["GET"]),
        Route("/chat/manifest.webmanifest", pages.manifest, methods=["GET"]),
        Route("/chat/static/{version}/{name}", pages.asset, methods=["GET"]),
        Route("/chat/messages", guarded(chat.history), methods=["GET"]),
        Route("/chat/messages", guarded(chat.send), methods=["POST"]),
        Route("/chat/events", guarded(chat.events), methods=["GET"]),
    ]


def _worker_routes(pages: Pages) -> list[BaseRoute]:
    """The demo has none: its page shows many people's telephones."""
    return [Route("/chat/worker.js", pages.worker, methods=["GET"])]


def _file_routes(files: Files) -> list[BaseRoute]:
    return [
        Route("/chat/files/{key}", files.from_chat, methods=["GET"]),
        Route("/files/{token}", files.page, methods=["GET"]),
        Route("/files/{token}/{name}", files.file, methods=["GET"]),
    ]


def _dashboard_routes(dashboard: DashboardPages) -> list[BaseRoute]:
    return [
        Route(PATH, dashboard.dashboard, methods=["GET"]),
        Route(f"{PATH}/don-vi/{{unit}}", dashboard.unit, methods=["GET"]),
        Route(f"{PATH}/so/{{code}}", dashboard.number, methods=["GET"]),
        Route(f"{PATH}/bieu-do", dashboard.chart, methods=["GET"]),
        Route(f"{PATH}/tep/{{output}}", dashboard.file, methods=["GET"]),
    ]


def _demo_routes(bar: DemoBar) -> list[BaseRoute]:
    return [
        Route("/chat/clock", guarded(bar.show_clock), methods=["GET"]),
        Route("/chat/clock", guarded(bar.move_clock), methods=["POST"]),
    ]


def _healthz(read: Begin) -> Endpoint:
    asking = anyio.CapacityLimiter(1)  # however many ask, the books are asked one at a time

    async def healthz(_: Request) -> Response:
        """Whether this process can work: 200 when the database answers, 503 when it does not."""
        well = False
        with anyio.move_on_after(PATIENCE):
            well = await anyio.to_thread.run_sync(answers, read, abandon_on_cancel=True, limiter=asking)
        body = {"status": "ok" if well else "database unreachable"}
        return JSONResponse(body, 200 if well else 503, headers={"Cache-Control": "no-store"})

    return healthz
