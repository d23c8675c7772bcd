"""Numbers in digits and in words, alone or with what they count."""

from __future__ import annotations

from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.reading import Reading
from messages.understand.spelling import may_be

_MARKED: Final = {
    "mot": ("một", 1),
    "hai": ("hai", 2),
    "ba": ("ba", 3),
    "bon": ("bốn", 4),
    "tu": ("tư", 4),
    "nam": ("năm", 5),
    "lam": ("lăm", 5),
    "sau": ("sáu", 6),
    "bay": ("bảy", 7),
    "tam": ("tám", 8),
    "chin": ("chín", 9),
    "muoi": ("mười", 10),
}
NUMBER_WORDS: Final = frozenset(_MARKED)
"""Folded words that may be numbers."""
_SAME: Final = {"mốt": "một", "bẩy": "bảy", "nhăm": "lăm", "mươi": "mười"}
_TENS: Final = frozenset({"muoi", "chuc"})
_MOST_DIGITS: Final = 4


def number_at(line: Line, index: int) -> tuple[int, int] | None:
    """The number that begins at a token, and the token after it; None when there is none."""
    token = line.tokens[index]
    if token.kind is Kind.NUMBER:
        return (int(token.word), index + 1) if len(token.word) <= _MOST_DIGITS else None
    if token.kind is not Kind.WORD or (unit := digit_word(line, index)) is None:
        return None
    return _spoken(line, index, unit)


def _spoken(line: Line, index: int, first: int) -> tuple[int, int]:
    """«mười lăm», «hai mươi mốt», «hai mốt»: a number of up to three words."""
    after = index + 1
    if first == 10:
        unit = digit_word(line, after)
        return (10 + unit, after + 1) if unit and unit < 10 else (10, after)
    if after < len(line.words) and line.words[after] in _TENS:
        unit = digit_word(line, after + 1)
        return (10 * first + unit, after + 2) if unit and unit < 10 else (10 * first, after + 1)
    return first, after


def digit_word(line: Line, index: int) -> int | None:
    """The value from 1 to 10 of a number word, when its marks allow it."""
    if index >= len(line.words) or line.words[index] not in _MARKED:
        return None
    marked, value = _MARKED[line.words[index]]
    typed = line.typed(index).lower()
    return value if may_be(_SAME.get(typed, typed), marked) else None


def spoken_year(line: Line, index: int) -> tuple[str, int] | None:
    """The digits of the year said in words at a token, two or four of them, and the token after it; None without one.

    «một nghìn chín trăm chín mươi bảy», «một chín chín bảy», «chín mươi bảy», «hai nghìn không trăm linh hai».
    """
    said: list[int] = []
    at = index
    while at < len(line.words) and at - index < _LONGEST_YEAR:
        word, digit = line.words[at], _year_digit(line, at)
        if digit is not None:
            said.append(digit)
        elif not said or word not in _YEAR_JOINTS:
            break
        at += 1
    return (digits, at) if (digits := _year_digits(said, line.words[index:at])) else None


def _year_digit(line: Line, at: int) -> int | None:
    """A digit said in words; «mười» stands for the one of 1910 to 1919, and «mươi» for nothing."""
    if line.words[at] == "khong":
        return 0
    digit = digit_word(line, at)
    return None if digit == _TEN else digit


def _year_digits(said: list[int], words: list[str]) -> str | None:
    """The digits of a year from those said, with the noughts that «nghìn», «linh» leave out."""
    if not _THOUSANDS.isdisjoint(words):
        said = [said[0], *([0] * (_YEAR_LENGTH - len(said))), *said[1:]]
    short = len(said) == _YEAR_LENGTH // 2 and _HUNDREDS.isdisjoint(words)
    return "".join(map(str, said)) if short or len(said) == _YEAR_LENGTH else None


_TEN: Final = 10
_LONGEST_YEAR: Final = 8
_YEAR_LENGTH: Final = 4
_THOUSANDS: Final = frozenset({"nghin", "ngan"})
_HUNDREDS: Final = frozenset({"tram"})
_YEAR_JOINTS: Final = _THOUSANDS | _HUNDREDS | {"muoi", "linh", "le"}


def read_number(text: str) -> Reading[int]:
    """The one number of an answer such as «2», «hai» or «2 đồng chí»; several are choices."""
    line = Line(text)
    found: list[int] = []
    index = 0
    while index < len(line.tokens):
        number = number_at(line, index)
        if number is None:
            index += 1
            continue
        found.append(number[0])
        index = number[1]
    distinct = tuple(dict.fromkeys(found))
    return Reading(distinct[0]) if len(distinct) == 1 else Reading(choices=distinct)
