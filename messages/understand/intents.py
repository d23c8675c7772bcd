"""What is wanted: rules tried in order, the surest first; where none holds it is unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from domain.candidate import Step, WayOut
from messages.understand.heard import Intent
from messages.understand.lexicon import Sign
from messages.understand.phrases import Hit
from messages.understand.scene import Scene

STEPS: Final = {
    Sign.MENTORED: Step.MENTORED,
    Sign.TRAINED: Step.TRAINED,
    Sign.APPLIED: Step.APPLIED,
    Sign.VETTED: Step.VETTED,
    Sign.RECOMMENDED: Step.RECOMMENDED,
    Sign.CELL_RESOLVED: Step.CELL_RESOLVED,
    Sign.COMMITTEE_RESOLVED: Step.COMMITTEE_RESOLVED,
    Sign.DECIDED: Step.DECIDED,
    Sign.CONFIRMED: Step.CONFIRMED,
}
WAYS_OUT: Final = {
    Sign.WITHDREW: WayOut.WITHDREW,
    Sign.INELIGIBLE: WayOut.INELIGIBLE,
    Sign.DUPLICATE: WayOut.DUPLICATE,
    Sign.MOVED: WayOut.MOVED,
}
_VERB: Final = (Sign.ADMIT, Sign.CEREMONY)
_UNSURE: Final = (Sign.NOT, Sign.NOT_YET, Sign.PLANNED)
_WHOLE: Final = (
    (Intent.UNDO, (Sign.UNDO,)),
    (Intent.NIL, (Sign.NOTHING, Sign.NOBODY)),
    (Intent.CORRECT, (Sign.CORRECT,)),
    (Intent.MENU, (Sign.MENU,)),
    (Intent.HELP, (Sign.HELP,)),
    (Intent.YES, (Sign.YES,)),
    (Intent.NO, (Sign.NO,)),
    (Intent.CANCEL, (Sign.CANCEL,)),
    (Intent.GREETING, (Sign.GREETING,)),
    (Intent.THANKS, (Sign.THANKS, Sign.YES, Sign.GREETING)),
)
_FARTHEST_PROMISE: Final = timedelta(days=60)


def _whole(scene: Scene) -> Intent | None:
    """Messages of one meaning and nothing else: «hủy», «đúng rồi ạ», «cảm ơn»."""
    if not scene.hits or scene.named or scene.dates or not scene.covered():
        return None
    return next((intent for intent, signs in _WHOLE if scene.is_all(*signs)), None)


def _undo(scene: Scene) -> Intent | None:
    return Intent.UNDO if scene.has(Sign.UNDO) else None


def _correct(scene: Scene) -> Intent | None:
    hit = scene.first(Sign.CORRECT)
    if hit is None or scene.before_in_clause(hit, (Sign.NOT,)):
        return None
    return Intent.CORRECT if not scene.has(Sign.DUPLICATE, Sign.INELIGIBLE) else None


def _issue(scene: Scene) -> Intent | None:
    """A matter for the district, told or asked about."""
    hit = scene.first(Sign.ISSUE)
    if hit is None or scene.before_in_clause(hit, (Sign.NOT, Sign.NOTHING, Sign.NOT_YET)):
        return None
    if not scene.district:
        return Intent.ISSUE
    return Intent.ISSUES_LIST


def _heads(scene: Scene) -> Intent | None:
    hit = scene.first(Sign.HEADS)
    if hit is None or (scene.has(*_VERB, Sign.CANDIDATE) and scene.ratio is None) or scene.named:
        return None
    return Intent.HEADS


def _promise(scene: Scene) -> Intent | None:
    """«mai tôi báo cáo», «để thứ 5», «xin khất đến 25/3»: a day ahead, and a report or a delay."""
    if not scene.has(Sign.PUT_OFF, Sign.REPORT) and not _reports_admissions(scene):
        return None
    if scene.has(Sign.DONE, Sign.ASKING, Sign.SILENT) or scene.named or not scene.ahead:
        return None
    said = scene.ahead[0]
    bare = said.bare and not scene.has(Sign.PUT_OFF)
    soon = [day for day in (said.reading.value, *said.reading.choices) if day]
    if bare or not all(scene.today <= day <= scene.today + _FARTHEST_PROMISE for day in soon):
        return None
    same_day = bool(soon) and soon[0] == scene.today
    return Intent.PROMISE if soon and not (same_day and scene.has(*_VERB)) else None


def _reports_admissions(scene: Scene) -> bool:
    hit = scene.first(Sign.ADMIT)
    return hit is not None and scene.line.words[hit.first] == "bao"


def _nil(scene: Scene) -> Intent | None:
    """Nobody was admitted, said in full, or as a figure of nought."""
    if scene.named or any(scene.counts) or (scene.has(Sign.ASKING) and not scene.has(Sign.NOBODY)):
        return None
    if scene.has(Sign.NOBODY):
        return Intent.NIL
    other = (Sign.ISSUE, Sign.HEADS, Sign.CORRECT, Sign.DECISION, Sign.RESOLUTION, *STEPS)
    if scene.has(Sign.NOTHING) and not scene.has(*other) and not scene.has(Sign.CANDIDATE):
        return Intent.NIL
    nought = bool(scene.counts) and (scene.has(*_VERB) or scene.quarter_said)
    return Intent.NIL if nought or _quarter_no(scene) else None


def _quarter_no(scene: Scene) -> bool:
    """«quý này không»: a quarter and a no, nothing else."""
    rest = [hit for hit in scene.core() if Sign.NOT not in hit.signs]
    return scene.quarter_said and scene.has(Sign.NO) and not rest


def _file(scene: Scene) -> Intent | None:
    hit = scene.first(Sign.FILE)
    if hit is None or scene.has(Sign.ASKING, Sign.HOW_MANY) or scene.before_in_clause(hit, _UNSURE):
        return None
    return Intent.FILE_QUARTER


def _close(scene: Scene) -> Intent | None:
    """Somebody is a candidate no more."""
    if scene.has(Sign.ASKING) or not (scene.named or scene.has(Sign.CANDIDATE, Sign.STRUCK, Sign.WITHDREW)):
        return None
    sure = scene.has(Sign.WITHDREW, Sign.INELIGIBLE, Sign.DUPLICATE, Sign.STRUCK)
    moved = scene.has(Sign.MOVED) and not scene.has(Sign.CONFIRMED)
    return Intent.CANDIDATE_CLOSE if sure or (moved and not admits(scene)) else None


def admits(scene: Scene) -> Hit | None:
    """The verb that reports an admission: not negated, planned, asked about, or part of another thing's name."""
    if scene.has(Sign.LEAGUE, Sign.ASKING, Sign.HOW_MANY) or "?" in scene.line.words:
        return None
    return next((hit for hit in scene.hits if _is_verb(scene, hit)), None)


