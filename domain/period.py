"""Quarters: their bounds, their arithmetic and their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ROMAN: Final = ("I", "II", "III", "IV")
_CODE: Final = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter: `year` as on the calendar, `number` from 1 to 4; ordered in time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"a quarter's number is 1 to 4, not {self.number}")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that `day` lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def parse(cls, code: str) -> Quarter:
        """Read a code such as `2022-Q1`; ValueError when it is not one."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"{code!r} is not a quarter: write it like 2022-Q1")
        return cls(int(match[1]), int(match[2]))

    @property
    def code(self) -> str:
        """The form that programs read: `2022-Q1`."""
        return f"{self.year}-Q{self.number}"

    @property
    def name(self) -> str:
        """The form that people read, without the year: `quý I`."""
        return f"quý {ROMAN[self.number - 1]}"

    @property
    def full_name(self) -> str:
        """The form that people read, with the year: `quý I/2022`."""
        return f"{self.name}/{self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return self.code
