"""What the titles above an annex say of the plan that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

_NUMBER: Final = re.compile(r"số\s+(\d{1,4}-KH/[\w.]{1,12})", re.IGNORECASE)
_SIGNED: Final = re.compile(r"ngày\s+(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.IGNORECASE)
_YEAR: Final = re.compile(r"năm\s+(20\d{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTerms:
    """The plan's year, number and date as far as they are stated."""

    year: int | None = None
    number: str | None = None
    signed_on: date | None = None


def stated_terms(titles: Iterable[str]) -> StatedTerms:
    """The terms in titles such as «kèm theo Kế hoạch số 72-KH/HU ngày 11/02/2022»; the first of each counts."""
    text = "\n".join(titles)
    number, signed, year = _NUMBER.search(text), _SIGNED.search(text), _YEAR.search(text)
    return StatedTerms(
        year=None if year is None else int(year[1]),
        number=None if number is None else number[1],
        signed_on=None if signed is None else _day(*map(int, signed.groups())),
    )


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
