"""Times that name no day: «8 giờ 30», «từ tết đến giờ», «mấy hôm nữa», «họp xong»."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.spelling import may_be, word_set

CLOCK: Final = "clock"
WHILE: Final = "while"
LATER: Final = "later"
_HOURS: Final = word_set("gio h g")
_AT_HOUR: Final = word_set("vao hoi luc khoang")
_LATEST_HOUR: Final = 24

_SINCE: Final = word_set("tu sau truoc qua ra dip hoi tinh den het")
_FEASTS: Final = word_set("tet ram")
_SPANS: Final = frozenset(
    {
        ("dau", "nam"),
        ("dau", "quy"),
        ("dau", "thang"),
        ("dau", "tuan"),
        ("den", "nay"),
        ("den", "gio"),
        ("toi", "nay"),
    }
)
_SOME: Final = {"may": "mấy", "vai": "vài", "it": "ít", "dam": "dăm"}
_DAYS: Final = word_set("hom bua ngay tuan thang nam buoi")
_GONE: Final = word_set("nay qua truoc roi")
_WEEKS: Final = frozenset(
    {
        ("tuan", "sau"),
        ("tuan", "toi"),
        ("sang", "tuan"),
        ("bua", "sau"),
        ("hom", "sau"),
        ("hom", "khac"),
        ("trong", "tuan"),
        ("giua", "tuan"),
        ("thang", "sau"),
        ("sang", "thang"),
        ("dau", "tuan"),
        ("het", "tuan"),
        ("het", "thang"),
    }
)
_SOON: Final = frozenset({("mai", "kia"), ("nay", "mai"), ("mai", "mot")})
_AFTER_FEAST: Final = frozenset(
    {("qua", "ram"), ("sau", "ram"), ("sau", "tet"), ("ra", "tet"), ("qua", "tet")}
)
_FINISH: Final = word_set("hop le hoi nghi bo dang lam ra kiem tong hoan")
_WHENEVER: Final = (
    ["khi", "nao"],
    ["luc", "nao"],
    ["hom", "nao"],
    ["bao", "gio"],
    ["sau", "khi"],
    ["khi", "co"],
)
_WHO: Final = word_set("em toi minh xa se thi la")
_TELLS: Final = word_set("bao gui nop nhan")


def claim_clock(line: Line) -> None:
    """«vào hồi 14 giờ 30», «lúc 8h»: no date, number or «vào hội» is read from it."""
    if line.bag.isdisjoint(_HOURS):
        return
    for index in range(1, len(line.words)):
        if line.words[index] not in _HOURS or line.tokens[index - 1].kind is not Kind.NUMBER:
            continue
        if int(line.words[index - 1][:4]) > _LATEST_HOUR:
            continue
        first, after = index - 1, index + 1
        minutes = after < len(line.tokens) and line.tokens[after].kind is Kind.NUMBER
        after += minutes and len(line.words[after]) == 2 and line.words[after + 1 : after + 2] != ["dong"]
        while first and line.words[first - 1] in _AT_HOUR:
            first -= 1
        line.claim(first, after, CLOCK)


def claim_no_days(line: Line) -> bool:
    """Claim the spans of time; whether some time later is among them: «mấy hôm nữa», «sang tuần», «họp xong»."""
    if line.bag.isdisjoint(_TELLING):
        return False
    later = False
    for index, word in enumerate(line.words[:-1]):
        token = line.tokens[index]
        if token.claim or not (word in _TELLING or token.kind is Kind.DIGITS):
            continue
        after = _since(line, index)
        if after:
            line.claim(index, after, WHILE)
            continue
        after = _some_days(line, index)
        if after:
            gone = line.words[after - 1] in _GONE
            line.claim(index, after, WHILE if gone else LATER)
            later = later or not gone
    return later or _is_later(line)


def _since(line: Line, index: int) -> int:
    """The end of «từ tết», «tính đến nay», «từ đầu năm»; 0 when there is none."""
    if line.words[index] not in _SINCE or (line.is_capital(index) and index > line.opening):
        return 0
    after = index + 1
    if line.words[after] in _FEASTS or (line.words[index], line.words[after]) in _SPANS:
        return after + 1 if line.is_free_word(after) else 0
    spans = tuple(line.words[after : after + 2]) in _SPANS
    return after + 2 if spans and line.is_free_word(after) and line.is_free_word(after + 1) else 0


def _some_days(line: Line, index: int) -> int:
    """The end of «mấy hôm nữa», «vài tháng nay», «2-3 hôm nữa», «ít bữa», «khi nào»; 0 when there is none."""
    pair = line.words[index : index + 2]
    if tuple(pair) in _SOON or (pair in _WHENEVER and _is_told_then(line, index + 2)):
        return index + 2
    after = index + (2 if tuple(pair) in _TWO_OR_THREE else 1)
    words = line.words[after : after + 2]
    meant = _SOME.get(line.words[index])
    some = meant is not None and may_be(line.typed(index).lower(), meant)
    if not words or words[0] not in _DAYS or not (some or after > index + 1 or _is_range(line, index)):
        return 0
    if words[1:] == ["nua"] or (some and words[1:] and words[1] in _GONE):
        return after + 2
    return (
        after + 1 if some and (line.words[index] != "may" or not {"khat", "lui"}.isdisjoint(line.bag)) else 0
    )


_TWO_OR_THREE: Final = frozenset(
    {("mot", "hai"), ("hai", "ba"), ("ba", "bon"), ("doi", "ba"), ("mot", "vai")}
)


def _is_range(line: Line, index: int) -> bool:
    return line.tokens[index].kind is Kind.DIGITS and "-" in line.words[index]


def _is_told_then(line: Line, index: int) -> bool:
    """«khi nào có số em báo»: somebody will report then, and does not ask."""
    words = line.words
    return line.bag.isdisjoint(("?", "nap")) and any(
        words[at] in _WHO and words[at + 1] in _TELLS for at in range(index, len(words) - 1)
    )


def _is_later(line: Line) -> bool:
    """«sang tuần», «qua rằm», «họp xong em báo»: no day, but one that is to come."""
    words = line.words
    if any(pair in _WEEKS or pair in _AFTER_FEAST for pair in pairwise(words)):
        return True
    if "xong" in line.bag and not _FINISH.isdisjoint(words[: words.index("xong")]):
        return words.index("xong") + 1 < len(words)
    return False


_TELLING: Final = (
    _SINCE
    | frozenset(_SOME)
    | word_set("tuan mai nay xong bua hom nao sang thang nua khi luc mot hai ba doi")
)
