"""A text in as many pieces as Zalo takes it in."""

from __future__ import annotations

from typing import Final

MOST: Final = 2000
"""How much text Zalo takes at once, in the units of UTF-16: a character beyond the first 65,536 counts twice."""


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
    return fits
