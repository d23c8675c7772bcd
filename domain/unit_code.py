"""The short code at the start of a unit's receipts, derived from its name: «Biên Sơn» is BS."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count

from domain.spelling import bare

_KINDS = (
    "dang bo",
    "dang uy",
    "chi bo",
    "xa",
    "thi tran",
    "phuong",
    "truong",
    "trung tam",
    "cong ty",
    "cp",
    "co phan",
    "tnhh",
)
"""What a unit is, in words that many names begin with and that tell none from another."""


def unit_code(name: str, taken: Collection[str]) -> str:
    """A code for a unit that has none yet: two to four capital letters or digits, a letter first, not in `taken`.

    The same name and the same taken codes always give the same code.
    """
    return next(code for code in _candidates(_words(name)) if code not in taken)


def _words(name: str) -> list[str]:
    rest = bare(name)
    while True:
        kind = next((kind for kind in _KINDS if rest.startswith(kind + " ")), None)
        if kind is None:
            return rest.split() or ["x"]
        rest = rest.removeprefix(kind + " ")


def _candidates(words: list[str]) -> Iterator[str]:
    """The ideas in order: initials, initials with more of the last word, and at last a number."""
    initials = "".join(word[0] for word in words)
    if not initials[0].isalpha():
        initials = "X" + initials
    if len(initials) > 1:
        yield initials[:4].upper()
    longer = initials[:3] + words[-1][1:]
    for length in (3, 4):
        if len(longer) >= length:
            yield longer[:length].upper()
    for number in count(2):
        yield (initials[: max(1, 4 - len(str(number)))] + str(number)).upper()
