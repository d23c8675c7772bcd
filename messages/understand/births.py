"""When somebody was born: «sn 1999», «sinh ngày 05 tháng 11 năm 1993», «(nữ, 99)»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from messages.understand.calendar import on
from messages.understand.facts import FACT, SEXES, Fact, shared_after, shared_before
from messages.understand.line import Kind, Line
from messages.understand.names import NameSpan
from messages.understand.numbers import number_at, spoken_year

_YOUNGEST, _OLDEST = 12, 100
_JOINTS: Final = re.compile(r" ?[/.\-] ?")
_BORN: Final = frozenset({"sn", "sinh", "ns", "nsinh", "s"})
_BETWEEN: Final = frozenset({"nam", "ngay", ":", "la", ".", "vao"})


def claim_births(line: Line, today: date) -> list[Fact]:
    """«sn 1999», «sinh ngày 12/5/1999», «05 tháng 11 năm 1993», «(1996)», «1999»; also two digits after «sn»."""
    found: list[Fact] = []
    for index, token in enumerate(line.tokens if line.figures or "sinh" in line.bag else ()):
        if token.claim:
            continue
        if token.word in _BORN and line.words[index - 1 : index] not in (["van"], ["thi"]):
            fact = _after_born(line, index, today)
        elif token.kind in (Kind.NUMBER, Kind.DIGITS):
            fact = _written_out(line, index, today) or _birth_at(line, index, today, introduced=False)
            if fact:
                line.claim(index, index + 1, FACT)
        else:
            fact = None
        if fact:
            found.append(_of_all(line, index, fact))
    return found


def _of_all(line: Line, index: int, fact: Fact) -> Fact:
    """The same fact said of several: «cả hai đều sn 1999», «sinh 1999 cả hai»; these words are nobody's name."""
    many, start = shared_before(line, index)
    after = fact.at + 1
    if not many and after < len(line.tokens) and (many := shared_after(line, after)):
        line.claim(after, after + 2, FACT)
    for at in range(start, index):
        if line.words[at] not in SEXES:
            line.claim(at, at + 1, FACT)
    return replace(fact, shared=many) if many else fact


def _after_born(line: Line, index: int, today: date) -> Fact | None:
    at = index + 1
    while at < len(line.tokens) and line.words[at] in _BETWEEN and at - index < 4:
        at += 1
    fact = _written_out(line, at, today) if at < len(line.tokens) else None
    if fact:
        line.claim(index, at, FACT)
        return fact
    spoken = spoken_year(line, at)
    year = birth_year(spoken[0], today, short=True) if spoken else None
    if spoken and year:
        line.claim(index, spoken[1], FACT)
        return Fact(at=at, year=year)
    if at >= len(line.tokens) or line.tokens[at].kind not in (Kind.NUMBER, Kind.DIGITS):
        return None
    if line.words[at - 1] == "ngay" and line.tokens[at].kind is Kind.NUMBER:
        return None  # «sinh ngày 05»: a day, and no year
    fact = _birth_at(line, at, today, introduced=True)
    if fact:
        line.claim(index, at + 1, FACT)
    return fact


def _written_out(line: Line, index: int, today: date) -> Fact | None:
    """«05 tháng 11 năm 1993», claimed whole; None for a day on which nobody reported was born."""
    day = number_at(line, index)
    if day is None or line.words[day[1] : day[1] + 1] != ["thang"] or day[1] + 1 >= len(line.tokens):
        return None
    month = number_at(line, day[1] + 1)
    if month is None:
        return None
    at = month[1] + (line.words[month[1] : month[1] + 1] in (["nam"], [","], ["/"]))
    year = birth_year(line.words[at], today, short=False) if at < len(line.tokens) else None
    born = on(year, month[0], day[0]) if year else None
    if born is None:
        return None
    line.claim(index, at + 1, FACT)
    return Fact(at=at, year=year, born=born)


def _birth_at(line: Line, index: int, today: date, *, introduced: bool) -> Fact | None:
    token = line.tokens[index]
    if token.kind is Kind.NUMBER:
        year = birth_year(token.word, today, short=introduced)
        return Fact(at=index, year=year) if year else None
    parts = _JOINTS.split(token.word)
    year = birth_year(parts[-1], today, short=introduced)
    if len(parts) != 3 or not year:
        return Fact(at=index, year=year) if introduced and year and len(parts) == 2 else None
    born = on(year, int(parts[1]), int(parts[0]))
    return Fact(at=index, year=year, born=born) if born else None


def birth_year(digits: str, today: date, *, short: bool) -> int | None:
    """A year in which somebody reported can have been born; from two digits only where `short`."""
    if not digits.isdecimal() or len(digits) not in ((2, 4) if short else (4,)):
        return None
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year + 2000 <= today.year - _YOUNGEST else 1900
    return year if today.year - _OLDEST <= year <= today.year - _YOUNGEST else None


def claim_short_years(line: Line, spans: Sequence[NameSpan], today: date) -> list[Fact]:
    """«Leo Van Tuan 95», «(nữ, 99)», «- 97 - nữ»: two digits soon after a name, too many to count people."""
    found: list[Fact] = []
    for span in spans:
        at = _short_year_at(line, span.after)
        year = birth_year(line.words[at], today, short=True) if at else None
        if year:
            line.tokens[at].claim = FACT
            found.append(Fact(at=at, year=year))
    return found


def _short_year_at(line: Line, index: int) -> int:
    """Where the two digits stand that follow a name, past its sex and an opening bracket; 0 where none do."""
    at = index
    while at < len(line.tokens) and at - index < _FARTHEST_YEAR:
        token = line.tokens[at]
        is_sex = token.word in SEXES and token.claim == FACT
        if not is_sex and token.word not in _BEFORE_YEAR:
            break
        at += 1
    if at >= len(line.tokens) or line.tokens[at].kind is not Kind.NUMBER or line.tokens[at].claim:
        return 0
    apart = at == index or line.words[at - 1] in SEXES or line.words[at + 1 : at + 2] in _AFTER_YEAR
    return at if apart and _is_short_year(line.words[at]) else 0


_FARTHEST_YEAR: Final = 4
_BEFORE_YEAR: Final = frozenset({"(", ",", "-", "\u2013", "/"})
_AFTER_YEAR: Final[tuple[list[str], ...]] = (
    [],
    [")"],
    [","],
    ["-"],
    ["\u2013"],
    ["nu"],
    ["nam"],
    [";"],
    ["."],
)


def _is_short_year(digits: str) -> bool:
    return len(digits) == 2 and (digits[0] in "06789" or digits > "49")
