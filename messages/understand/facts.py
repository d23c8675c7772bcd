"""What is said of a person beside the name: year or date of birth, and sex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from messages.understand.heard import Gender
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word
from messages.understand.spelling import may_be

FACT: Final = "fact"
_MALE_BEFORE: Final = frozenset({"anh", "ong", "chu", "a"})
_FEMALE_BEFORE: Final = frozenset({"chi", "ba", "co"})
_TITLES: Final = frozenset({"anh", "chi", "em", "ong", "ba", "co", "chu", "bac", "chau", "thay", "a"})
SEXES: Final[dict[str, Gender]] = {"nam": "nam", "trai": "nam", "nu": "nữ", "gai": "nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something said of a person at a token: a sex, or a birth; of so many at once when `shared` is not 0."""

    at: int
    gender: Gender | None = None
    year: int | None = None
    born: date | None = None
    shared: int = 0


ALL: Final = 99
"""«đều sinh 1999»: said of everybody, however many."""
_SHARED: Final = {"deu": "đều", "cung": "cùng"}
_SHARED_BETWEEN: Final = frozenset({"la", "nu", "nam", "gai", "trai", ","})
_GROUPS: Final = {"hai": 2, "ba": 3, "bon": 4, "2": 2, "3": 3, "4": 4, "doi": 2}


def shared_before(line: Line, index: int) -> tuple[int, int]:
    """Of how many a fact is said by «cả hai», «đều» before it, and the token where these words begin; 0 where of one."""
    start = index
    while start and index - start < 3 and line.words[start - 1] in _SHARED_BETWEEN:
        start -= 1
    before = line.words[start - 1] if start else ""
    each = before in _SHARED and may_be(line.typed(start - 1).lower(), _SHARED[before])
    if each and (line.is_capital(start - 1) or line.words[start - 2 : start - 1] in (["van"], ["thi"])):
        return 0, index  # «Vi Văn Đều sn 1999»
    start -= each
    many = shared_after(line, start - 2) if start > 1 else 0
    if many:
        return many, start - 2
    sure = each and (before == "deu" or not line.typed(start).isascii())
    return (ALL, start) if sure else (0, index)


def shared_after(line: Line, index: int) -> int:
    """Of how many a fact is said by the «cả hai» that begins at a token; 0 where none does."""
    return (
        _GROUPS.get(line.words[index + 1], 0)
        if line.words[index] == "ca" and index + 1 < len(line.words)
        else 0
    )


def claim_genders(line: Line, births: list[Fact]) -> list[Fact]:
    """«nữ», «nam»; «nam 1996» without marks is a year after a woman's name, else a sex and a year."""
    found: list[Fact] = []
    for index, token in enumerate(() if line.bag.isdisjoint(SEXES) else line.tokens):
        gender = SEXES.get(token.word)
        if gender is None or token.claim or not _is_sex(line, index):
            continue
        token.claim = FACT
        if not _is_year_word(line, index, births):
            found.append(Fact(at=index, gender=gender, shared=shared_before(line, index)[0]))
    return found


def _is_sex(line: Line, index: int) -> bool:
    typed = line.typed(index).lower()
    before, after = line.words[index - 1 : index], line.words[index + 1 : index + 2]
    if before and before[0] in _TITLES and line.is_capital(index):
        return False  # «chị Gái»
    if before in (["vo"], ["chong"]) and line.is_capital(index):
        return False  # «Hoa vợ Nam»
    if not typed.isascii():
        return typed in _MARKED_SEXES and before != ["phu"]
    if line.words[index] == "nam" and before and before[0] in _TITLES:
        return False
    if line.words[index] == "trai" and (before in _VILLAGES or digit_word(line, index + 1)):
        return False  # «thôn Trại», «Trại Hai»
    if before == ["phu"] or after in (
        ["nay"],
        ["ngoai"],
        ["truoc"],
        ["sau"],
        ["ta"],
    ):
        return False
    if line.words[index] == "nam" and (_is_year(line, index + 1) or _is_subject(line, index)):
        return False
    return not (
        before in (["viet"], ["hoi"], ["mot"], ["vao"], ["cuoi"], ["dau"], ["giua"], ["hang"])
        or after in (["dong"], ["nguoi"])
    )


