"""Slips of the finger in the phrases that matter most: a neighbouring key, two letters swapped, one lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from messages.understand.vocabulary import KNOWN

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PHRASES: Final = (
    "ket nap; le ket nap; bao cao; quan chung; quan chung uu tu; vuong mac; kho khan;"
    "tien do; chi tieu; hoan tac; truong thon; to truong; tham tra; tham tra ly lich; chinh thuc; tro giup; huong dan; cam on;"
    "xin rut; co quyet dinh; chot quy; chot bao cao; phat sinh; khong phat sinh; dang vien; dong chi; tinh hinh; tinh hinh toan huyen;"
    "chua bao cao; xuat bieu; xuat excel; dinh chinh; cam tinh dang; lop cam tinh; danh sach; chuyen di; du kien"
)


def _neighbours() -> dict[str, str]:
    """The keys beside and below or above each key of a phone."""
    at = {letter: (row, column) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}
    return {
        letter: "".join(
            other for other, (r, c) in at.items() if other != letter and abs(r - row) + abs(c - column) < 2
        )
        for letter, (row, column) in at.items()
    }


_NEAR: Final = _neighbours()
SLIPPERY: Final = tuple(tuple(phrase.split()) for phrase in _PHRASES.split(";"))
"""The folded phrases for which slips are known."""


def slips_of(phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase with one slip in one word; never one that makes another known word."""
    for index, word in enumerate(phrase):
        for slip in _slips(word):
            if slip not in KNOWN:
                yield (*phrase[:index], slip, *phrase[index + 1 :])


def _slips(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        yield from (before + other + after for other in _NEAR.get(letter, ""))
        yield before + letter + letter + after
        if len(word) > 2:
            yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