def _is_verb(scene: Scene, hit: Hit) -> bool:
    if hit.signs.isdisjoint(_VERB) or scene.before_in_clause(hit, _UNSURE):
        return False
    if any(other.after == hit.first and _names_something(other) for other in scene.hits):
        return False
    end = scene.clause_end(hit.first)
    later = [other for other in scene.hits if hit.first < other.first < end]
    return not any(Sign.NOT_YET in other.signs or _is_future(scene, other) for other in later)


def _names_something(hit: Hit) -> bool:
    """«quyết định kết nạp», «nghị quyết kết nạp», «chi bộ đề nghị kết nạp» are no admissions."""
    return not hit.signs.isdisjoint((Sign.RESOLUTION, Sign.DECISION, Sign.PROGRESS, Sign.FILE, *STEPS))


def _is_future(scene: Scene, hit: Hit) -> bool:
    return Sign.PLANNED in hit.signs and scene.line.words[hit.first] in _FUTURE_WORDS


_FUTURE_WORDS: Final = frozenset({"sap", "se", "du", "tuan", "thang", "quy", "nam", "toi", "hoan"})


def _step(scene: Scene) -> Intent | None:
    """A step of a candidate that is done."""
    steps = [hit for hit in scene.hits if not hit.signs.isdisjoint(STEPS)]
    steps = [hit for hit in steps if not scene.before_in_clause(hit, _UNSURE)]
    if not steps or admits(scene) or scene.has(Sign.ASKING, Sign.HOW_MANY) or "?" in scene.line.words:
        return None
    last = steps[-1]
    end = scene.clause_end(last.first)
    if any(
        hit.first >= last.after and hit.first < end and not hit.signs.isdisjoint((Sign.NOT_YET, Sign.NOT))
        for hit in scene.hits
    ):
        return None
    done = scene.has(Sign.DONE) or bool(scene.dates) or scene.named > 0
    return Intent.CANDIDATE_STEP if done or _says_have(scene, last) else None


