"""How strong a unit is said to be: «chi bộ có 12 đảng viên», «lần kết nạp gần nhất 15/3/2019»."""

from __future__ import annotations

from typing import Final

from messages.understand.heard import Intent
from messages.understand.line import Line
from messages.understand.numbers import number_at
from messages.understand.scene import VERB, Scene
from messages.understand.signs import Sign

_OTHERWISE: Final = (
    *VERB,
    Sign.NOT,
    Sign.NOT_YET,
    Sign.HEADS,
    Sign.CORRECT,
    Sign.CANDIDATE,
    Sign.MOVED,
    Sign.ISSUE,
)
"""What makes «có 2 đảng viên» something else than the number of all members."""
_ONLY_SOME: Final = frozenset({"moi", "du", "duoc", "nua", "tre", "nu", "la", "lam"})
"""Words after «đảng viên» by which it is not all of them."""
_HAS: Final = frozenset({"co", "gom", "la", "con", "duoc", "khoang", ":"})
_SUBJECT: Final = frozenset({"bo", "vi", "xa", "tran", "hien", "tong", "so", "toan", "truong"})
"""Words before «có» that name the unit, or say that it is all: «chi bộ», «đơn vị», «xã», «hiện», «tổng số»."""
_BETWEEN: Final = frozenset(
    {"la", ":", "=", "co", "hien", "nay", "tai", "dang", "bo", "chi", "don", "vi", "cua"}
)


def strength(scene: Scene) -> Intent | None:
    """The number of members, or the day of the last admission, as a unit tells them; a question tells nothing."""
    if scene.district or scene.asks() or scene.named or scene.codes or scene.quarter:
        return None
    if scene.has(Sign.LAST_ADMISSION):
        return Intent.STRENGTH
    if scene.has(*_OTHERWISE) or (scene.dates and not scene.has(Sign.MEMBERS)):
        return None
    told = members_said(scene) is not None
    return Intent.STRENGTH if told or (scene.has(Sign.MEMBERS) and scene.covered()) else None


def members_said(scene: Scene) -> int | None:
    """How many members a unit is said to have."""
    hit = scene.first(Sign.MEMBERS)
    after = None if hit is None else _number_after(scene.line, hit.after)
    return after if after is not None else _counted(scene.line)


def _number_after(line: Line, at: int) -> int | None:
    """«số đảng viên: 20», «tổng số đảng viên của chi bộ là 20»."""
    while at < len(line.words) and line.words[at] in _BETWEEN:
        at += 1
    number = number_at(line, at) if at < len(line.words) else None
    return number[0] if number is not None and number[0] > 0 else None


def _counted(line: Line) -> int | None:
    """«chi bộ có 12 đảng viên»: all of them, and not «2 đảng viên mới»."""
    words = line.words
    for at in range(1, len(words)):
        number = number_at(line, at)
        if number is None or words[at - 1] not in _HAS or _SUBJECT.isdisjoint(words[:at]):
            continue
        value, after = number
        end = (
            after + 2
            if words[after : after + 2] == ["dang", "vien"]
            else after + (words[after : after + 1] == ["dv"])
        )
        if end > after and value > 0 and _ONLY_SOME.isdisjoint(words[end : end + 1]):
            return value
    return None
