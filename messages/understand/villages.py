"""Villages named in a line before the unit in which they lie."""

from __future__ import annotations

from typing import Final

from messages.understand.beside import Surroundings
from messages.understand.line import Line
from messages.understand.scene import VERB
from messages.understand.signs import Sign
from messages.understand.spelling import may_be

_KINDS: Final = {"thon": "thôn", "xom": "xóm", "lang": "làng", "ban": "bản", "khu": "khu", "pho": "phố"}
_BOARDS: Final = (["to"], ["chap"], ["thuong"], ["chi"], ["quan"])  # «ban tổ chức», «ban chấp hành», …
_HEADS: Final = (["truong"], ["pho"])
_FARTHEST: Final = 6
_STOPS: Final = frozenset({"name", "date", "quarter"})
_ENDS: Final = frozenset({".", ";", "!", "?"})


def is_village(line: Line, index: int) -> bool:
    """Whether a word is «thôn», «bản», … of a place; not of «trưởng thôn», and not «ban» of a board."""
    word = line.words[index]
    if word not in _KINDS or (index and line.words[index - 1 : index] in _HEADS):
        return False
    if word == "ban" and line.words[index + 1 : index + 2] in _BOARDS:
        return False
    return may_be(line.typed(index).lower(), _KINDS[word])


def village_before(around: Surroundings, start: int) -> int | None:
    """Where a village is named that lies in what begins at a token: «thôn Đồng Giao, xã Trù Hựu»."""
    line = around.line
    for index in range(start - 1, max(-1, start - 1 - _FARTHEST), -1):
        token, hit = line.tokens[index], around.hit(index)
        if token.claim in _STOPS or token.word in _ENDS:
            return None
        if hit is not None and not hit.signs.isdisjoint((*VERB, Sign.HEADS)):
            return None
        if is_village(line, index):
            return index
    return None
