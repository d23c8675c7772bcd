"""People listed by one name each, some of which are numbers too: «kết nạp ba đồng chí: Ba, Tư, Năm ngày 12/3»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.names import NAME, NameSpan
from messages.understand.numbers import NUMBER_WORDS
from messages.understand.spelling import word_set
from messages.understand.stopwords import NAMES_ALONE, NEVER_GIVEN

_BEFORE: Final = word_set(": nap chi la gom ten")
_BETWEEN: Final = word_set(", ; va & +")
_NUMBERS: Final = NUMBER_WORDS | NAMES_ALONE | {"mai"}
_LONGEST: Final = 4


def claim_listed(line: Line) -> list[NameSpan]:
    """The names of a list in capitals of which one could be read as a number, a day or a word of the office."""
    if not line.mixed or line.bag.isdisjoint(_BETWEEN) or line.bag.isdisjoint(_NUMBERS):
        return []
    found: list[NameSpan] = []
    for index in range(1, len(line.words)):
        if line.words[index - 1] in _BEFORE and not line.tokens[index].claim:
            found += _list_at(line, index)
    begun = () if found or not line.words else list(_members(line, line.opening))
    return _list_at(line, line.opening) if len(begun) > 2 else found  # «Hoa, Nam, Lan kết nạp 12/3»


def _list_at(line: Line, index: int) -> list[NameSpan]:
    members = list(_members(line, index))
    doubtful = any(one.after == one.first + 1 and line.words[one.first] in _NUMBERS for one in members)
    if len(members) < 2 or not doubtful:
        return []
    for one in members:
        line.claim(one.first, one.after, NAME)
    return members


def _members(line: Line, at: int) -> Iterator[NameSpan]:
    while True:
        after = at
        while after < len(line.tokens) and after - at < _LONGEST and _is_part(line, after):
            after += 1
        if after == at:
            return
        if after == at + 1 and not _is_given(line.words[at]):
            return
        yield NameSpan(at, after)
        if after >= len(line.words) or line.words[after] not in _BETWEEN:
            return
        at = after + 1


def _is_part(line: Line, index: int) -> bool:
    token = line.tokens[index]
    free = token.kind is Kind.WORD and not token.claim and not line.is_written_out(index)
    return free and line.is_capital(index)


def _is_given(word: str) -> bool:
    return word not in NEVER_GIVEN or word in NAMES_ALONE
