"""What is told of candidates: a step that is done, a way out, a new one, the list."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from domain.period import Quarter
from messages.understand.admitting import admits, is_future
from messages.understand.date_said import DateSaid, is_just_ahead
from messages.understand.heard import Intent
from messages.understand.line import CLOSING
from messages.understand.phrases import Hit
from messages.understand.scene import UNSURE, VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.spelling import may_be


def closing(scene: Scene) -> Intent | None:
    """Somebody is a candidate no more."""
    named = scene.named or scene.coded("QC-")
    if not named and not scene.has(Sign.CANDIDATE, Sign.STRUCK, Sign.WITHDREW):
        return None
    ways = (Sign.WITHDREW, Sign.DUPLICATE, Sign.STRUCK)
    if _strikes_a_member(scene):
        return None
    sure = scene.has(*ways) or (scene.has(Sign.INELIGIBLE) and not _of_a_member(scene))
    moved = (
        named
        and scene.has(Sign.MOVED)
        and not scene.has(Sign.CONFIRMED, *VERB)
        and not (_is_back(scene) or _is_speaker(scene))
    )
    return Intent.CANDIDATE_CLOSE if (sure or moved) and not scene.asks() else None


def _is_speaker(scene: Scene) -> bool:
    """«tôi chuyển công tác rồi, từ nay đồng chí Hường làm bí thư»: who goes is who writes."""
    away, words = scene.first(Sign.MOVED), scene.line.words
    at = away.first - 1 if away else -1
    while at > 0 and words[at] in _LEADING_ON:
        at -= 1
    begins = at == scene.line.opening or (at > 0 and words[at - 1] == ",")
    return at >= 0 and words[at] in _SELVES and begins and not any(span.after <= at for span in scene.spans)


_SELVES: Final = frozenset({"toi", "minh"})
_LEADING_ON: Final = frozenset({"da", "sap", "vua", "moi", "duoc", "nay", "se"})


def _is_back(scene: Scene) -> bool:
    """«đi làm xa giờ về rồi», «đi bộ đội mới về»: who had gone is here again; «về quê ngoại rồi» is gone."""
    words, away = scene.line.words, scene.first(Sign.MOVED)
    if away is None or "ve" not in words[away.after :]:
        return False
    at = words.index("ve", away.after)
    since = words[at - 1] in _SINCE and at > away.after
    return since and (at + 1 >= len(words) or words[at + 1] in _BACK_AGAIN)


_SINCE: Final = frozenset({"da", "gio", "nay", "moi", "vua", "lai", "quay", "tro"})
_BACK_AGAIN: Final = frozenset({"roi", "lai", ",", ".", ";", "nha", "dia", "a", "thon", "xa"})


def _of_a_member(scene: Scene) -> bool:
    """«kỷ luật khiển trách 1 đảng viên»: a measure that only members are given."""
    pairs = set(pairwise(scene.line.words)) if not scene.has(Sign.CANDIDATE) else set()
    return ("ky", "luat") in pairs and (scene.has(Sign.PARTY_MEMBER) or not pairs.isdisjoint(_MEASURES))


def _strikes_a_member(scene: Scene) -> bool:
    """«xóa tên đảng viên Trần Văn Khoái»."""
    struck, words = scene.first(Sign.STRUCK), scene.line.words
    member = struck is not None and words[struck.after : struck.after + 2] == ["dang", "vien"]
    return member and not scene.has(Sign.CANDIDATE)


_MEASURES: Final = frozenset({("khien", "trach"), ("canh", "cao"), ("cach", "chuc"), ("khai", "tru")})


def step_done(scene: Scene) -> Intent | None:
    """A step of a candidate that is done."""
    if _notes_step(scene):
        return Intent.CANDIDATE_STEP
    steps = [hit for hit in scene.hits if not hit.signs.isdisjoint(STEPS)]
    steps = [
        hit for hit in steps if not scene.in_clause(hit.first, UNSURE, before=True) or _handed_in(scene, hit)
    ]
    if not steps or admits(scene) or scene.asks() or scene.has(Sign.CORRECT):
        return None
    if put_on_list(scene):
        return None
    last = steps[-1]
    if _waits(scene, last):
        return None
    _, end = scene.clause(last.first)
    after = [hit for hit in scene.hits if last.after <= hit.first < end]
    if any(hit.signs & _UNDONE or is_future(scene, hit) for hit in after):
        return None
    if (
        not scene.named
        and not scene.codes
        and scene.dates
        and all(_is_ahead(scene, said) for said in scene.dates)
    ):
        return None  # «lớp cảm tình 25/3 khai giảng»
    have = "co" in scene.line.words[max(0, last.first - 2) : last.first + 2]
    told = have or scene.dates or scene.named or scene.coded("QC-") or scene.responsible
    return Intent.CANDIDATE_STEP if told or scene.has(Sign.DONE) else None


def _waits(scene: Scene, step: Hit) -> bool:
    """«đến tháng 9 mới chuyển chính thức»: a time to come, and «mới» before what is to be done then."""
    if scene.line.words[step.first - 1 : step.first] != ["moi"]:
        return False
    now = Quarter.of(scene.today)
    if scene.quarter and scene.quarter.first < step.first and scene.quarter.quarter > now:
        return True
    before = [said for said in scene.dates if said.first < step.first]
    return any(
        _is_ahead(scene, said)
        or (said.quarter is not None and said.quarter > now)
        or (said.yearless and scene.line.words[said.first - 1 : said.first] in _UNTIL)
        for said in before
    )


_UNTIL: Final = (["den"], ["toi"], ["sang"], ["phai"])


def _is_ahead(scene: Scene, said: DateSaid) -> bool:
    day = said.reading.value
    return is_just_ahead(said, scene.today) or (day is not None and day > scene.today)


def _notes_step(scene: Scene) -> bool:
    """«ghi bước cho Hoa»: which step it is will be asked."""
    hit = scene.first(Sign.NOTE_STEP)
    return hit is not None and not scene.asks() and not scene.in_clause(hit.first, UNSURE, before=True)


def _handed_in(scene: Scene, hit: Hit) -> bool:
    """«hồ sơ lý lịch của Hoa đã nộp»: the papers are named before it is said that they are in."""
    if not scene.has(Sign.DONE):
        return False
    if Sign.APPLIED in hit.signs and scene.line.words[hit.first] in ("ho", "ly"):
        return True
    start, _ = scene.clause(hit.first)
    doubts = [h for h in scene.hits if start <= h.first < hit.first and not h.signs.isdisjoint(UNSURE)]
    return all(scene.line.words[h.first : h.after] == _PAPERS for h in doubts)


_PAPERS: Final = ["ho", "so"]
_UNDONE: Final = frozenset({Sign.NOT, Sign.NOT_YET})


def put_on_list(scene: Scene) -> Intent | None:
    """«đưa Hoa vào danh sách», «thêm nguồn Hoa»."""
    if not scene.named or not scene.has(Sign.ADD):
        return None
    adds = any(Sign.ADD in hit.signs and scene.line.words[hit.first] in _ADDS for hit in scene.hits)
    new = scene.has(Sign.CANDIDATE) and adds and not scene.has(Sign.DONE, *UNSURE, *VERB)
    return Intent.CANDIDATE_ADD if new or scene.has(Sign.LIST) else None


_ADDS: Final = frozenset({"them", "bo", "tao", "nhap", "ghi"})


def who_is_left(scene: Scene) -> Intent | None:
    """«còn ai», «còn những ai chưa kết nạp»: the secretary's candidates; from the office who has not reported."""
    line = scene.line
    at = (
        next((i for i, pair in enumerate(pairwise(line.words)) if pair in _LEFT), -1)
        if "ai" in line.bag
        else -1
    )
    if (
        at < 0
        or not may_be(line.typed(at).lower(), "còn")
        or scene.named
        or scene.in_clause(at, _NONE, before=True)
    ):
        return None
    told = (
        scene.district or not _NOT_TOLD.isdisjoint(line.bag) or set(line.words[at + 3 :]) <= CLOSING | {"?"}
    )
    if scene.has(Sign.SILENT) and told and not scene.has(*STEPS):
        return None
    if scene.district:
        return None if scene.unit or scene.has(*VERB) or scene.words_unknown() else Intent.SILENT
    return Intent.CANDIDATE_LIST


