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
