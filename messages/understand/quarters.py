"""Quarters in all their writings: «quý I», «q1/22», «quý 4 năm ngoái», «quý này»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.period import Quarter
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word
from messages.understand.reading import Reading
from messages.understand.years import near_year, year_after

_QUARTER: Final = frozenset({"quy", "q"})
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1, "ll": 2}
_THIS: Final = frozenset({"nay"})
_LAST: Final = frozenset({"truoc", "vua", "roi", "qua"})
_NEXT: Final = frozenset({"sau", "toi"})
_STILL_REPORTED: Final = timedelta(weeks=6)
"""How long after its end a quarter is still spoken of without its year."""


@dataclass(frozen=True, slots=True)
class QuarterSaid:
    """A quarter found from token `first` up to `after`; `dated` when its year was said or follows."""

    quarter: Quarter
    first: int
    after: int
    dated: bool


def quarter_in(line: Line, today: date) -> QuarterSaid | None:
    """The first quarter that a line names; without a year it is the one of this year."""
    if line.bag.isdisjoint(_QUARTER):
        return None
    for index, word in enumerate(line.words):
        if word in _QUARTER and not line.tokens[index].claim:
            said = _quarter_at(line, index, today)
            if said is not None:
                return said
    return None


def _quarter_at(line: Line, index: int, today: date) -> QuarterSaid | None:
    if index + 1 >= len(line.words):
        return None
    if line.words[index + 1] == "." and index + 2 < len(line.words):
        index += 1  # «q.1»
    this, word = Quarter.of(today), line.words[index + 1]
    if word in _THIS:
        return QuarterSaid(this, index, index + 2, dated=True)
    if word in _LAST and line.tokens[index].word == "quy":
        after = index + (3 if line.words[index + 2 : index + 3] in (["roi"], ["qua"]) else 2)
        return QuarterSaid(this.previous, index, after, dated=True)
    if word in _NEXT and not digit_of_quarter(line, index + 1):
        return QuarterSaid(this.next, index, index + 2, dated=True)
    return _numbered(line, index, today)


def digit_of_quarter(line: Line, index: int) -> int:
    """The number 1 to 4 that a token says, in digits, Roman or words; 0 when it says none."""
    token = line.tokens[index]
    if token.kind is Kind.NUMBER:
        return int(token.word) if token.word in ("1", "2", "3", "4", "01", "02", "03", "04") else 0
    value = _ROMAN.get(token.word) or digit_word(line, index) or 0
    return value if value <= 4 else 0


def _numbered(line: Line, index: int, today: date) -> QuarterSaid | None:
    token = line.tokens[index + 1]
    if token.kind is Kind.DIGITS:
        number, _, year = token.word.replace(" ", "").replace("-", "/").replace(".", "/").partition("/")
        whole = near_year(year, today)
        if number in ("1", "2", "3", "4") and whole:
            return QuarterSaid(Quarter(whole, int(number)), index, index + 2, dated=True)
        return None
    digit = digit_of_quarter(line, index + 1)
    if not digit:
        return None
    year_said, after = year_after(line, index + 2, today)
    return QuarterSaid(Quarter(year_said or today.year, digit), index, after, dated=year_said is not None)


def quarter_filed(said: QuarterSaid, today: date) -> Quarter:
    """The quarter that somebody files or asks for: of this year, unless last year's is just over."""
    quarter = said.quarter
    if said.dated or quarter <= Quarter.of(today):
        return quarter
    before = Quarter(quarter.year - 1, quarter.number)
    return before if today - before.last_day <= _STILL_REPORTED else quarter


def quarter_admitted_in(said: QuarterSaid, today: date) -> Reading[Quarter]:
    """The quarter of an admission: one that has begun.

    A quarter of this year that is still to come was meant of last year when that is the one just over;
    else nobody can tell a slip from a wish, and both are choices.
    """
    quarter, now = said.quarter, Quarter.of(today)
    if said.dated or quarter <= now:
        return Reading(quarter)
    before = Quarter(quarter.year - 1, quarter.number)
    return Reading(before) if before == now.previous else Reading(choices=(before, quarter))


def read_quarter(text: str, today: date) -> Reading[Quarter]:
    """The quarter an answer names, also by its bare number; a quarter of this year when no year is said."""
    line = Line(text)
    said = quarter_in(line, today)
    if said is not None:
        return Reading(said.quarter)
    if len(line.tokens) == 1 and (digit := digit_of_quarter(line, 0)):
        return Reading(Quarter(today.year, digit))
    return Reading()
