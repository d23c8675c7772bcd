"""Whoever is not signed in: how often they may ask, and what they are told without anything being written down."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request

from bot.channels.web.guard import RateLimit
from domain.errors import CodeNotGood
from domain.invitation import Code, code_in, hash_of, is_nearly_code
from domain.office import NamesShown
from messages.say import Hearer, Say, say
from messages.words_of import refusal_words
from storage.queries import channels, invitations
from storage.queries.channels import Standing
from storage.session import Session

_ALL: Final = "all"
"""The one key of what is counted for the whole process."""


class Limits:
    """At most so many acts for each client's address, and for all of them together.

    Generous, for a mobile operator puts many phones behind one address; people who are signed in are not counted here.
    """

    def __init__(self, *, each: RateLimit, together: RateLimit) -> None:
        self._each, self._together = each, together

    def take(self, client: str) -> None:
        """Count one act; raises Rejected (429) when there were too many, from there or from everywhere."""
        self._each.take(client)
        self._together.take(_ALL)


class Strangers:
    """Those without a session of somebody: a cookie alone is nothing, for anybody can invent one.

    Nothing of theirs enters the books before they send a code that opens.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        office: str,
        zone: ZoneInfo,
        asking: Limits | None = None,
        joining: Limits | None = None,
    ) -> None:
        self._now, self._office = now, office
        self._hearer = Hearer(NamesShown.FULL, zone, office)
        self._asking = asking or Limits(
            each=RateLimit(burst=600, rate=10), together=RateLimit(burst=3000, rate=50)
        )
        self._joining = joining or Limits(
            each=RateLimit(burst=60, rate=1), together=RateLimit(burst=600, rate=10)
        )

    def ask(self, request: Request) -> None:
        """Count a request that reads the books; raises Rejected. To be called on the event loop, as `knock`."""
        self._asking.take(client_of(request))

    def knock(self, request: Request) -> None:
        """Count an attempt to join; raises Rejected."""
        self._joining.take(client_of(request))

    def standing(self, session: Session, address: str) -> Standing:
        """Whether a session on the web is somebody's."""
        return channels.standing_of(session, address)

    def opens(self, session: Session, code: Code) -> bool:
        """Whether somebody can join with a code now."""
        return invitations.opens(session, hash_of(code), self._now())

    def answer(self, text: str) -> str:
        """What a stranger is told who writes this, where it is not a code that opens."""
        hello = Say("enrolment/hello", {"office": self._office})
        tried = code_in(text) is not None or is_nearly_code(text)
        return say([refusal_words(CodeNotGood()) if tried else hello], self._hearer).text


def client_of(request: Request) -> str:
    """Where a request comes from: an address, of the newer kind the network that one customer gets.

    It is whoever connects to us; only through a proxy that the settings name is it whom that one names.
    """
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
