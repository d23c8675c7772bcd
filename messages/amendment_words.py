"""The words of what changed of a quarter after its close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.period import Quarter
from domain.progress import Tally, UnitProgress
from messages.say import Say

_A_PAGE: Final = 8
"""Units in one message: with their reasons, as many as a message carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A unit as it stood before and as it stands now, with the reasons; `before` is None where it was not there."""

    before: UnitProgress | None
    now: UnitProgress
    reasons: tuple[str, ...]


def amendment_words(
    quarter: Quarter,
    between: tuple[datetime, datetime],
    rows: Sequence[Amended],
    totals: tuple[Tally, Tally],
) -> tuple[Say, ...]:
    """One message, or as many as the units need; `between` is the time that it tells of, in UTC."""
    pages = [rows[first : first + _A_PAGE] for first in range(0, len(rows), _A_PAGE)]
    facts = {
        "quarter": quarter,
        "since": between[0],
        "until": between[1],
        "before": totals[0],
        "now": totals[1],
        "pages": len(pages),
    }
    return tuple(
        Say("rollup/amended", {**facts, "rows": page, "page": number}) for number, page in enumerate(pages, 1)
    )
