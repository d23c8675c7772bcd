"""How many of the village heads are Party members: «9/10», «cả 9», «10 trưởng thôn, còn 1 chưa»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from messages.understand.amounts import COUNT
from messages.understand.heard import HeadsSaid
from messages.understand.line import Kind, Line
from messages.understand.numbers import number_at
from messages.understand.spelling import may_be, word_set

_RATIO: Final = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})")
_OF: Final = {"tren": "trên", "trong": "trong"}
_TOTAL: Final = word_set("tong so tat ca la")
_ENDS: Final = frozenset({",", ".", ";", "(", ")", ":"})
_LONGEST: Final = 3

Said = tuple[HeadsSaid | None, bool]
"""The ratio, and whether the numbers cannot be one."""


class _Figure(NamedTuple):
    """A number of a line, from token `first` up to `after`."""

    value: int
    first: int
    after: int


def ratio_in(line: Line) -> Said:
    """The ratio that a line tells; without one, whether its numbers cannot be «so many of so many»."""
    for token in line.tokens:
        match = _RATIO.fullmatch(token.word) if token.kind is Kind.DIGITS else None
        if match:
            token.claim = COUNT
            return _of_all(int(match[1]), int(match[2]))
    figures = list(_figures(line))
    return _spoken(line) or _all_of(line, figures) or _less_those_left(line, figures) or _of_two(figures)


def _of_all(members: int, total: int) -> Said:
    return (HeadsSaid(members=members, total=total), False) if members <= total else (None, True)


def _figures(line: Line) -> Iterator[_Figure]:
    """The numbers in digits that count heads; no percentages."""
    for index, token in enumerate(line.tokens):
        if token.kind is not Kind.NUMBER or len(token.word) > _LONGEST or token.claim not in ("", COUNT):
            continue
        if line.words[index + 1 : index + 2] not in (["%"], ["phan"]):
            yield _Figure(int(token.word), index, index + 1)


def _spoken(line: Line) -> Said | None:
    """«chín trên mười», «9 trong số 10», but not «10, trong đó 9»."""
    for at, word in enumerate(line.words):
        if word not in _OF or not may_be(line.typed(at).lower(), _OF[word]):
            continue
        after = at + 1
        while after < len(line.tokens) and line.words[after] in _TOTAL:
            after += 1
        total = number_at(line, after) if after < len(line.tokens) else None
        members = _last_before(line, at)
        if total and members is not None:
            none = "chua" in line.words[total[1] :] and members <= total[0]
            return _of_all(total[0] - members if none else members, total[0])
    return None


def _last_before(line: Line, at: int) -> int | None:
    """The number that stands last before a token, at most four words away."""
    for first in range(max(0, at - 4), at):
        number = number_at(line, first)
        if number is not None:
            return number[0]
    return None


def _all_of(line: Line, figures: list[_Figure]) -> Said | None:
    """«cả 9», «toàn bộ 9», «tất cả 12», «9 trưởng thôn đều là …»."""
    if not {"chua", "khong", "con", "tru"}.isdisjoint(line.bag) or len({one.value for one in figures}) > 1:
        return None
    for at in range(1, len(line.tokens)):
        number = number_at(line, at)
        if number is not None and _says_all(line, at):
            return _of_all(number[0], number[0])
    alone = figures and "deu" in line.bag
    return _of_all(figures[0].value, figures[0].value) if alone else None


def _says_all(line: Line, at: int) -> bool:
    before = at - 1 - (line.words[at - 1] == "la")
    if before < 0:
        return False
    pair = line.words[max(0, before - 1) : before + 1]
    return (line.words[before] == "ca" and may_be(line.typed(before).lower(), "cả")) or pair in _ALL


_ALL: Final = (["toan", "bo"], ["tat", "ca"], ["ca", "thay"])


def _less_those_left(line: Line, figures: list[_Figure]) -> Said | None:
    """«10 trưởng thôn, còn 1 chưa», «9 là đảng viên, 1 chưa»: those who are none are told."""
    left = [one for one in figures if _are_none(line, one)]
    others = [one for one in figures if one not in left]
    if len(left) != 1 or not others:
        return None
    if len(others) == 2:
        members, total = sorted(one.value for one in others)
        return _of_all(members, total) if members + left[0].value == total else (None, True)
    if len(others) > 1:
        return None, True
    rest = _clause(line, others[0])
    if "dang" not in rest and "dv" not in rest:
        return _of_all(others[0].value - left[0].value, others[0].value) if others[0].value else (None, True)
    whole = HeadsSaid(members=others[0].value, total=others[0].value + left[0].value)
    return (whole, False) if "la" in rest or "da" in rest else (None, True)


def _are_none(line: Line, figure: _Figure) -> bool:
    """«1 chưa», «2 người chưa là đảng viên», «trừ 1», «1 đồng chí không phải đảng viên»."""
    before = line.words[figure.first - 1 : figure.first]
    rest = _clause(line, figure)
    return before == ["tru"] or "chua" in rest or ("khong" in rest and "dang" in rest)


def _clause(line: Line, figure: _Figure) -> list[str]:
    """The words after a number up to the next one or the end of the clause."""
    after = figure.after
    while after < len(line.tokens):
        if line.tokens[after].kind is Kind.NUMBER or line.words[after] in _ENDS:
            break
        if line.words[after] in ("con", "tru", "thi"):
            break
        after += 1
    return line.words[figure.after : after]


def _of_two(figures: list[_Figure]) -> Said:
    """«10 trưởng thôn, 9 đảng viên»: the smaller of the larger."""
    values = [one.value for one in figures]
    if len(values) == 2 and max(values) > 0:
        return HeadsSaid(members=min(values), total=max(values)), False
    return None, bool(values)
