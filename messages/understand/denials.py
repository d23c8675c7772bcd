"""What a correction takes back: «không phải 15/3 mà là 16/3», «sửa 2 thành 1»."""

from __future__ import annotations

from collections.abc import Iterator

from messages.understand.line import CLOSING, Line

DENIED = "denied"
_TURNS = frozenset({"phai", "thanh", "sang"})
_ENDS = frozenset({"ma", ",", ".", ";"})
_VERBS = frozenset({"sua", "doi", "tu"})


def claim_denied(line: Line) -> None:
    """Claim the words that are said not to hold, so that no fact is read from them."""
    if line.bag.isdisjoint(_TURNS):
        return
    for first, after in (*_after_not(line), *_before_becomes(line)):
        line.claim(first, after, DENIED)


def _after_not(line: Line) -> Iterator[tuple[int, int]]:
    """The words after «không phải», up to «mà» or the end of the clause."""
    words = line.words
    for index, word in enumerate(words[:-1]):
        if word == "khong" and words[index + 1] == "phai":
            after = index + 2
            while after < len(words) and words[after] not in _ENDS:
                after += 1
            if not set(words[index + 2 : after]) <= CLOSING | {"dau"}:
                yield index + 2, after


def _before_becomes(line: Line) -> Iterator[tuple[int, int]]:
    """The words between «sửa», «từ» and «thành»."""
    words = line.words
    if "thanh" not in words and "sang" not in words:
        return
    turn = words.index("thanh") if "thanh" in words else words.index("sang")
    first = next((i for i in range(turn) if words[i] in _VERBS), None)
    if first is not None and not line.is_capital(turn) and "thu" not in words[first + 1 : first + 4]:
        first += 2 if words[first + 1] in ("lai", "ngay", "ten", "so") else 1
        yield first, turn
