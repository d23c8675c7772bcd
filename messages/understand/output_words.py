"""Which file somebody asks for: the table, the report, or the chart."""

from __future__ import annotations

import re
from typing import Final

from domain.enclosure import Output
from messages.fold import fold

_WORDS: Final = (
    (Output.PNG, re.compile(r"\b(bieu do|do thi|hinh|hinh anh|anh|png|so do)\b")),
    (Output.DOCX, re.compile(r"\b(word|wor|docx?|bao cao|van ban|to trinh)\b")),
    (Output.XLSX, re.compile(r"\b(excel|exel|ecxel|exce|xlsx?|bang tinh|bang|bieu tong hop|phu luc)\b")),
)
_RATING: Final = re.compile(r"\b(xep loai|danh gia)\b")


def read_output(text: str) -> Output | None:
    """The file that the words name; None where they name none, or several: «xuất biểu» may be any of them."""
    folded = fold(text)
    if _RATING.search(folded):
        return Output.RATING
    named = [output for output, words in _WORDS if words.search(folded)]
    return named[0] if len(named) == 1 else None