def _is_year(line: Line, at: int) -> bool:
    """«ngay 15 thang 3 nam 2022»: a year that nobody reported was born in."""
    token = line.tokens[at] if at < len(line.tokens) else None
    return token is not None and token.kind is Kind.NUMBER and len(token.word) == 4 and not token.claim


def _is_subject(line: Line, index: int) -> bool:
    """«nam nop don roi»: somebody called so, with whom the message begins."""
    return index == line.opening and index + 1 < len(line.tokens) and line.is_free_word(index + 1)


_MARKED_SEXES: Final = frozenset({"nữ", "gái", "nư", "nử", "nừ", "nứ"})
_VILLAGES: Final = (["bo"], ["thon"], ["xom"], ["lang"], ["ban"])


def _is_year_word(line: Line, index: int, births: list[Fact]) -> bool:
    """Whether an unmarked «nam» before a year is «năm»."""
    if line.words[index] != "nam" or not any(fact.at == index + 1 for fact in births):
        return False
    return not line.marked and "thi" in line.words[max(0, index - 3) : index]


def claim_descent(line: Line) -> None:
    """«dân tộc Nùng», «trình độ 12/12»: the words after them are no names, dates or ratios."""
    if line.bag.isdisjoint(_OF_DESCENT):
        return
    for index, token in enumerate(line.tokens):
        if token.claim:
            continue
        pair = (line.words[index - 1], token.word) if index else ("", token.word)
        if pair == ("dan", "toc") or token.word == "dt":
            _claim_peoples(line, index + 1)
        elif pair in _SCHOOLING or token.word == "lop":
            at = index + 1 + (line.words[index + 1 : index + 2] == [":"])
            if at < len(line.tokens) and line.tokens[at].kind in (Kind.DIGITS, Kind.NUMBER):
                line.claim(at, at + 1, FACT)
                _claim_class(line, at + 1)


def _claim_class(line: Line, at: int) -> None:
    """The «A3» of «lớp 12A3»."""
    while at < len(line.tokens) and len(line.words[at]) == 1:
        apart = line.tokens[at].start > line.tokens[at - 1].end
        if line.tokens[at].kind is Kind.MARK or (apart and not line.typed(at).isupper()):
            return
        line.claim(at, at + 1, FACT)
        at += 1


def _claim_peoples(line: Line, at: int) -> None:
    for length in (2, 1):
        if " ".join(line.words[at : at + length]) in _PEOPLES:
            line.claim(at, at + length, FACT)
            return


_OF_DESCENT: Final = frozenset({"toc", "dt", "do", "hoa", "van", "thong", "lop"})
_SCHOOLING: Final = frozenset({("trinh", "do"), ("van", "hoa"), ("hoc", "van"), ("pho", "thong")})
_PEOPLES: Final = frozenset(
    {
        "kinh",
        "nung",
        "tay",
        "hoa",
        "san diu",
        "san chay",
        "san chi",
        "cao lan",
        "dao",
        "muong",
        "thai",
        "mong",
        "hmong",
    }
)


def gender_of_title(line: Line, first: int) -> Gender | None:
    """The sex that «anh», «chị», «ông», «bà» before a name tells; none for «đồng chí»."""
    if first == 0 or line.words[max(0, first - 2) : first] == ["dong", "chi"]:
        return None
    title = line.words[first - 2] if line.words[first - 1] == "giao" else line.words[first - 1]
    if title in _MALE_BEFORE:
        return "nam"
    return "nữ" if title in _FEMALE_BEFORE and line.tokens[first - 1].claim != "place" else None
