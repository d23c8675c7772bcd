"""A text in as many pieces as Zalo takes it in."""

from __future__ import annotations

import unicodedata
from typing import Final

MOST: Final = 2000
"""How much text Zalo takes at once, in the units of UTF-16: a character beyond the first 65,536 counts twice."""

_JOINER: Final = "\u200d"
_SKINS: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_MARKS: Final = ("Mn", "Mc", "Me")


def units(text: str) -> int:
    """How long a text is as Zalo counts."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def pieces_of(text: str, most: int = MOST) -> tuple[str, ...]:
    """The text in pieces of at most so many units, parted at ends of lines, else at blanks, else anywhere.

    Together they hold every word; blank lines where they part are left out. No text at all is no piece.
    """
    pieces, left = list[str](), text.strip()
    while units(left) > most:
        end = _end_within(left, most)
        pieces.append(left[:end].rstrip())
        left = left[end:].strip()
    return tuple(piece for piece in (*pieces, left) if piece)


def _end_within(text: str, most: int) -> int:
    """How many characters the first piece of a text has that is too long."""
    fits = most
    while units(text[:fits]) > most:
        fits -= max(1, (units(text[:fits]) - most) // 2)
    for parting in ("\n", " "):
        at = text.rfind(parting, 1, fits + 1)
        if at > 0:
            return at
    whole = next((at for at in range(fits, 0, -1) if not _belongs_together(text, at)), 0)
    return whole or fits


def _belongs_together(text: str, at: int) -> bool:
    """Whether the character at a place is seen as one with the one before it: a tone mark, or a part of a small picture."""
    before, after = text[at - 1], text[at]
    return _JOINER in (before, after) or after in _SKINS or unicodedata.category(after) in _MARKS
