"""What a message has read back to somebody of a unit's quarter, as a code that a choice carries: one tap files it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zlib import crc32

from domain.period import Quarter

_CODE: Final = re.compile(r"([A-Z][A-Z0-9]*)-(\d{4})-([1-4])(?:-(\d+)-(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """A unit by its code, the quarter, how many it was said to have admitted, and a mark of whom and when.

    Where no figures were read back there are none.
    """

    unit: str
    quarter: Quarter
    admitted: int | None = None
    mark: int = 0

    @property
    def code(self) -> str:
        """The form that a choice carries: «BS-2022-1-2-40961», «BS-2022-1»."""
        figures = "" if self.admitted is None else f"-{self.admitted}-{self.mark}"
        return f"{self.unit}-{self.quarter.year}-{self.quarter.number}{figures}"


def read_back_of(code: str | None) -> ReadBack | None:
    """The inverse of `ReadBack.code`; None for any other code."""
    match = _CODE.fullmatch(code or "")
    if match is None:
        return None
    unit, year, number, admitted, mark = match.groups()
    return ReadBack(
        unit=unit,
        quarter=Quarter(int(year), int(number)),
        admitted=None if admitted is None else int(admitted),
        mark=int(mark or 0),
    )


def mark_of(people: Iterable[tuple[str, str, date]]) -> int:
    """A number that changes when anybody of these does: their receipt codes, names and days; 0 for nobody."""
    lines = [f"{code} {name} {on}" for code, name, on in people]
    return crc32("\n".join(lines).encode()) % 100_000 if lines else 0
