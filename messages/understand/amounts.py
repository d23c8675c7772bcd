"""How many, and the numbers of decisions."""

from __future__ import annotations

import re
from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.numbers import NUMBER_WORDS, number_at

COUNT: Final = "count"
DOCUMENT: Final = "document"
_NOUNS: Final = frozenset(
    {
        "dong",
        "nguoi",
        "dang",
        "quan",
        "truong",
        "ca",
        "ban",
        "doan",
        "suat",
        "nhan",
        "thanh",
        "em",
        "anh",
        "chi",
        "chau",
        "nam",
        "nu",
        "vi",
    }
)
_SECOND: Final = {
    "dong": "chi",
    "dang": "vien",
    "quan": "chung",
    "truong": "hop",
    "doan": "vien",
    "thanh": "nien",
}
_BEFORE_NUMBER: Final = frozenset({"so", "qd", ":", "la", ".", "kn"})
_RATIO: Final = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})")
MOST_PEOPLE: Final = 60


def claim_decision(line: Line) -> str | None:
    """The number of a decision: «QĐ 99-QĐ/HU», «quyết định số 45»; as it was typed."""
    if "quyet" not in line.bag and Kind.DOCUMENT not in line.kinds:
        return None
    for index, token in enumerate(line.tokens):
        if token.claim or (token.kind is not Kind.DOCUMENT and token.word != "quyet"):
            continue
        if token.kind is Kind.DOCUMENT:
            token.claim = DOCUMENT
            return line.typed(index)
        if line.words[index : index + 2] == ["quyet", "dinh"]:
            number = _decision_number(line, index + 2)
            if number:
                return number
    return None


def _decision_number(line: Line, at: int) -> str | None:
    introduced = False
    while at < len(line.tokens) and line.words[at] in _BEFORE_NUMBER:
        introduced, at = True, at + 1
    if at >= len(line.tokens) or line.tokens[at].claim:
        return None
    token = line.tokens[at]
    counts = at + 1 < len(line.tokens) and line.words[at + 1] in _NOUNS
    if token.kind is Kind.DOCUMENT or (
        token.kind is Kind.NUMBER and len(token.word) < 6 and (introduced or not counts)
    ):
        token.claim = DOCUMENT
        return line.typed(at)
    return None


def counts_in(line: Line, after_verb: set[int]) -> list[int]:
    """The numbers that say how many people: before a noun for people, or right after the verb."""
    if not line.figures and line.bag.isdisjoint(NUMBER_WORDS):
        return []
    quota = _of_quota(line)
    if quota is not None:
        return [quota]
    found: list[int] = []
    split: list[int] = []
    index, end = 0, _before_breakdown(line)
    while index < end:
        token = line.tokens[index]
        may_count = token.kind is Kind.NUMBER or token.word in NUMBER_WORDS
        number = number_at(line, index) if may_count and not token.claim else None
        if number is None or _is_after(line, index):
            index += 1
            continue
        value, after = number
        noun = _counted(line, after) if token.word != "nam" or line.words[after : after + 1] != ["nu"] else ""
        if value <= MOST_PEOPLE and (noun or _stands_for_people(line, index, after, after_verb)):
            sex = _sex_after(line, after) if noun and (value > 1 or split) else 0
            (split if sex or noun in ("nam", "nu") else found).append(value)
            line.claim(index, after, COUNT)
            line.claim(sex, sex + 1 if sex else 0, COUNT)
        index = after
    return found or ([sum(split)] if split else [])


def claim_shares(line: Line) -> None:
    """«đạt 100%», «bằng 50 %»: how much of a plan, and no number of people."""
    for index, token in enumerate(line.tokens[1:] if "%" in line.bag else (), 1):
        if token.word == "%" and line.tokens[index - 1].kind in (Kind.NUMBER, Kind.DIGITS):
            first = index - 1 - (line.words[max(0, index - 2)] in _REACHES)
            line.claim(first, index + 1, SHARE)


SHARE: Final = "share"
_REACHES: Final = frozenset({"dat", "bang", "vuot", "hon"})


def _is_after(line: Line, index: int) -> bool:
    """«tuần sau em báo», «mốt em nộp»: «sau» and «mốt» of a time, and no number of anything."""
    if line.typed(index).lower() == "mốt" or (index and line.words[index - 1] == "t"):
        return True  # «t6»
    if index == line.opening and line.words[index + 1 : index + 2] == ["em"]:
        return line.words[index + 2 : index + 3] in _REPORTS  # «25 em nộp»
    return line.words[index] == "sau" and index > 0 and line.words[index - 1] in _TIMES


_REPORTS: Final = (["nop"], ["bao"], ["gui"], ["nhan"])
_TIMES: Final = frozenset({"tuan", "thang", "nam", "quy", "hom", "bua", "dot", "ky", "ngay"})


def _of_quota(line: Line) -> int | None:
    """«kết nạp 1/2 chỉ tiêu»: the number of those admitted."""
    if "tieu" not in line.bag:
        return None
    for index, token in enumerate(line.tokens):
        match = _RATIO.fullmatch(token.word) if token.kind is Kind.DIGITS else None
        if match and line.words[index + 1 : index + 3] == ["chi", "tieu"] and int(match[1]) <= MOST_PEOPLE:
            token.claim = COUNT
            return int(match[1])
    return None


def _sex_after(line: Line, at: int) -> int:
    """Where «nam» or «nữ» stands after a noun: «hai đồng chí nam và một đồng chí nữ»; 0 where it does not."""
    after = at + (2 if line.words[at] in _SECOND else 1)
    if line.words[after : after + 1] not in (["nam"], ["nu"]) or line.tokens[after].claim not in ("", "fact"):
        return 0
    following = line.tokens[after + 1] if after + 1 < len(line.tokens) else None
    named = following is not None and (following.claim == "name" or line.is_capital(after + 1))
    return 0 if named else after


def _before_breakdown(line: Line) -> int:
    """The token at which «trong đó 2 nữ, 1 đoàn viên» begins, which only parts what was counted before."""
    if "trong" not in line.bag:
        return len(line.tokens)
    pairs = zip(line.words, line.words[1:], strict=False)
    return next(
        (index for index, pair in enumerate(pairs) if index and pair == ("trong", "do")), len(line.tokens)
    )


def _counted(line: Line, at: int) -> str:
    """The noun for people at a token, or nothing."""
    if at >= len(line.tokens) or line.words[at] not in _NOUNS or line.tokens[at].claim == "name":
        return ""
    word = line.words[at]
    if word in _SECOND and line.words[at + 1 : at + 2] != [_SECOND[word]]:
        return ""
    return word


def _stands_for_people(line: Line, index: int, after: int, after_verb: set[int]) -> bool:
    if index not in after_verb or (line.tokens[index].kind is Kind.WORD and after < len(line.tokens)):
        return False
    follows = line.words[after : after + 1]
    if follows == ["."] and after + 1 == len(line.tokens):
        return True
    return follows not in (["thang"], ["nam"], ["/"], ["."], [")"], ["tuoi"], ["%"])
