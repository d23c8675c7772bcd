"""Who is at a page: the session in the cookie, or in the demo the person whose phone one holds."""

from __future__ import annotations

import base64
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
"""What whoever opens the page is known by until they sign in."""
SIGNED_IN: Final = "chibo_signed_in"
"""The session of somebody. It has a name of its own: an answer that comes late on a weak line, with a cookie for a
stranger in it, must not take the place of the session that was signed in to meanwhile."""
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
    tokens = (request.cookies.get(name, "") for name in (SIGNED_IN, COOKIE))
    return next((token for token in tokens if _TOKEN.fullmatch(token)), None)


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def renewed_by(token: str, key: str, code: str) -> str:
    """The token of the session that a sign-in opens: another one than whoever signs in had, whoever gave them that.

    The same message gives the same one, so that a sign-in whose answer was lost can be sent again. Nobody else can
    tell it: they do not know the code, nor the key, which is made of chance on the phone.
    """
    digest = hashlib.sha256(f"{token}\n{key}\n{code}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def keep(response: Response, token: str, *, secure: bool, name: str = COOKIE) -> None:
    """Give the page its session: out of reach of scripts, and not sent along from other sites."""
    response.set_cookie(name, token, max_age=_LIFE, httponly=True, samesite="lax", secure=secure)


def begin_anew(response: Response, *, secure: bool) -> None:
    """Give the page a stranger's session in place of any that it had."""
    response.delete_cookie(SIGNED_IN, httponly=True, samesite="lax", secure=secure)
    keep(response, new_token(), secure=secure)


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
