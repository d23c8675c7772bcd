"""The words of an admission's trail: what it says now, where it came from, and every change since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.amendment import Change
from domain.office import NamesShown
from messages.names import name_shown
from messages.say import day, in_short

_HEADINGS: Final[Mapping[str, str]] = {
    "name": "họ tên",
    "gender": "giới tính",
    "birth_year": "năm sinh",
    "birth_date": "ngày sinh",
    "ceremony_on": "ngày kết nạp",
    "decision_on": "ngày quyết định",
    "decision_no": "số quyết định",
}
_PRIVATE: Final = frozenset({"birth_date"})
"""Fields whose values are told only where names are told in full."""
_OURS: Final[Mapping[str, str]] = {
    "corrected": "sửa",
    "withdrawn": "rút báo cáo",
    "undone": "hoàn tác",
    "facts": "thêm thông tin",
}
LONGEST_QUOTE: Final = 120
WITHHELD: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who said something, by which channel, when it was sent and came, and the words, «…» for those not shown."""

    by: str
    title: str
    channel: str
    sent_at: datetime | None
    received_at: datetime | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """One change of a report: when, what for, what it changed, and where it came from."""

    number: int
    at: datetime
    what: str
    changes: tuple[str, ...]
    source: Source


def deed_words(reason: str) -> str:
    """What a revision was made for."""
    return _OURS.get(reason, "sửa")


def late_words(late_because: str) -> str:
    """That something came after the close of the quarter, and why; empty for what came in time."""
    return f" sau chốt, lý do: {in_short(late_because, LONGEST_QUOTE)}" if late_because else ""


def change_words(change: Change, how: NamesShown) -> str:
    """One change in words: «ngày kết nạp 10/3/2022 → 11/3/2022»."""
    heading = _HEADINGS[change.what]
    if change.what in _PRIVATE and how is not NamesShown.FULL:
        return f"{heading} đã đổi"
    return f"{heading} {_value(change.what, change.old, how)} → {_value(change.what, change.new, how)}"


def _value(what: str, value: object, how: NamesShown) -> str:
    if value is None:
        return "chưa có"
    if what == "name":
        return name_shown(str(value), how)
    return day(value) if isinstance(value, date) else str(value)
