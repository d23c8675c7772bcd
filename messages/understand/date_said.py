"""What a date in a message was read as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.period import Quarter
from messages.understand.calendar import on
from messages.understand.line import Line
from messages.understand.reading import Reading

READABLE: Final = frozenset({"", "date"})
"""The claims of tokens in which a date may still be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSaid:
    """A date found from token `first` up to `after`.

    `bare` when it is two numbers and nothing more, so that it may be a ratio; `relative` when it hangs on
    the day of the message («hôm qua», «thứ 4»); `yearless` when the year had to be supplied. When only a
    month was said, `quarter` is the month's quarter and the reading is empty.
    """

    first: int
    after: int
    reading: Reading[date]
    bare: bool = False
    relative: bool = False
    yearless: bool = False
    quarter: Quarter | None = None


def is_just_ahead(said: DateSaid, today: date) -> bool:
    """Whether a day without a year, read as last year's, comes again within a month: «25/3» said on the 20th."""
    day = said.reading.value
    return said.yearless and day is not None and _YEAR - _NEAR <= today - day <= _YEAR


def day_ahead(said: DateSaid) -> date | None:
    """The day of this year that was meant by one that was read as last year's."""
    day = said.reading.value
    return None if day is None else on(day.year + 1, day.month, day.day)


_YEAR: Final = timedelta(days=365)
_NEAR: Final = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Frame:
    """A line, the day it was said on, and whether it looks ahead."""

    line: Line
    today: date
    ahead: bool