_LEFT: Final = frozenset({("con", "ai"), ("con", "nhung")})
_NOT_TOLD: Final = frozenset({"bao", "nop", "gui", "chot"})
_NONE: Final = (Sign.NOT, Sign.NOT_YET, Sign.NOTHING, Sign.NOBODY)
_ASKED: Final = frozenset({Sign.POLITE, Sign.STATUS, Sign.ASKING, Sign.LIST, Sign.PROGRESS})


def candidate(scene: Scene) -> Intent | None:
    """A new candidate, or the question for the list."""
    about = scene.coded("QC-") and all(hit.signs & _ASKED for hit in scene.hits)
    if about and not scene.named and not scene.dates and not scene.words_unknown():
        return Intent.CANDIDATE_LIST
    if not scene.has(Sign.CANDIDATE):
        return None
    listed = scene.has(Sign.LIST) and not (scene.has(Sign.ADD) and scene.named)
    asked = scene.has(Sign.HOW_MANY) or not scene.line.bag.isdisjoint(("ai", "nao"))
    if listed or (asked and not scene.has(*VERB, *STEPS)):
        return Intent.CANDIDATE_LIST
    if scene.asks() or scene.has(Sign.NOT, Sign.NOT_YET, Sign.NOTHING, *VERB):
        return None
    agrees = scene.first(Sign.YES)
    agreed = agrees is not None and any(span.after == agrees.first for span in scene.spans)
    added = scene.has(Sign.ADD) or (scene.named and not agreed)  # not «quần chúng Hoa đồng ý …»
    return Intent.CANDIDATE_ADD if added else Intent.CANDIDATE_LIST if scene.covered() else None
