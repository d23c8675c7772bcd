"""Vietnamese text for comparing: one spelling for all the ways in which phones write it."""

from __future__ import annotations

import unicodedata
from typing import Final

_SPACES: Final = frozenset({"Zs", "Zl", "Zp", "Cc"})
_UNSEEN: Final = frozenset({"Mn", "Me", "Cf", "Cs"})
_KEPT: Final = 0x3000  # code points above are not remembered, so that the tables stay small


class _Clean(dict[int, int | None]):
    """What stays of a character in NFC: marks left alone and unseen ones go, odd spaces are spaces."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        found = 32 if category in _SPACES else None if category in _UNSEEN else code
        if code < _KEPT:
            self[code] = found
        return found


class _Flat(dict[int, int]):
    """The small letter without marks for each character, always exactly one for one."""

    def __missing__(self, code: int) -> int:
        found = ord(_bare(chr(code)))
        if code < _KEPT:
            self[code] = found
        return found


def _bare(letter: str) -> str:
    small = letter.lower()[:1]
    parts = unicodedata.normalize("NFD", small)
    bare = parts[0] if all(unicodedata.category(mark) == "Mn" for mark in parts[1:]) else small
    return "d" if bare == "đ" else bare


_CLEAN: Final = _Clean({10: 10})
_FLAT: Final = _Flat()


def clean(text: str) -> str:
    """The text in NFC without unseen characters; line breaks stay, other controls become spaces."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(_CLEAN)
    return unicodedata.normalize("NFC", composed)


def flat(text: str) -> str:
    """Small letters without marks, each at the place it has in `text` (which `clean` has gone over)."""
    return text.translate(_FLAT)


def fold(text: str) -> str:
    """The form in which two writings are compared: `Uỷ  viên` and `ủy viên` are both `uy vien`."""
    folded = " ".join(flat(clean(text)).split())
    while not folded.isascii():
        again = " ".join(flat(clean(folded)).split())
        if again == folded:
            break
        folded = again
    return folded