def _says_have(scene: Scene, hit: Hit) -> bool:
    return "co" in scene.line.words[max(0, hit.first - 2) : hit.first + 2]


def _admission(scene: Scene) -> Intent | None:
    hit = admits(scene)
    if hit is None or scene.has(Sign.HELP) or (scene.has(Sign.CANDIDATE, Sign.LIST) and not scene.dates):
        return None
    if scene.dates and all(_lies_ahead(scene, said.reading.value) for said in scene.dates):
        return None
    return Intent.ADMISSION


def _lies_ahead(scene: Scene, day: object) -> bool:
    """A relative day still to come («mai»): a plan. A whole date that lies ahead is for the rules to refuse."""
    return day == scene.today + timedelta(days=1) or day == scene.today + timedelta(days=2)


def _candidate(scene: Scene) -> Intent | None:
    if not scene.has(Sign.CANDIDATE) or scene.has(Sign.ASKING, Sign.HOW_MANY):
        return (
            Intent.CANDIDATE_LIST
            if scene.has(Sign.CANDIDATE) and scene.has(Sign.LIST, Sign.HOW_MANY)
            else None
        )
    if scene.has(Sign.NOT, Sign.NOT_YET, Sign.NOTHING):
        return None
    listed = scene.has(Sign.LIST) and not scene.has(Sign.ADD)
    return (
        Intent.CANDIDATE_LIST if listed or not (scene.has(Sign.ADD) or scene.named) else Intent.CANDIDATE_ADD
    )


def _listed(scene: Scene) -> Intent | None:
    """«đưa Hoa vào danh sách», «thêm nguồn Hoa»."""
    return Intent.CANDIDATE_ADD if scene.has(Sign.ADD) and scene.has(Sign.LIST) and scene.named else None


def _progress(scene: Scene) -> Intent | None:
    if scene.district:
        return None
    asked = scene.has(Sign.PROGRESS, Sign.ROLLUP, Sign.HOW_MANY)
    return Intent.PROGRESS if asked and not scene.named else None


def _district(scene: Scene) -> Intent | None:
    """What only the office asks: who is silent, reminders, files, invitations."""
    if scene.has(Sign.REMIND):
        return Intent.REMIND
    if scene.has(Sign.SILENT) and not (scene.unit_said and scene.district):
        return Intent.SILENT if not scene.has(*_VERB) else None
    if scene.has(Sign.EXPORT):
        return Intent.EXPORT
    return Intent.INVITE if scene.has(Sign.INVITE) else None


def _rollup(scene: Scene) -> Intent | None:
    if not scene.district:
        return None
    if scene.unit_said:
        return Intent.UNIT_STATUS
    asked = scene.has(Sign.ROLLUP, Sign.WHOLE, Sign.PROGRESS, Sign.HOW_MANY)
    return Intent.ROLLUP if asked and (scene.covered() or scene.has(Sign.ROLLUP, Sign.WHOLE)) else None


def _help(scene: Scene) -> Intent | None:
    asked = scene.has(Sign.ASKING) and scene.has(Sign.REPORT, *_VERB, Sign.FILE)
    return Intent.HELP if scene.has(Sign.HELP) or (asked and not scene.named) else None


def _manners(scene: Scene) -> Intent | None:
    core = scene.core()
    if scene.has(Sign.THANKS) and len(core) <= 2:
        return Intent.THANKS
    if core and Sign.GREETING in core[0].signs and core[0].first <= 1:
        return Intent.GREETING
    return None


_Rule = Callable[[Scene], Intent | None]
_RULES: Final[tuple[_Rule, ...]] = (
    _whole,
    _undo,
    _correct,
    _issue,
    _heads,
    _promise,
    _nil,
    _file,
    _close,
    _step,
    _listed,
    _admission,
    _district,
    _candidate,
    _rollup,
    _progress,
    _help,
    _manners,
)


def intent_of(scene: Scene) -> Intent:
    """The first intent whose rule holds."""
    for rule in _RULES:
        intent = rule(scene)
        if intent is not None:
            return intent
    return Intent.UNKNOWN
