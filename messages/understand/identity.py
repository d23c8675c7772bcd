"""Numbers of identity cards, which have no place in a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final
from unicodedata import normalize

from messages.fold import clean

_DIGITS: Final = 12
_LEAST_GROUP: Final = 3
_RUN: Final = re.compile(r"(?<![0-9])[0-9](?:[ .\-]{0,3}[0-9]){11,}(?![0-9])")
_GAP: Final = re.compile(r"[ .\-]+")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def holds_id_number(text: str) -> bool:
    """Whether a text holds the twelve digits of an identity card, also with spaces, dots or hyphens between."""
    runs = (_GAP.split(match[0]) for match in _RUN.finditer(normalize("NFKC", clean(text))))
    return any(_is_card(groups) for run in runs for groups in _neighbours(run))


def _neighbours(groups: list[str]) -> Iterator[list[str]]:
    """The groups side by side that make up twelve digits: a date may stand right before a card's number, or after."""
    for first in range(len(groups)):
        digits = list(accumulate(map(len, groups[first:])))
        if _DIGITS in digits:
            yield groups[first : first + digits.index(_DIGITS) + 1]


def _is_card(groups: list[str]) -> bool:
    """Twelve digits that are not several numbers side by side: dates, years, a telephone and a day."""
    if len(groups) > 1 and all(map(_YEAR.fullmatch, groups)):
        return False
    even = len({len(group) for group in groups}) == 1 and groups[0].startswith("0")
    return even or min(map(len, groups)) >= _LEAST_GROUP
