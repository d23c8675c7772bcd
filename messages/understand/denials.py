"""What a correction takes back: «không phải 15/3 mà là 16/3», «sửa 2 thành 1»."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from messages.understand.line import CLOSING, Kind, Line
from messages.understand.numbers import number_at
from messages.understand.spelling import may_be

DENIED = "denied"
_TURNS = frozenset({"phai", "thanh", "sang", "xuong", "len", "con", "nham", "sai", "ra"})
_ENDS = frozenset({"ma", ",", ".", ";"})
_VERBS = frozenset({"sua", "doi", "tu"})
_OF_FIGURES = _VERBS | {"giam", "tang", "chinh"}


def claim_denied(line: Line) -> None:
    """Claim the words that are said not to hold, so that no fact is read from them."""
    if line.bag.isdisjoint(_TURNS):
        return
    for first, after in (*_after_not(line), *_before_becomes(line), *_said_wrongly(line)):
        line.claim(first, after, DENIED)


def _after_not(line: Line) -> Iterator[tuple[int, int]]:
    """The words after «không phải», up to «mà» or the end of the clause."""
    words = line.words
    for index, word in enumerate(words[:-1]):
        if word == "khong" and words[index + 1] == "phai":
            after = index + 2
            while after < len(words) and words[after] not in _ENDS:
                after += 1
            if not set(words[index + 2 : after]) <= _EMPTY:
                yield index + 2, after


def sets_right(line: Line) -> bool:
    """«sinh 1994 không phải 1993», «tên là Hiền không phải Hiển»: what is denied stands against what was said before."""
    return any(
        first - 2 > line.opening and _is_one_fact(line, first, after) for first, after in _after_not(line)
    )


def _is_one_fact(line: Line, first: int, after: int) -> bool:
    """Whether the words are a figure, a day or a sex, or after «tên» a name."""
    told = [at for at in range(first, after) if line.words[at] not in _BESIDE_FACTS]
    if "ten" in line.words[:first] and 0 < len(told) <= _LONGEST_NAME:
        return all(map(line.is_capital, told)) or not line.mixed
    return bool(told) and all(
        line.tokens[at].kind in (Kind.NUMBER, Kind.DIGITS) or line.words[at] in _FACTS for at in told
    )


_EMPTY = CLOSING | {"dau", "the", "vay", "nhu", "day", "ma"}  # «không phải thế», «không phải như vậy đâu ạ»
_BESIDE_FACTS = CLOSING | frozenset(
    ["la", "ngay", "hom", "thang", "sinh", "sn", "ns", "dong", "chi", "dc", "nguoi", "ten", "dau", "quy"]
)
_FACTS = frozenset(["nam", "nu", "mot", "hai", "ba", "bon", "tu", "sau", "bay", "tam", "chin", "muoi"])
_LONGEST_NAME = 4


def _said_wrongly(line: Line) -> Iterator[tuple[int, int]]:
    """«báo nhầm 3, đúng ra là 2»: the number right after «nhầm» where another follows that is right."""
    words = line.words
    for index, word in enumerate(words[:-1]):
        at = index + 1 + (words[index + 1] in ("thanh", "la"))
        wrong = word in ("nham", "sai") or (word in ("bao", "ghi") and ("dung", "ra") in pairwise(words[at:]))
        if not wrong or at >= len(words) or line.tokens[at].kind is not Kind.NUMBER:
            continue
        if not {"dung", "phai", "chi", "thuc"}.isdisjoint(words[at + 1 :]):
            yield at, at + 1


def _before_becomes(line: Line) -> Iterator[tuple[int, int]]:
    """The words between «sửa», «từ» and «thành»; «từ 3 xuống 2», «3 còn 2»."""
    turn = next((i for i in range(1, len(line.words) - 1) if _is_turn(line, i)), None)
    if turn is None:
        return
    words = line.words
    verbs = _VERBS if words[turn] in _BECOMES else _OF_FIGURES
    first = next((i for i in range(turn) if words[i] in verbs and not _is_surname(line, i)), None)
    if first is not None and not line.is_capital(turn) and "thu" not in words[first + 1 : first + 4]:
        if words[turn] not in _BECOMES:
            yield _figure_before(line, turn), turn
            return
        of_somebody = "cua" in words[first:turn] and "ten" not in words[first:turn]
        first += 2 if words[first + 1] in ("lai", "ngay", "ten", "so") else 1
        yield first, words.index("cua", first, turn) if of_somebody else turn


_BECOMES = {"thanh": "thành", "sang": "sang"}
_CHANGES = frozenset({"xuong", "len", "con"})
_FARTHEST = 4
_QUARTER = frozenset({"quy", "q"})


def _is_turn(line: Line, index: int) -> bool:
    """«thành» and «sang», but not «sáng»; «xuống», «lên» and «còn» between two numbers."""
    marked = _BECOMES.get(line.words[index])
    if marked is not None:
        return may_be(line.typed(index).lower(), marked)
    if line.words[index] not in _CHANGES or _figure_before(line, index) == index:
        return False
    after = index + 1 + (line.words[index + 1] in ("con", "la"))
    return after < len(line.tokens) and number_at(line, after) is not None


def _figure_before(line: Line, index: int) -> int:
    """Where the number stands that a turn follows («3 đồng chí xuống …»); the turn itself when there is none, or a quarter."""
    for at in range(index - 1, max(-1, index - 1 - _FARTHEST), -1):
        if number_at(line, at) is not None:
            return index if line.words[max(0, at - 1)] in _QUARTER else at
    return index


def _is_surname(line: Line, index: int) -> bool:
    """«cháu Từ Thị Ánh»: somebody called so."""
    return line.words[index] == "tu" and (line.is_capital(index) or line.words[index + 1] in _MIDDLES)


_MIDDLES = frozenset({"thi", "van"})
