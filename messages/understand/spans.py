"""Quarters told by a span of time: «3 tháng đầu năm», «từ đầu quý đến giờ»; and the quarter that is «trắng»."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from domain.period import Quarter
from messages.understand.line import Line
from messages.understand.numbers import number_at
from messages.understand.quarters import QuarterSaid, quarter_in
from messages.understand.spelling import may_be, word_set
from messages.understand.years import year_after

_MONTHS: Final = 3
_OF_YEAR: Final = {"dau": 1, "cuoi": 4}
_TILL: Final = word_set("den toi cho")
_NOW: Final = (["nay"], ["gio"], ["bay", "gio"], ["hom", "nay"], ["hien", "nay"], ["thoi", "diem"])
_BESIDE_BLANK: Final = word_set("van la bi con thi de dang lai chi bo don vi xa thon em toi minh , : -")


def quarter_said(line: Line, today: date) -> QuarterSaid | None:
    """The quarter that a line names, by its number or by a span."""
    if not line.bag.isdisjoint(_OF_YEAR):
        for index, word in enumerate(line.words):
            said = _span_at(line, index, today) if word in _OF_YEAR else None
            if said is not None:
                return said
    return quarter_in(line, today)


def _span_at(line: Line, index: int, today: date) -> QuarterSaid | None:
    of = line.words[index + 1 : index + 2]
    if of == ["nam"] and line.words[index - 1 : index] == ["thang"]:
        return _three_months(line, index, today)
    if of == ["quy"] and line.words[index] == "dau":
        return _till_now(line, index, today)
    return None


def _three_months(line: Line, index: int, today: date) -> QuarterSaid | None:
    """«3 tháng đầu năm [2022]», «ba tháng cuối năm ngoái»."""
    first = index - 2
    months = number_at(line, first) if first >= 0 and line.is_free(first) else None
    if months != (_MONTHS, index - 1):
        return None
    year, after = year_after(line, index + 1, today)
    number = _OF_YEAR[line.words[index]]
    end = after if year else index + 2
    return QuarterSaid(Quarter(year or today.year, number), first, end, dated=year is not None)


def _till_now(line: Line, index: int, today: date) -> QuarterSaid | None:
    """«từ đầu quý đến giờ»."""
    till, words = index + 2, line.words
    if till >= len(words) or words[till] not in _TILL:
        return None
    now = next((now for now in _NOW if words[till + 1 : till + 1 + len(now)] == now), None)
    if now is None:
        return None
    first = index - (words[index - 1 : index] == ["tu"])
    return QuarterSaid(Quarter.of(today), first, till + 1 + len(now), dated=True)


def is_since_new_year(line: Line) -> bool:
    """«từ đầu năm đến nay»."""
    return "dau" in line.bag and ("dau", "nam") in pairwise(line.words)


def blank_beside(line: Line, said: QuarterSaid) -> int:
    """Where «trắng» stands beside a quarter: nobody was admitted in it; 0 where it does not."""
    if "trang" not in line.bag:
        return 0
    after, before = said.after, said.first - 1
    while after < len(line.words) and line.words[after] in _BESIDE_BLANK:
        after += 1
    while before > 0 and line.words[before] in _BESIDE_BLANK | {"ca", "trong"}:
        before -= 1
    found = (at for at in (after, before) if 0 < at < len(line.words) and line.words[at] == "trang")
    return next((at for at in found if _says_blank(line, at)), 0)


def _says_blank(line: Line, at: int) -> bool:
    return line.is_free_word(at) and not line.is_capital(at) and may_be(line.typed(at).lower(), "trắng")
