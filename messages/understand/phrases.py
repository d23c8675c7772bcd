"""Finding the phrases of the lexicon in a line, the longest at each place first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from messages.fold import fold
from messages.understand.lexicon import PHRASES, Sign
from messages.understand.line import Line
from messages.understand.spelling import may_be


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a line: its signs, and the tokens from `first` up to `after`."""

    signs: frozenset[Sign]
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    signs: frozenset[Sign]
    meant: str  # the marked word when the phrase is one word, else empty


def _entries() -> dict[str, tuple[_Entry, ...]]:
    signs: dict[tuple[str, ...], set[Sign]] = {}
    meant: dict[tuple[str, ...], str] = {}
    for sign, phrases in PHRASES.items():
        for phrase in (p.strip() for p in phrases.split(",")):
            words = tuple(fold(phrase).split())
            signs.setdefault(words, set()).add(sign)
            if len(words) == 1:
                meant[words] = phrase
    found: dict[str, list[_Entry]] = {}
    for words in sorted(signs, key=len, reverse=True):
        entry = _Entry(words, frozenset(signs[words]), meant.get(words, ""))
        found.setdefault(words[0], []).append(entry)
    return {first: tuple(entries) for first, entries in found.items()}


_ENTRIES: Final = _entries()


def hits(line: Line) -> Iterator[Hit]:
    """The phrases of the line from left to right, none overlapping."""
    words, index = line.words, 0
    while index < len(words):
        hit = _at(line, words, index) if words[index] in _ENTRIES else None
        if hit is None:
            index += 1
        else:
            yield hit
            index = hit.after


def _at(line: Line, words: list[str], index: int) -> Hit | None:
    for entry in _ENTRIES[words[index]]:
        after = index + len(entry.words)
        if tuple(words[index:after]) != entry.words or line.tokens[index].claim:
            continue
        if entry.meant and not may_be(line.typed(index), entry.meant):
            continue
        return Hit(entry.signs, index, after)
    return None
