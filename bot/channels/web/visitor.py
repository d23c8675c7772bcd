"""Who is at a page: the session in the cookie, or in the demo the person whose phone one holds."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.demo import DemoBar
from bot.channels.web.guard import Rejected

COOKIE: Final = "chibo_session"
STRANGER: Final = "khach"
"""The key of the demo's guest, who has no invitation yet and is known by the cookie alone."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_LIFE: Final = 400 * 24 * 3600
"""The longest life that browsers grant a cookie, in seconds; every visit renews it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The value of the address that a page writes from, and in the demo the key of its person."""

    address: str
    key: str = ""


def address_of(token: str) -> str:
    """The address that belongs to a session: a hash, so that the books hold nothing one could sign in with."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def token_of(request: Request) -> str | None:
    """The session's token, if the request carries one of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def keep(response: Response, token: str, *, secure: bool) -> None:
    """Give the page its session: out of reach of scripts, and not sent along from other sites."""
    response.set_cookie(COOKIE, token, max_age=_LIFE, httponly=True, samesite="lax", secure=secure)


def visitor(request: Request, demo: DemoBar | None) -> Visitor:
    """Who makes this request; raises Rejected (401) when the session is gone."""
    key = request.query_params.get("as", "")
    person = demo.person(key) if demo is not None else None
    if person is not None:
        return Visitor(person.address, person.key)
    token = token_of(request)
    if token is None:
        raise Rejected(401, "Phiên làm việc đã hết. Đồng chí tải lại trang giúp.")
    return Visitor(address_of(token), STRANGER if demo is not None else "")
