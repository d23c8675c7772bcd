"""What is wanted: rules tried in order, the surest first; where none holds it is unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from messages.understand.admitting import admission, bare_report
from messages.understand.calls import call_note, phone, row_and_words
from messages.understand.candidacy import candidate, closing, put_on_list, step_done, who_is_left
from messages.understand.closing_words import close_or_reopen
from messages.understand.correcting import DENIALS, correct
from messages.understand.doubting import is_hearsay, is_no_report
from messages.understand.heard import Intent
from messages.understand.lessons import lesson
from messages.understand.matters import (
    add_cell,
    call_me,
    channels,
    consent,
    corrected_by_code,
    facts_of_somebody,
    hand_over,
    issue_answer,
    more_facts,
    step_back,
    undo_by_code,
)
from messages.understand.office import acts_on_units, line_of_rollup, office_intent
from messages.understand.phrases import Hit
from messages.understand.promising import promise
from messages.understand.quarterly import file_quarter, nil, progress
from messages.understand.scene import VERB, Scene
from messages.understand.signs import Sign
from messages.understand.strength import strength
from messages.understand.undoing import undo

_WHOLE: Final = (
    (Intent.UNDO, frozenset({Sign.UNDO})),
    (Intent.NIL, frozenset({Sign.NOTHING, Sign.NOBODY})),
    (Intent.CORRECT, frozenset({Sign.CORRECT})),
    (Intent.MENU, frozenset({Sign.MENU})),
    (Intent.MORE, frozenset({Sign.OTHER})),
    (Intent.HELP, frozenset({Sign.HELP})),
    (Intent.YES, frozenset({Sign.YES})),
    (Intent.NO, frozenset({Sign.NO})),
    (Intent.CANCEL, frozenset({Sign.CANCEL})),
    (Intent.GREETING, frozenset({Sign.GREETING})),
    (Intent.THANKS, frozenset({Sign.THANKS, Sign.YES, Sign.GREETING})),
)


def _whole(scene: Scene) -> Intent | None:
    """Messages of one meaning and nothing else: «hủy», «đúng rồi ạ», «cảm ơn»."""
    if not scene.hits or scene.named or scene.dates or scene.quarter or scene.codes or not scene.covered():
        return None
    core = [hit for hit in scene.core() if hit.first >= scene.line.opening] or scene.core()
    found = next((intent for intent, signs in _WHOLE if all(hit.signs & signs for hit in core)), None)
    if found is None and _gives_up(scene, core):
        return Intent.CANCEL
    if found is Intent.NIL:
        return None  # its own rule says when it is no nought
    about_a_unit = scene.unit is not None or "unit" in scene.unclear
    return None if found in (Intent.YES, Intent.NO) and about_a_unit else found


def _gives_up(scene: Scene, core: list[Hit]) -> bool:
    """«thôi được rồi, bỏ qua»."""
    begins = scene.line.words[scene.line.opening] == "thoi" and scene.has(Sign.CANCEL)
    return (
        begins and all(not hit.signs.isdisjoint(_GIVEN_UP) for hit in core) and Sign.CANCEL in core[-1].signs
    )


_GIVEN_UP: Final = frozenset({Sign.CANCEL, Sign.YES, Sign.NO})


def _asks_to_file(scene: Scene, after: int) -> bool:
    """«đề nghị huyện chốt giúp quý 1»."""
    files = scene.first(Sign.FILE)
    return scene.quarter is not None and files is not None and after <= files.first <= after + 2


def _issue(scene: Scene) -> Intent | None:
    """A matter for the district, told by a secretary or asked about by the office."""
    hit = scene.first(Sign.ISSUE)
    if hit is None and _is_hindered(scene):
        return Intent.ISSUE
    if hit is None or _has_none(scene, hit) or _is_the_reason(scene, hit):
        return None
    if scene.line.words[hit.first] == "de" and (
        scene.has(*VERB, Sign.VOTED) or _asks_to_file(scene, hit.after)
    ):
        return None
    asked = scene.district or (scene.asks() and scene.has(Sign.ANSWER))
    return Intent.ISSUES_LIST if asked else Intent.ISSUE


def _is_hindered(scene: Scene) -> bool:
    """«mưa lũ nên không họp chi bộ được»: what keeps a unit from its work."""
    if scene.district or scene.asks() or "nen" not in scene.line.bag:
        return False
    words = scene.line.words
    return any(
        word == "nen"
        and words[at + 1 : at + 2] in (["khong"], ["chua"])
        and not _WORK.isdisjoint(words[at + 2 : at + 5])
        and "duoc" in words[at + 3 :]
        for at, word in enumerate(words)
    )


_WORK: Final = frozenset({"hop", "hoc", "chuc", "mo", "tham"})


def _is_the_reason(scene: Scene, matter: Hit) -> bool:
    """«Hạnh vướng lý lịch ông nội, không đủ điều kiện»: why somebody cannot be admitted."""
    out = scene.first(Sign.INELIGIBLE)
    about = out is not None and scene.line.words[out.first : out.first + 2] == ["khong", "du"]
    return about and scene.named == 1 and scene.spans[0].after == matter.first


def _has_none(scene: Scene, matter: Hit) -> bool:
    """«không có vướng mắc», but not «chưa kết nạp được vì vướng lý lịch»."""
    because = scene.line.words[matter.first - 1 : matter.first] in (["vi"], ["do"])
    return not because and scene.in_clause(matter.first, DENIALS, before=True)


def _heads(scene: Scene) -> Intent | None:
    if not scene.has(Sign.HEADS) or scene.named:
        return None
    told = scene.ratio or scene.odd_ratio or scene.has(Sign.PARTY_MEMBER, Sign.PROGRESS) or scene.covered()
    if not told and not scene.line.figures:
        return None  # «hôm nay thôn tôi bầu trưởng thôn»
    return Intent.HEADS if scene.ratio or not scene.has(*VERB, Sign.CANDIDATE) else None


def _help(scene: Scene) -> Intent | None:
    if is_hearsay(scene) and not scene.has(Sign.HELP):
        return None  # «nghe bảo bên đó kết nạp 3 người rồi hả»
    asked = scene.has(Sign.ASKING) and scene.has(Sign.REPORT, *VERB, Sign.FILE)
    return Intent.HELP if scene.has(Sign.HELP) or (asked and not scene.named) else None


def _manners(scene: Scene) -> Intent | None:
    core = scene.core()
    if scene.has(Sign.THANKS) and len(core) <= 2:
        return Intent.THANKS
    greets = core and Sign.GREETING in core[0].signs and core[0].first <= 1
    return Intent.GREETING if greets else None


_Rule = Callable[[Scene], Intent | None]
_RULES: Final[tuple[_Rule, ...]] = (
    _whole,
    undo_by_code,
    lesson,
    undo,
    line_of_rollup,
    close_or_reopen,
    acts_on_units,
    phone,
    call_note,
    consent,
    issue_answer,
    call_me,
    channels,
    add_cell,
    step_back,
    more_facts,
    strength,
    correct,
    corrected_by_code,
    hand_over,
    _issue,
    _heads,
    who_is_left,
    promise,
    nil,
    file_quarter,
    closing,
    step_done,
    put_on_list,
    row_and_words,
    admission,
    office_intent,
    candidate,
    progress,
    _help,
    _manners,
    facts_of_somebody,
    bare_report,
)


def intent_of(scene: Scene) -> Intent:
    """The first intent whose rule holds; what was heard of others, or is doubted, is no report."""
    intent = _first_that_holds(scene)
    return Intent.UNKNOWN if is_no_report(scene, intent) else intent


def _first_that_holds(scene: Scene) -> Intent:
    for rule in _RULES:
        intent = rule(scene)
        if intent is not None:
            return intent
    return Intent.UNKNOWN
