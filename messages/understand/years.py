"""Years near today, as they follow a date or a quarter."""

from __future__ import annotations

from datetime import date

from messages.understand.line import Kind, Line


def year_after(line: Line, index: int, today: date, *, words_only: bool = False) -> tuple[int | None, int]:
    """A year that follows: «năm 2022», «/22», «năm ngoái»; with `words_only` never a bare number."""
    words = line.words
    at = index
    if words[at : at + 1] in (["/"], ["-"]):
        at += 1
    elif words[at : at + 1] == ["nam"]:
        at += 1
        if words[at : at + 1] and words[at] in ("ngoai", "truoc", "roi"):
            return today.year - 1, at + 1
        if words[at : at + 1] == ["nay"]:
            return today.year, at + 1
    if words_only and at == index:
        return None, index
    if at < len(words) and line.tokens[at].kind is Kind.NUMBER:
        year = near_year(words[at], today, short=at > index)
        if year:
            return year, at + 1
    return None, index


def near_year(digits: str, today: date, *, short: bool = True) -> int:
    """A year near today from its four or, where `short`, two digits; 0 when it is none."""
    if not digits.isdecimal() or len(digits) not in ((2, 4) if short else (4,)):
        return 0
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    return year if abs(year - today.year) <= 10 else 0
