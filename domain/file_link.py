"""Links at which a person fetches a file: for one downloading, and for a limited time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.enclosure import Enclosure
from domain.people import PersonId

AGAIN: Final = timedelta(minutes=10)
"""How long after its first use a link serves the same downloading: phones fetch twice, and lines break."""


class Standing(StrEnum):
    """Whether a link can be used: it can, it was used, its time is over."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A link as the books hold it: for whom, to what file, until when, and when it was used first (UTC)."""

    id: int
    person: PersonId
    encloses: Enclosure
    expires_at: datetime
    opened_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """Whether it can be used at a moment."""
        if self.opened_at is not None:
            return Standing.OPEN if now < self.opened_at + AGAIN else Standing.USED
        return Standing.OPEN if now < self.expires_at else Standing.EXPIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """How links are made: where they lead to, how long they last, and where their secret comes from."""

    public_url: str
    lasts: timedelta
    new_token: Callable[[], str]

    def url(self, token: str) -> str:
        """The page of a link; empty where nobody outside of this machine can open it."""
        return f"{self.public_url.rstrip('/')}/files/{token}" if self.public_url else ""


def digest(token: str) -> str:
    """What the books know a token by: nobody who reads them can open a link."""
    return hashlib.sha256(token.encode()).hexdigest()
