"""What is wanted: rules tried in order, the surest first; where none holds it is unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Final

from messages.understand.admitting import admission, bare_report
from messages.understand.candidacy import candidate, closing, put_on_list, step_done
from messages.understand.heard import Intent
from messages.understand.matters import (
    add_cell,
    call_me,
    consent,
    corrected_by_code,
    facts_of_somebody,
    hand_over,
    issue_answer,
    more_facts,
    step_back,
    undo_by_code,
)
from messages.understand.office import office_intent
from messages.understand.scene import UNSURE, VERB, Scene, figure_at_end
from messages.understand.signs import STEPS, Sign

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
_FARTHEST_PROMISE: Final = timedelta(days=60)


def _whole(scene: Scene) -> Intent | None:
    """Messages of one meaning and nothing else: «hủy», «đúng rồi ạ», «cảm ơn»."""
    if not scene.hits or scene.named or scene.dates or scene.quarter or scene.codes or not scene.covered():
        return None
    core = [hit for hit in scene.core() if hit.first >= scene.line.opening] or scene.core()
    found = next((intent for intent, signs in _WHOLE if all(hit.signs & signs for hit in core)), None)
    if found is Intent.NIL:
        return None  # its own rule says when it is no nought
    about_a_unit = scene.unit is not None or "unit" in scene.unclear
    return None if found in (Intent.YES, Intent.NO) and about_a_unit else found


def _undo(scene: Scene) -> Intent | None:
    return Intent.UNDO if scene.has(Sign.UNDO) or _takes_back_the_last(scene) else None


def _takes_back_the_last(scene: Scene) -> bool:
    """«rút lại cái vừa gửi», «xóa giúp tin vừa nhắn»."""
    words = scene.line.words
    at = words.index("vua") if "vua" in scene.line.bag else 0
    return words[at + 1 : at + 2] in _JUST and not _TAKES_BACK.isdisjoint(words[max(0, at - 4) : at])


_JUST: Final = (["gui"], ["bao"], ["roi"], ["nhan"], ["nhap"], ["ghi"])
_TAKES_BACK: Final = frozenset({"rut", "xoa", "huy", "bo"})


def _correct(scene: Scene) -> Intent | None:
    if scene.has(Sign.DUPLICATE, Sign.INELIGIBLE):
        return None
    if scene.has(Sign.RATHER) and any(token.claim == "denied" for token in scene.line.tokens):
        return Intent.CORRECT
    hit = scene.first(Sign.CORRECT)
    if hit is None or scene.in_clause(hit.first, (Sign.NOT, *STEPS), before=True):
        return None
    return Intent.CORRECT


def _issue(scene: Scene) -> Intent | None:
    """A matter for the district, told by a secretary or asked about by the office."""
    hit = scene.first(Sign.ISSUE)
    if hit is None or scene.in_clause(hit.first, (Sign.NOT, Sign.NOTHING, Sign.NOT_YET), before=True):
        return None
    if scene.line.words[hit.first] == "de" and scene.has(*VERB, Sign.VOTED):
        return None
    asked = scene.district or (scene.asks() and scene.has(Sign.ANSWER))
    return Intent.ISSUES_LIST if asked else Intent.ISSUE


def _heads(scene: Scene) -> Intent | None:
    if not scene.has(Sign.HEADS) or scene.named:
        return None
    return Intent.HEADS if scene.ratio or not scene.has(*VERB, Sign.CANDIDATE) else None


def _promise(scene: Scene) -> Intent | None:
    """«mai tôi báo cáo», «để thứ 5», «xin khất đến 25/3»: a day ahead, and a report or a delay."""
    if not scene.ahead:
        return Intent.PROMISE if _promises_some_day(scene) else None
    if not scene.has(Sign.PUT_OFF, Sign.REPORT, Sign.ADMIT):
        return None
    if scene.named or scene.counts or scene.has(Sign.DONE, Sign.SILENT) or scene.asks():
        return None
    if not scene.has(Sign.PUT_OFF, Sign.REPORT) and not _reports_admissions(scene):
        return None
    said = scene.ahead[0]
    soon = [day for day in (said.reading.value, *said.reading.choices) if day]
    near = soon and all(scene.today <= day <= scene.today + _FARTHEST_PROMISE for day in soon)
    return Intent.PROMISE if near and not (soon[0] == scene.today and scene.has(*VERB)) else None


def _promises_some_day(scene: Scene) -> bool:
    """«hẹn ngày báo cáo», «xin khất»: a delay without a day, and nothing else."""
    hit = scene.first(Sign.PUT_OFF)
    if hit is None or scene.line.words[hit.first : hit.first + 1] == ["de"] or not scene.covered():
        return False
    light = (Sign.PUT_OFF, Sign.POLITE, Sign.REPORT, Sign.ADD, Sign.PLANNED)
    about = all(not other.signs.isdisjoint(light) for other in scene.hits)
    return about and not scene.dates and not scene.quarter and not scene.asks()


def _reports_admissions(scene: Scene) -> bool:
    hit = scene.first(Sign.ADMIT)
    return hit is not None and scene.line.words[hit.first] == "bao"


def _nil(scene: Scene) -> Intent | None:
    """Nobody was admitted: said in full, by «không có», or as a figure of nought."""
    if scene.named or any(scene.counts):
        return None
    if scene.has(Sign.NOBODY):
        return _nought(scene)
    other = (Sign.ISSUE, Sign.HEADS, Sign.CORRECT, Sign.DECISION, Sign.RESOLUTION, Sign.CANDIDATE, *STEPS)
    if scene.asks() or scene.has(*other):
        return None
    nought = bool(scene.counts) or figure_at_end(scene) == 0
    return _nought(scene) if scene.has(Sign.NOTHING) or nought or _quarter_no(scene) else None


def _nought(scene: Scene) -> Intent:
    """«chưa kết nạp được ai» may be said of a quarter that is over, or only of the days so far."""
    if _is_not_yet(scene):
        scene.unclear.append("intent")
    return Intent.NIL


def _is_not_yet(scene: Scene) -> bool:
    return "chua" in scene.line.bag and ("chua", "ket") in pairwise(scene.line.words)


def _quarter_no(scene: Scene) -> bool:
    """«quý này không»: a quarter and a no, nothing else."""
    if not scene.quarter or scene.dates or not scene.has(Sign.NO):
        return False
    return all(hit.signs & _NO_WORDS for hit in scene.core())


_NO_WORDS: Final = frozenset({Sign.NOT, Sign.NO, Sign.REPORT, Sign.POLITE, Sign.PROGRESS, *VERB})


def _file(scene: Scene) -> Intent | None:
    hit = scene.first(Sign.FILE) or (scene.first(Sign.REPORT) if _hands_in(scene) else None)
    if (
        hit is None
        or scene.asks()
        or scene.has(Sign.SILENT)
        or scene.in_clause(hit.first, UNSURE, before=True)
    ):
        return None
    return None if scene.unit and scene.district else Intent.FILE_QUARTER


def _hands_in(scene: Scene) -> bool:
    """«gửi báo cáo quý I»: the report of a quarter and nothing else."""
    words = scene.line.words
    handed = "cao" in scene.line.bag and any(
        words[at : at + 3] in (["gui", "bao", "cao"], ["nop", "bao", "cao"]) for at in range(len(words))
    )
    return handed and scene.quarter is not None and not scene.dates and not scene.counts and not scene.named


def _progress(scene: Scene) -> Intent | None:
    if scene.named or scene.district:
        return None
    if (scene.has(Sign.DUE) or _asks_when_due(scene)) and not scene.has(*STEPS, *VERB, Sign.CANDIDATE):
        return Intent.PROGRESS
    if (
        scene.quarter
        and not scene.dates
        and scene.covered()
        and all(hit.signs & _OF_STATE for hit in scene.hits)
    ):
        return Intent.PROGRESS
    if (
        "ai" in scene.line.bag
        and scene.has(*VERB, Sign.DONE)
        and scene.asks()
        and not scene.has(*_HOW, Sign.SILENT)
    ):
        return Intent.PROGRESS
    anybody = scene.has(*VERB) and scene.has(Sign.NOT_YET) and scene.asks()
    how_many = anybody or (
        scene.has(Sign.HOW_MANY) and (scene.quarter or scene.has(*VERB, Sign.PARTY_MEMBER, Sign.DONE))
    )
    return Intent.PROGRESS if how_many or scene.has(Sign.PROGRESS, Sign.ROLLUP) else None


def _asks_when_due(scene: Scene) -> bool:
    """«khi nào phải nộp báo cáo»."""
    return scene.has(Sign.REPORT) and "phai" in scene.line.bag and scene.asks() and not scene.has(Sign.HELP)


_HOW: Final = (Sign.HELP, Sign.PLANNED, Sign.CANDIDATE, *STEPS)
_OF_STATE: Final = frozenset({Sign.POLITE, Sign.STATUS, Sign.PROGRESS, Sign.ASKING})
"""«quý 2», «quý 2 thì sao»."""


def _help(scene: Scene) -> Intent | None:
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
    _undo,
    consent,
    issue_answer,
    call_me,
    add_cell,
    step_back,
    more_facts,
    _correct,
    corrected_by_code,
    hand_over,
    _issue,
    _heads,
    _promise,
    _nil,
    _file,
    closing,
    step_done,
    put_on_list,
    admission,
    office_intent,
    candidate,
    _progress,
    _help,
    _manners,
    facts_of_somebody,
    bare_report,
)


def intent_of(scene: Scene) -> Intent:
    """The first intent whose rule holds."""
    return next((intent for rule in _RULES if (intent := rule(scene)) is not None), Intent.UNKNOWN)
