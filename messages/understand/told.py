"""What is told of somebody for the counts: youth union, people, religion, schooling, work; yes, no, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from domain.facts import Facts, Schooling
from messages.fold import fold
from messages.understand.facts import FACT
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import may_be, spelled, word_set

_NO: Final = frozenset({"khong", "chua"})
_BETWEEN_NO: Final = word_set("phai la co theo thuoc")
_SCHOOLS: Final = word_set("truong vien hoc thi tuyen lop he")  # «trường đại học», «sinh viên cao đẳng»
_AFTER_SCHOOLING: Final = word_set(
    "do van nghiep het bang :"
)  # «trình độ», «học vấn», «tốt nghiệp», «học hết»
_NO_WORKERS: Final = word_set("vien chinh dang chuc la nha")  # «công nhân viên», «công nhận chính thức»
_NO_MEMBERS: Final = word_set("uu cong moi gioi")  # «đoàn viên ưu tú», «đoàn viên công đoàn»
_BOARDS: Final = word_set("truong phong ban ty vu mat")
_SHARED: Final = frozenset({"deu", "ca"})


class Told(NamedTuple):
    """A fact from token `first` up to `after`; `shared` when it is said of all («đều là đoàn viên»)."""

    first: int
    after: int
    facts: Facts
    shared: bool = False


class _Entry(NamedTuple):
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


def _entries() -> dict[str, tuple[_Entry, ...]]:
    """What can be told by its first folded word, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for value, fits, phrases in (*_YES_NO, *_of_peoples()):
        for phrase in phrases.split(", "):
            words = tuple(fold(phrase).split())
            marked = tuple(spelled(word) for word in phrase.lower().split())
            found.setdefault(words[0], []).append(_Entry(words, marked, value, fits))
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


_BY_FIRST: Final = _entries()
_SCHOOLING: Final = frozenset(
    {("trinh", "do"), ("van", "hoa"), ("hoc", "van"), ("pho", "thong"), ("hoc", "luc")}
)


_TELLING: Final = frozenset(_BY_FIRST) | {second for _, second in _SCHOOLING} | {"lop"}


def claim_told(line: Line) -> list[Told]:
    """The facts of a line, claimed with their «không»; none for what is counted («2 đoàn viên»)."""
    found: list[Told] = []
    if line.bag.isdisjoint(_TELLING) and "12/12" not in line.bag:
        return found
    index = 0
    while index < len(line.words):
        told = _told_at(line, index) if line.words[index] in _BY_FIRST else None
        if told is None and line.tokens[index].kind in (Kind.DIGITS, Kind.NUMBER):
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
    return start - 2 if pair in _SCHOOLING or pair == ("tot", "nghiep") else told.first


def _told_at(line: Line, index: int) -> Told | None:
    for words, marked, value, fits in _BY_FIRST[line.words[index]]:
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
    return tuple(before[-2:]) in _SCHOOLING and line.tokens[index].kind is Kind.DIGITS


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


def all_told(told: list[Told], people: int) -> Facts:
    """The facts of one person; of several only what is said of all."""
    facts = Facts()
    for one in told:
        if people < 2 or one.shared:
            facts = facts.with_told(one.facts)
    return facts
