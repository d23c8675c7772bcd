"""What is told but reports nothing: hearsay, doubt, a condition, a time to come, the own family admitted elsewhere."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from domain.period import Quarter
from messages.understand.heard import Intent
from messages.understand.line import CLOSING, Kind, Line
from messages.understand.no_days import LATER
from messages.understand.quarters import quarter_admitted_in
from messages.understand.scene import VERB, Scene
from messages.understand.signs import Sign
from messages.understand.spelling import may_be, word_set

_REPORTED: Final = frozenset(
    {
        Intent.ADMISSION,
        Intent.NIL,
        Intent.CANDIDATE_ADD,
        Intent.CANDIDATE_STEP,
        Intent.CANDIDATE_CLOSE,
        Intent.HEADS,
    }
)
_DOUBTED: Final = _REPORTED | {Intent.FACTS}


def is_no_report(scene: Scene, intent: Intent) -> bool:
    """Whether a message that sounds like a report is none."""
    if intent in _DOUBTED and _is_doubted(scene.line):
        return True
    if intent not in _REPORTED:
        return False
    if for_others(scene.line) and not scene.has(*VERB):
        return True
    return _is_later(scene) or is_hearsay(scene) or _is_condition(scene) or _is_of_family(scene, intent)


def for_others(line: Line) -> bool:
    """«các đ/c chú ý: … gửi trước thứ 4», «đề nghị các chi bộ báo cáo trước 25/3»: what others are to do, passed on."""
    words = line.words
    if "cac" not in line.bag:
        return False
    asked = any(pair in _TURNS_TO for pair in pairwise(words))
    return asked and any(word == "cac" and words[at + 1 : at + 3] in _OTHERS for at, word in enumerate(words))


_TURNS_TO: Final = frozenset({("chu", "y"), ("luu", "y"), ("de", "nghi"), ("yeu", "cau"), ("khan", "truong")})
_OTHERS: Final = (["dong", "chi"], ["chi", "bo"], ["don", "vi"], ["thon", "ban"], ["ho", "dan"])


def is_hearsay(scene: Scene) -> bool:
    """«nghe nói …», «xã bên kết nạp 3 người»; but not «chuyển sang xã khác»."""
    hit, verb = scene.first(Sign.HEARSAY), scene.first(*VERB, Sign.NOBODY, Sign.NOTHING)
    if hit is None:
        return False
    told = scene.line.words[hit.first] in ("nghe", "thay", "doc", "xem", "tren", "nguoi")
    return told or (verb is not None and hit.first < verb.first)


def _is_later(scene: Scene) -> bool:
    """«mấy hôm nữa kết nạp Hoa»: it has not taken place."""
    return scene.later and any(token.claim == LATER for token in scene.line.tokens)


def _is_condition(scene: Scene) -> bool:
    """«làm xong lý lịch mới kết nạp Mơ được», «sang quý 2 mới kết nạp được»."""
    words = scene.line.words
    if "moi" not in scene.line.bag:
        return False
    at = next((at for at in range(1, len(words) - 2) if words[at : at + 3] == ["moi", "ket", "nap"]), 0)
    start, end = scene.clause(at)
    if not at:
        return False
    able, waits = "duoc" in words[at + 3 : end], _waits_for_quarter(scene, at)
    return (able and (waits or not _FIRST.isdisjoint(words[start:at]))) or (waits and _is_led_to(scene))


_FIRST: Final = frozenset({"xong", "phai", "khi", "du"})


def _is_led_to(scene: Scene) -> bool:
    """«sang quý 2», «phải đến quý 3»."""
    said = scene.quarter
    return said is not None and scene.line.words[said.first - 1 : said.first] in _LEADS


_LEADS: Final = (["sang"], ["den"], ["toi"], ["qua"])


def _waits_for_quarter(scene: Scene, verb: int) -> bool:
    """Whether a quarter that is still to come is named before the verb; «quý 4» is last year's while it is just over."""
    said = scene.quarter
    if said is None or said.first > verb:
        return False
    quarter = quarter_admitted_in(said, scene.today).value
    return quarter is None or quarter > Quarter.of(scene.today)


def _is_doubted(line: Line) -> bool:
    """«hình như …», «… thì phải», «tôi cũng chưa rõ», «không biết có phải …»."""
    if line.bag.isdisjoint(_OF_DOUBT):
        return False
    for at, pair in enumerate(pairwise(line.words)):
        if pair in _DOUBTS and _typed_so(line, at, _DOUBTS[pair]):
            return pair != ("thi", "phai") or _closes(line, at + 2)
        if pair in _UNSURE and _is_own_doubt(line, at, at + 2):
            return True
    return False


