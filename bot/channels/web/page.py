"""The page of the chat and what belongs to it: style, script, icon, manifest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.channels.web.demo import DemoBar
from bot.channels.web.environment import pages
from bot.channels.web.guard import SECURITY_HEADERS
from bot.channels.web.strangers import Strangers
from bot.channels.web.visitor import STRANGER, address_of, begin_anew, keep, new_token, token_of
from storage.session import Begin

_HERE: Final = Path(__file__).parent
SHELL: Final = (
    "bubbles.js",
    "chat.css",
    "chat.js",
    "icon.svg",
    "kept.js",
    "live.js",
    "unsent.js",
)
"""What the page needs to open without a line."""
PATIENCE: Final = 4000
"""Milliseconds after which the page opens as it was kept, however the line fares."""
SHOWN_FIRST: Final = 5
"""How many of the demo's people stand in the list before one searches."""
_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


class Pages:
    """The endpoints that serve the page; everything is read once, at the start."""

    def __init__(
        self,
        *,
        read: Begin,
        office: str,
        zone: ZoneInfo,
        demo: DemoBar | None,
        secure: bool,
        strangers: Strangers,
        dashboard: str = "",
    ) -> None:
        self._read = read
        environment = pages(zone)
        self._page = environment.get_template("chat.html")
        self._worker = environment.get_template("worker.js")
        self._assets = {path.name: path.read_bytes() for path in sorted((_HERE / "static").iterdir())}
        self._version = hashlib.sha256(b"".join(self._assets.values())).hexdigest()[:12]
        self._office = office
        self._zone = zone
        self._demo = demo
        self._secure, self._strangers = secure, strangers
        self._dashboard = dashboard

    @property
    def assets(self) -> str:
        """Where the files of this release's pages lie."""
        return f"/chat/static/{self._version}"

    async def chat(self, request: Request) -> Response:
        """The page itself; whoever has no session yet is given one."""
        key = request.query_params.get("as", "")
        if self._demo is not None and key != STRANGER and self._demo.person(key) is None:
            return RedirectResponse(f"/chat?as={self._demo.people()[0].key}")
        response: Response = HTMLResponse(
            self._html(key), headers={**SECURITY_HEADERS, "Cache-Control": "no-store"}
        )
        if (
            token_of(request) is None
        ):  # a session that is there is not put in the place of one just signed in to
            keep(response, new_token(), secure=self._secure)
        return response

    def _html(self, key: str) -> str:
        return self._page.render(
            office=self._office,
            zone=self._zone.key,
            assets=self.assets,
            people=() if self._demo is None else self._demo.people(),
            is_demo=self._demo is not None,
            stranger=STRANGER,
            shown_first=SHOWN_FIRST,
            chosen=key if self._demo is not None else "",
            dashboard=self._dashboard
            and (f"{self._dashboard}?as={key}" if self._demo is not None else self._dashboard),
        )

    async def worker(self, _: Request) -> Response:
        """What opens the page without a line: another one with each release, for the browser to take in."""
        html = self._html("")
        release = hashlib.sha256(f"{self._version}{html}".encode()).hexdigest()[:12]
        files = [f"{self.assets}/{name}" for name in SHELL]
        script = self._worker.render(release=f"chibo-{release}", files=files, patience=PATIENCE)
        headers = {**SECURITY_HEADERS, "Cache-Control": "no-cache", "Service-Worker-Allowed": "/chat"}
        return Response(script, media_type=_KINDS[".js"], headers=headers)

    async def anew(self, request: Request) -> Response:
        """A session of its own for a page whose last one was ended; one that lives is not taken from anybody."""
        self._strangers.ask(request)
        guest = f"?as={STRANGER}" if self._demo is not None else ""
        response = RedirectResponse(f"/chat{guest}", 303, headers={"Cache-Control": "no-store"})
        token = token_of(request)
        if token is None or await anyio.to_thread.run_sync(self._was_left, address_of(token)):
            begin_anew(response, secure=self._secure)
        return response

    def _was_left(self, address: str) -> bool:
        with self._read() as session:
            return self._strangers.standing(session, address).left

    async def asset(self, request: Request) -> Response:
        """A file of the page; under the version of this release it may be kept for good."""
        name = request.path_params["name"]
        content = self._assets.get(name)
        if content is None:
            return Response(status_code=404)
        current = request.path_params["version"] == self._version
        lasting = "public, max-age=31536000, immutable" if current else "no-cache"
        headers = {**SECURITY_HEADERS, "Cache-Control": lasting}
        return Response(content, media_type=_KINDS[Path(name).suffix], headers=headers)

    async def manifest(self, _: Request) -> Response:
        """What a phone needs to keep the chat on its home screen."""
        drawn = {"src": f"{self.assets}/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
        painted = {
            "src": f"{self.assets}/icon-512.png",
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "any maskable",
        }
        return JSONResponse(
            {
                "name": f"chibo · {self._office}",
                "short_name": "chibo",
                "lang": "vi",
                "start_url": "/chat",
                "scope": "/chat",
                "display": "standalone",
                "background_color": "#faf7f2",
                "theme_color": "#a3161c",
                "icons": [drawn, painted],
            },
            media_type="application/manifest+json",
            headers={**SECURITY_HEADERS, "Cache-Control": "no-cache"},
        )
