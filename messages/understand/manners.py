"""Words that say little: how a text is typed when they are left aside."""

from __future__ import annotations

import re
from typing import Final

from messages.fold import flat
from messages.understand.spelling import may_be, word_set

LITTLE: Final = word_set("ket nap sinh ngay dong chi duoc va thang quy hom")
_LITTLE_PAIRS: Final = tuple(
    (first, second)
    for first, seconds in {
        "báo": "cáo sau",
        "gửi": "sau",
        "nộp": "sau",
        "xem": "lại",
        "hỏi": "lại",
        "kiểm": "tra",
        "chờ": "chút tí tôi",
        "đợi": "chút tí tôi",
        "để": "tôi em mai",
        "không": "có biết",
        "chưa": "có biết",
        "đang": "họp bận",
        "lát": "nữa",
    }.items()
    for second in seconds.split()
)
"""Words that nobody is called by, side by side."""
_MARKED_WORD: Final = re.compile(r"[^\W\d_]*[^\x00-\x7f\W][^\W\d_]*")
_LIGHT: Final = frozenset({"dạ", "ạ", "à", "đc", "đ", "đ/c", "vâng", "nhé", "ơi", "đv"})


def has_marks(text: str) -> bool:
    """Whether words other than «dạ», «ạ», «đc» bear marks, so that those without marks are meant without."""
    return any(word[0] not in _LIGHT for word in _MARKED_WORD.finditer(text.lower()))


def is_little(one: str, other: str) -> bool:
    """Whether two words side by side are nobody's name: «báo cáo», «chờ chút»."""
    folded = flat(one), flat(other)
    return any(
        may_be(one, first) and may_be(other, second)
        for first, second in _LITTLE_PAIRS
        if (flat(first), flat(second)) == folded
    )