_OF_DOUBT: Final = word_set("hinh phai ro chac le")
_DOUBTS: Final = {
    ("hinh", "nhu"): "hình như",
    ("thi", "phai"): "thì phải",
    ("biet", "co"): "biết có",
    ("khong", "chac"): "không chắc",
    ("chua", "chac"): "chưa chắc",
    ("co", "le"): "có lẽ",
}
_UNSURE: Final = frozenset({("chua", "ro"), ("khong", "ro"), ("chang", "ro")})
_SPEAKERS: Final = word_set("toi em minh anh chi")


def _typed_so(line: Line, at: int, meant: str) -> bool:
    """Whether two words can be those that are meant; «biết có» is a doubt only in «không biết có phải»."""
    first, second = meant.split()
    if first == "biết" and (line.words[at - 1 : at] not in _NOT or line.words[at + 2 : at + 3] != ["phai"]):
        return False
    return may_be(line.typed(at).lower(), first) and may_be(line.typed(at + 1).lower(), second)


_NOT: Final = (["khong"], ["chang"], ["chua"])


def _closes(line: Line, at: int) -> bool:
    """Whether a clause ends at a token, past words of manners: «… thì phải ạ», but not «thì phải làm gì»."""
    while at < len(line.tokens) and line.words[at] in CLOSING:
        at += 1
    return at >= len(line.tokens) or line.tokens[at].kind is Kind.MARK


def _is_own_doubt(line: Line, at: int, after: int) -> bool:
    """«, tôi cũng chưa rõ [lắm]»: it is about all that was said; «ngày thì em chưa rõ» is about the day."""
    start = at - (line.words[at - 1 : at] == ["cung"])
    begins = start - 1
    if begins < 1 or line.words[begins] not in _SPEAKERS or line.tokens[begins - 1].kind is not Kind.MARK:
        return False
    return _closes(line, after + (line.words[after : after + 1] == ["lam"]))


def _is_of_family(scene: Scene, intent: Intent) -> bool:
    """«con gái tôi vừa kết nạp ở trường đại học»: admitted by another body, and nobody of the own unit."""
    line, verb = scene.line, scene.first(*VERB)
    if intent is not Intent.ADMISSION or verb is None or line.bag.isdisjoint(_KIN):
        return False
    if not any(_is_own_kin(line, at) for at in range(verb.first)):
        return False
    start, end = scene.clause(verb.first)
    return any(_is_elsewhere(line, at) for at in range(max(1, start), end))


_KIN: Final = word_set("con vo chong em chau anh chi bo me")
_KIN_WORDS: Final = _KIN | word_set("gai trai dau re ruot ho nha")
_OWNERS: Final = word_set("toi em minh")


def _is_own_kin(line: Line, at: int) -> bool:
    """«con gái tôi», «cháu nhà em», «vợ tôi»; «chi bộ tôi» is no family."""
    words, after = line.words, at + 1
    if words[at] not in _KIN or words[at - 1 : at] == ["chi"]:
        return False
    while after < len(words) and words[after] in _KIN_WORDS - {"em"} and after - at < _MOST_OF_KIN:
        after += 1
    related = after > at + 1 or words[at] in ("con", "vo", "chong", "chau")
    if after > at + 1 and words[after : after + 1] and words[after] in _ELDERS:
        return line.tokens[after + 1 : after + 2] != [] and line.tokens[after + 1].claim == "name"
    return related and words[after : after + 1] != [] and words[after] in _OWNERS


_ELDERS: Final = word_set("bac ong ba co chu")  # «con gái bác Tư»
_MOST_OF_KIN: Final = 3


def _is_elsewhere(line: Line, at: int) -> bool:
    """«trường đại học», «trong quân đội», «ở Hà Nội»: a body that is none of the district's."""
    if line.words[at - 1] not in _WITHIN:
        return False
    return tuple(line.words[at : at + 2]) in _BODIES or line.tokens[at].claim == "place"


_WITHIN: Final = word_set("o tai trong ben ngoai truong vi duoi tren")
_BODIES: Final = frozenset(
    {
        *(("dai", "hoc"), ("cao", "dang"), ("hoc", "vien"), ("si", "quan"), ("quan", "doi"), ("bo", "doi")),
        *(("quan", "ngu"), ("quan", "su"), ("benh", "vien"), ("cong", "ty"), ("nha", "may"), ("cong", "an")),
        *(("nuoc", "ngoai"), ("thanh", "pho"), ("co", "quan")),
    }
)
