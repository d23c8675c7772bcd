"""What is told of somebody for the counts: youth union, people, religion, schooling, work; yes, no, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from domain.facts import Facts, Schooling
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import may_be, word_set
from messages.understand.told_words import BY_FIRST, FACT, SCHOOLING

_NO: Final = frozenset({"khong", "chua"})
_BETWEEN_NO: Final = word_set("phai la co theo thuoc")
_SHARED: Final = frozenset({"deu", "ca"})


class Told(NamedTuple):
    """A fact from token `first` up to `after`; `shared` when it is said of all («đều là đoàn viên»)."""

    first: int
    after: int
    facts: Facts
    shared: bool = False


_TELLING: Final = frozenset(BY_FIRST) | {second for _, second in SCHOOLING} | {"lop"}


def claim_told(line: Line) -> list[Told]:
    """The facts of a line, claimed with their «không»; none for what is counted («2 đoàn viên»)."""
    found: list[Told] = []
    if line.bag.isdisjoint(_TELLING) and "12/12" not in line.bag:
        return found
    index = 0
    while index < len(line.words):
        told = _told_at(line, index) if line.words[index] in BY_FIRST else None
        if told is None and line.figures and line.tokens[index].kind in (Kind.DIGITS, Kind.NUMBER):
            told = _years_of_school(line, index)
        if told is not None:
            line.claim(_with_introduction(line, told), told.after, FACT)
            found.append(told)
        index = told.after if told else index + 1
    return found


def _with_introduction(line: Line, told: Told) -> int:
    """Where «trình độ», «học vấn» before a schooling begin: they say nothing else."""
    start = told.first
    if told.facts.schooling is None:
        return start
    start -= line.words[start - 1 : start] in ([":"], ["la"])
    pair = tuple(line.words[max(0, start - 2) : start])
    return start - 2 if pair in SCHOOLING or pair == ("tot", "nghiep") else told.first


def _told_at(line: Line, index: int) -> Told | None:
    for words, marked, value, fits in BY_FIRST[line.words[index]]:
        after = index + len(words)
        if tuple(line.words[index:after]) != words or not _is_open(line, index, after):
            continue
        if all(map(may_be, _typed(line, index, after), marked)) and not _is_counted(line, index):
            return _with_no(line, index, after, value) if fits(line, index, after) else None
    return None


def _typed(line: Line, first: int, after: int) -> list[str]:
    return [line.typed(index).lower() for index in range(first, after)]


def _is_open(line: Line, first: int, after: int) -> bool:
    return all(token.claim in ("", "denied") for token in line.tokens[first:after])


def _is_counted(line: Line, index: int) -> bool:
    """«2 đoàn viên», «một dân tộc»: a part of a sum."""
    before = index - 1
    if before < 0 or line.tokens[before].claim:
        return False
    return line.tokens[before].kind is Kind.NUMBER or digit_word(line, before) is not None


def _with_no(line: Line, first: int, after: int, value: Facts) -> Told:
    """The fact turned round by «không phải …» before it, or by «: không» after it."""
    words, start = line.words, first
    while start and words[start - 1] in _BETWEEN_NO:
        start -= 1
    denied = start > 0 and words[start - 1] in _NO
    start = start - 1 if denied else first
    shared = bool(_SHARED.intersection(words[max(0, start - 3) : first]))
    end = after
    said = after + (words[after : after + 1] == [":"])
    if words[said : said + 1] in (["khong"], ["co"]) and (said > after or _says_no(line, first, said)):
        denied, end = words[said] == "khong", said + 1
    return Told(start, end, _denied(value) if denied else value, shared)


def _says_no(line: Line, first: int, at: int) -> bool:
    """«tôn giáo không», but not the question «có đạo không»."""
    return _is_last(line, at) and "co" not in line.words[max(0, first - 1) : first + 1]


def _is_last(line: Line, index: int) -> bool:
    """Whether a clause ends with a token: «tôn giáo không»."""
    return index + 1 >= len(line.tokens) or line.tokens[index + 1].kind is Kind.MARK


def _denied(value: Facts) -> Facts:
    """The opposite; «chưa đại học» tells nothing."""
    if value.schooling is not None:
        return Facts()
    return Facts(**{name: not told for name, told in value.told().items()})  # type: ignore[arg-type]


def _years_of_school(line: Line, index: int) -> Told | None:
    """«trình độ 12/12», «văn hóa 9/12», «học hết lớp 9»."""
    token = line.tokens[index]
    if token.claim or not (_after_schooling(line, index) or _beside_a_date(line, index)):
        return None
    years, _, most = token.word.replace(" ", "").partition("/")
    if not years.isdecimal() or most not in ("12", "10", "") or int(years) > 12 or not int(years):
        return None
    value = Schooling.UPPER_SECONDARY if years == (most or "12") else _lower(int(years), most)
    return Told(index, index + 1, Facts(schooling=value))


def _beside_a_date(line: Line, index: int) -> bool:
    """«12/12» beside another date or the code of a report."""
    if line.words[index] != "12/12" or line.words[index - 1 : index] in (["ngay"], ["hom"]):
        return False
    return any(
        token.claim == "code" or (at != index and token.kind is Kind.DIGITS and not token.claim)
        for at, token in enumerate(line.tokens)
    )


def _after_schooling(line: Line, index: int) -> bool:
    before = [word for word in line.words[max(0, index - 3) : index] if word not in (":", "la")]
    if before[-1:] == ["lop"]:
        return before[:-1][-1:] in (["het"], ["do"], ["hoa"], ["van"])
    return tuple(before[-2:]) in SCHOOLING and line.tokens[index].kind is Kind.DIGITS


def _lower(years: int, most: str) -> Schooling:
    enough = 7 if most == "10" else 9
    return Schooling.LOWER_SECONDARY if years >= enough else Schooling.PRIMARY


def told_of_heads(scene: Scene) -> Iterator[Told]:
    """«trưởng thôn» as the post of somebody who is named, not of somebody who acts."""
    if not (scene.named or scene.receipt):
        return
    line = scene.line
    for hit in scene.hits:
        before = line.words[hit.first - 1 : hit.first]
        if Sign.HEADS not in hit.signs or _is_counted(line, hit.first) or before in _ACTORS:
            continue
        if hit.first and before != ["pho"] and line.words[hit.first] not in ("truong", "to"):
            continue
        yield _with_no(line, hit.first, hit.after, Facts(village_head=True))


_ACTORS: Final = (["do"], ["cac"], ["nhung"], ["le"])


_NOTHING: Final = Facts()


def all_told(told: list[Told], people: int) -> Facts:
    """The facts of one person; of several only what is said of all."""
    facts = _NOTHING
    for one in told:
        if people < 2 or one.shared:
            facts = facts.with_told(one.facts)
    return facts
