"""The words that tell facts for the counts, and where each may stand to tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from domain.facts import Facts, Schooling
from messages.fold import fold
from messages.understand.line import Kind, Line
from messages.understand.spelling import spelled, word_set

FACT: Final = "fact"
_SCHOOLS: Final = word_set("truong vien hoc thi tuyen lop he")  # «trường đại học», «sinh viên cao đẳng»
_AFTER_SCHOOLING: Final = word_set(
    "do van nghiep het bang :"
)  # «trình độ», «học vấn», «tốt nghiệp», «học hết»
_NO_WORKERS: Final = word_set("vien chinh dang chuc la nha")  # «công nhân viên», «công nhận chính thức»
_NO_MEMBERS: Final = word_set("uu cong moi gioi")  # «đoàn viên ưu tú», «đoàn viên công đoàn»
_BOARDS: Final = word_set("truong phong ban ty vu mat")


class Entry(NamedTuple):
    """Words with their marks, what they tell, and whether they tell it at a place of a line."""

    words: tuple[str, ...]
    marked: tuple[str, ...]
    value: Facts
    fits: Callable[[Line, int, int], bool]


def _anywhere(_line: Line, _first: int, _after: int) -> bool:
    return True


def _no_noun(line: Line, first: int, after: int) -> bool:
    """«đoàn viên» as what somebody is; not as what is counted, admitted to, or goes before a name."""
    if line.words[first - 1 : first] == ["nap"] or line.words[after : after + 1] in _one(_NO_MEMBERS):
        return False
    if after >= len(line.tokens):
        return True
    return line.tokens[after].claim != "name" and not (line.is_free_word(after) and line.is_capital(after))


def _schooling_ended(line: Line, first: int, _after: int) -> bool:
    before = line.words[first - 1 : first]
    if first and line.tokens[first - 1].claim == FACT:
        return True
    return before not in _one(_SCHOOLS) and line.words[first - 2 : first] != ["giang", "vien"]


def _named_as_schooling(line: Line, first: int, _after: int) -> bool:
    """«trình độ THPT», but not «giáo viên THPT»."""
    return first > 0 and line.words[first - 1] in _AFTER_SCHOOLING


def _no_recognition(line: Line, first: int, after: int) -> bool:
    """«cong nhan» without marks may be «công nhận»."""
    following, before = line.words[after : after + 1], line.words[first - 1 : first]
    return following not in _one(_NO_WORKERS) and before not in (["duoc"], ["dinh"])


def _apart(line: Line, first: int, after: int) -> bool:
    """Between marks or other facts, so that it can be nothing but a fact: «nữ, Kinh, 1999»."""
    before = line.tokens[first - 1] if first else None
    if before is None or not (before.kind is Kind.MARK or before.claim == FACT):
        return False
    return after >= len(line.tokens) or not line.is_free_word(after)


def _no_body(line: Line, first: int, after: int) -> bool:
    """«dân tộc» of somebody; not of a board or a school («trường dân tộc nội trú»)."""
    before, following = line.words[first - 1 : first], line.words[after : after + 1]
    return before not in _one(_BOARDS) and following not in (["noi"], ["gi"], ["nao"], ["thieu"])


def _marked_only(line: Line, first: int, after: int) -> bool:
    """«cô Đào» without marks reads like «có đạo»."""
    return not line.between(first, after - 1).isascii()


def _one(words: frozenset[str]) -> list[list[str]]:
    return [[word] for word in words]


_YES_NO: Final = (
    (Facts(youth=True), _no_noun, "đoàn viên, đoàn viên thanh niên, đoàn viên tncs, là đoàn viên"),
    (Facts(minority=True), _anywhere, "dân tộc thiểu số, dtts, người dân tộc, người dân tộc thiểu số"),
    (Facts(minority=True), _no_body, "dân tộc"),
    (
        Facts(religious=True),
        _anywhere,
        "theo đạo, theo đạo thiên chúa, theo thiên chúa giáo, theo đạo tin lành, công giáo, thiên chúa giáo, tin lành, đạo công giáo, đạo thiên chúa",
    ),
    (
        Facts(religious=True),
        _anywhere,
        "theo công giáo, phật giáo, đạo phật, theo tôn giáo, theo đạo công giáo",
    ),
    (Facts(religious=True), _no_body, "tôn giáo"),
    (Facts(religious=True), _marked_only, "có đạo, có tôn giáo"),
    (
        Facts(religious=False),
        _anywhere,
        "không đạo, không theo đạo, không có đạo, không tôn giáo, không theo tôn giáo",
    ),
    (Facts(religious=False), _anywhere, "không có tôn giáo"),
    (Facts(rural=True), _anywhere, "nông thôn, vùng nông thôn, khu vực nông thôn"),
    (Facts(rural=False), _anywhere, "thành thị, khu vực thành thị"),
    (Facts(private_sector=True), _no_recognition, "công nhân"),
    (
        Facts(private_sector=True),
        _anywhere,
        "doanh nghiệp tư nhân, doanh nghiệp ngoài nhà nước, chủ doanh nghiệp",
    ),
    (
        Facts(private_sector=True),
        _anywhere,
        "công ty tư nhân, khu vực tư nhân, ngoài nhà nước, ngoài quốc doanh",
    ),
    (Facts(private_sector=True), _anywhere, "khu vực ngoài nhà nước, tư nhân, doanh nghiệp ngoài quốc doanh"),
    (
        Facts(village_head=True),
        _anywhere,
        "phó thôn, phó bản, phó xóm, phó khu, phó trưởng thôn, phó trưởng bản",
    ),
    (
        Facts(schooling=Schooling.POSTGRADUATE),
        _schooling_ended,
        "thạc sĩ, thạc sỹ, tiến sĩ, tiến sỹ, sau đại học",
    ),
    (Facts(schooling=Schooling.UNIVERSITY), _schooling_ended, "đại học, cử nhân, kỹ sư"),
    (Facts(schooling=Schooling.COLLEGE), _schooling_ended, "cao đẳng"),
    (Facts(schooling=Schooling.VOCATIONAL), _schooling_ended, "trung cấp"),
    (
        Facts(schooling=Schooling.UPPER_SECONDARY),
        _named_as_schooling,
        "thpt, cấp 3, cấp ba, trung học phổ thông, phổ thông",
    ),
    (
        Facts(schooling=Schooling.LOWER_SECONDARY),
        _named_as_schooling,
        "thcs, cấp 2, cấp hai, trung học cơ sở",
    ),
    (Facts(schooling=Schooling.PRIMARY), _named_as_schooling, "tiểu học, cấp 1, cấp một"),
)
_PEOPLES: Final = (
    "Nùng, Tày, Hoa, Sán Dìu, Sán Chay, Sán Chỉ, Sán Chí, Cao Lan, Dao, Mường, Thái, Mông, Hmông"
)
_CLEAR_PEOPLES: Final = "Nùng, Tày, Sán Dìu, Sán Chay, Sán Chỉ, Sán Chí, Cao Lan, Mường"


def _entries() -> dict[str, tuple[Entry, ...]]:
    """What can be told by its first folded word, the longest first."""
    found: dict[str, list[Entry]] = {}
    for value, fits, phrases in (*_YES_NO, *_of_peoples()):
        for phrase in phrases.split(", "):
            words = tuple(fold(phrase).split())
            marked = tuple(spelled(word) for word in phrase.lower().split())
            found.setdefault(words[0], []).append(Entry(words, marked, value, fits))
    return {first: tuple(sorted(each, key=lambda e: -len(e.words))) for first, each in found.items()}


def _of_peoples() -> Iterator[tuple[Facts, Callable[[Line, int, int], bool], str]]:
    for value, peoples, clear in ((True, _PEOPLES, _CLEAR_PEOPLES), (False, "Kinh", "Kinh")):
        for before in ("dân tộc", "người", "dân tộc :", "dt", "người dân tộc"):
            yield (
                Facts(minority=value),
                _anywhere,
                ", ".join(f"{before} {one}" for one in peoples.split(", ")),
            )
        yield Facts(minority=value), _apart, clear


BY_FIRST: Final = _entries()
SCHOOLING: Final = frozenset(
    {("trinh", "do"), ("van", "hoa"), ("hoc", "van"), ("pho", "thong"), ("hoc", "luc")}
)
