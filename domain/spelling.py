"""Names compared as people mean them: tone marks, case, spaces and punctuation make no other name."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def bare(text: str) -> str:
    """The text in lower case ASCII letters and digits, words parted by one space: «Đèo  Gia» is `deo gia`."""
    unmarked = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", unmarked.lower().replace("đ", "d")).strip()
