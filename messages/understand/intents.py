"""What is wanted: rules tried in order, the surest first; where none holds it is unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from domain.candidate import Step, WayOut
from domain.period import Quarter
from messages.understand.dates import DateSaid
from messages.understand.heard import Intent
from messages.understand.lexicon import Sign
from messages.understand.office import office_intent
from messages.understand.phrases import Hit
from messages.understand.scene import Scene, figure_at_end

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
"""The sign of each step, in the order of the steps."""
WAYS_OUT: Final = {
    Sign.WITHDREW: WayOut.WITHDREW,
    Sign.INELIGIBLE: WayOut.INELIGIBLE,
    Sign.DUPLICATE: WayOut.DUPLICATE,
    Sign.MOVED: WayOut.MOVED,
}
"""The sign of each way out, the weightier first."""
_VERB: Final = (Sign.ADMIT, Sign.CEREMONY)
_UNSURE: Final = (Sign.NOT, Sign.NOT_YET, Sign.PLANNED)
_WHOLE: Final = (
    (Intent.UNDO, frozenset({Sign.UNDO})),
    (Intent.NIL, frozenset({Sign.NOTHING, Sign.NOBODY})),
    (Intent.CORRECT, frozenset({Sign.CORRECT})),
    (Intent.MENU, frozenset({Sign.MENU})),
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
    if not scene.hits or scene.named or scene.dates or scene.quarter or not scene.covered():
        return None
    core = scene.core()
    return next((intent for intent, signs in _WHOLE if all(hit.signs & signs for hit in core)), None)


def _undo(scene: Scene) -> Intent | None:
    return Intent.UNDO if scene.has(Sign.UNDO) else None


def _correct(scene: Scene) -> Intent | None:
    if scene.has(Sign.DUPLICATE, Sign.INELIGIBLE):
        return None
    if any(token.claim == "denied" for token in scene.line.tokens) and scene.has(Sign.RATHER):
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
    if scene.line.words[hit.first] == "de" and scene.has(*_VERB, Sign.VOTED):
        return None
    return Intent.ISSUES_LIST if scene.district else Intent.ISSUE


def _heads(scene: Scene) -> Intent | None:
    if not scene.has(Sign.HEADS) or scene.named:
        return None
    return Intent.HEADS if scene.ratio or not scene.has(*_VERB, Sign.CANDIDATE) else None


def _promise(scene: Scene) -> Intent | None:
    """«mai tôi báo cáo», «để thứ 5», «xin khất đến 25/3»: a day ahead, and a report or a delay."""
    if not scene.ahead or not scene.has(Sign.PUT_OFF, Sign.REPORT, Sign.ADMIT):
        return None
    if scene.named or scene.counts or scene.has(Sign.DONE, Sign.SILENT) or scene.asks():
        return None
    if not scene.has(Sign.PUT_OFF, Sign.REPORT) and not _reports_admissions(scene):
        return None
    said = scene.ahead[0]
    soon = [day for day in (said.reading.value, *said.reading.choices) if day]
    near = soon and all(scene.today <= day <= scene.today + _FARTHEST_PROMISE for day in soon)
    return Intent.PROMISE if near and not (soon[0] == scene.today and scene.has(*_VERB)) else None


def _reports_admissions(scene: Scene) -> bool:
    hit = scene.first(Sign.ADMIT)
    return hit is not None and scene.line.words[hit.first] == "bao"


def _nil(scene: Scene) -> Intent | None:
    """Nobody was admitted: said in full, by «không có», or as a figure of nought."""
    if scene.named or any(scene.counts):
        return None
    if scene.has(Sign.NOBODY):
        return Intent.NIL
    other = (Sign.ISSUE, Sign.HEADS, Sign.CORRECT, Sign.DECISION, Sign.RESOLUTION, Sign.CANDIDATE, *STEPS)
    if scene.asks() or scene.has(*other):
        return None
    nought = bool(scene.counts) or figure_at_end(scene) == 0
    return Intent.NIL if scene.has(Sign.NOTHING) or nought or _quarter_no(scene) else None


def _quarter_no(scene: Scene) -> bool:
    """«quý này không»: a quarter and a no, nothing else."""
    if not scene.quarter or scene.dates or not scene.has(Sign.NO):
        return False
    return all(hit.signs & _NO_WORDS for hit in scene.core())


_NO_WORDS: Final = frozenset({Sign.NOT, Sign.NO, Sign.REPORT, Sign.POLITE, Sign.PROGRESS, *_VERB})


def _file(scene: Scene) -> Intent | None:
    hit = scene.first(Sign.FILE) or (scene.first(Sign.REPORT) if _hands_in(scene) else None)
    if (
        hit is None
        or scene.asks()
        or scene.has(Sign.SILENT)
        or scene.in_clause(hit.first, _UNSURE, before=True)
    ):
        return None
    return None if scene.unit and scene.district else Intent.FILE_QUARTER


def _hands_in(scene: Scene) -> bool:
    """«gửi báo cáo quý I»: the report of a quarter and nothing else."""
    words = scene.line.words
    handed = any(
        words[at : at + 3] in (["gui", "bao", "cao"], ["nop", "bao", "cao"]) for at in range(len(words))
    )
    return handed and scene.quarter is not None and not scene.dates and not scene.counts and not scene.named


def _close(scene: Scene) -> Intent | None:
    """Somebody is a candidate no more."""
    if not scene.named and not scene.has(Sign.CANDIDATE, Sign.STRUCK, Sign.WITHDREW):
        return None
    sure = scene.has(Sign.WITHDREW, Sign.INELIGIBLE, Sign.DUPLICATE, Sign.STRUCK)
    moved = scene.has(Sign.MOVED) and not scene.has(Sign.CONFIRMED, *_VERB)
    return Intent.CANDIDATE_CLOSE if (sure or moved) and not scene.asks() else None


def admits(scene: Scene) -> Hit | None:
    """The verb that reports an admission: not negated, planned, asked about, or part of another thing's name."""
    if not scene.has(*_VERB) or scene.has(Sign.LEAGUE) or scene.asks() or _counts_the_league(scene):
        return None
    return next((hit for hit in scene.hits if _is_verb(scene, hit)), None)


def _counts_the_league(scene: Scene) -> bool:
    """«kết nạp 10 đoàn viên» is about the youth union."""
    tokens = scene.line.tokens
    return any(
        hit.first
        and tokens[hit.first - 1].claim == "count"
        and scene.line.words[hit.first] in ("doan", "thanh")
        for hit in scene.hits
    )


def _is_verb(scene: Scene, hit: Hit) -> bool:
    if hit.signs.isdisjoint(_VERB) or scene.in_clause(hit.first, _UNSURE, before=True):
        return False
    if scene.in_clause(hit.first, _VOTES, before=True):
        return False
    if any(other.after == hit.first and other.signs & _THINGS for other in scene.hits):
        return False
    _, end = scene.clause(hit.first)
    later = [other for other in scene.hits if hit.first < other.first < end]
    return not any(Sign.NOT_YET in other.signs or _is_future(scene, other) for other in later)


_VOTES: Final = (Sign.VOTED, Sign.RECOMMENDS, Sign.DECIDED)
_THINGS: Final = frozenset({Sign.RESOLUTION, Sign.DECISION, Sign.PROGRESS, Sign.FILE, *STEPS})
"""«quyết định kết nạp», «nghị quyết kết nạp», «chi bộ đề nghị kết nạp» are no admissions."""


def _is_future(scene: Scene, hit: Hit) -> bool:
    return Sign.PLANNED in hit.signs and scene.line.words[hit.first] in _FUTURE_WORDS


_FUTURE_WORDS: Final = frozenset({"sap", "se", "du", "tuan", "thang", "quy", "nam", "toi", "hoan"})


def _step(scene: Scene) -> Intent | None:
    """A step of a candidate that is done."""
    steps = [hit for hit in scene.hits if not hit.signs.isdisjoint(STEPS)]
    steps = [hit for hit in steps if not scene.in_clause(hit.first, _UNSURE, before=True)]
    if not steps or admits(scene) or scene.asks() or scene.has(Sign.CORRECT):
        return None
    last = steps[-1]
    _, end = scene.clause(last.first)
    if any(last.after <= hit.first < end and hit.signs & _UNDONE for hit in scene.hits):
        return None
    have = "co" in scene.line.words[max(0, last.first - 2) : last.first + 2]
    return Intent.CANDIDATE_STEP if have or scene.has(Sign.DONE) or scene.dates or scene.named else None


_UNDONE: Final = frozenset({Sign.NOT, Sign.NOT_YET})


def _listed(scene: Scene) -> Intent | None:
    """«đưa Hoa vào danh sách», «thêm nguồn Hoa»."""
    return Intent.CANDIDATE_ADD if scene.has(Sign.ADD) and scene.has(Sign.LIST) and scene.named else None


def _admission(scene: Scene) -> Intent | None:
    if not admits(scene) or scene.has(Sign.HELP):
        return _figure(scene)
    if scene.has(Sign.CANDIDATE, Sign.LIST) and not scene.dates and scene.has(Sign.ADD, Sign.LIST):
        return None
    return None if any(_lies_ahead(scene, said) for said in scene.dates) else Intent.ADMISSION


def _figure(scene: Scene) -> Intent | None:
    """«quý 1: 2 đồng chí»: a quarter and how many, nothing else."""
    bare = scene.quarter and any(scene.counts) and all(hit.signs & _FIGURE_WORDS for hit in scene.hits)
    loose = any(token.word.isalpha() and not token.claim for token in scene.line.tokens)
    return Intent.ADMISSION if bare and not loose and not scene.named else None


_FIGURE_WORDS: Final = frozenset(
    {Sign.POLITE, Sign.REPORT, Sign.PARTY_MEMBER, Sign.PEOPLE_NOUN, Sign.HONORIFIC}
)


def _lies_ahead(scene: Scene, said: DateSaid) -> bool:
    """«mai», «thứ 4 tuần sau», «tháng sau»: a plan. A date in figures that lies ahead the books will refuse."""
    if said.quarter:
        return said.quarter > Quarter.of(scene.today)
    return said.relative and said.reading.value is not None and said.reading.value > scene.today


def _candidate(scene: Scene) -> Intent | None:
    if not scene.has(Sign.CANDIDATE):
        return None
    listed = scene.has(Sign.LIST) and not (scene.has(Sign.ADD) and scene.named)
    asked = scene.has(Sign.HOW_MANY) or "ai" in scene.line.words
    if listed or (asked and not scene.has(*_VERB, *STEPS)):
        return Intent.CANDIDATE_LIST
    if scene.asks() or scene.has(Sign.NOT, Sign.NOT_YET, Sign.NOTHING, *_VERB):
        return None
    added = scene.has(Sign.ADD) or scene.named
    return Intent.CANDIDATE_ADD if added else Intent.CANDIDATE_LIST if scene.covered() else None


def _progress(scene: Scene) -> Intent | None:
    if scene.named or scene.district:
        return None
    how_many = scene.has(Sign.HOW_MANY) and (scene.quarter or scene.has(*_VERB, Sign.PARTY_MEMBER, Sign.DONE))
    return Intent.PROGRESS if how_many or scene.has(Sign.PROGRESS, Sign.ROLLUP) else None


def _help(scene: Scene) -> Intent | None:
    asked = scene.has(Sign.ASKING) and scene.has(Sign.REPORT, *_VERB, Sign.FILE)
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
    office_intent,
    _candidate,
    _progress,
    _help,
    _manners,
)


def intent_of(scene: Scene) -> Intent:
    """The first intent whose rule holds."""
    return next((intent for rule in _RULES if (intent := rule(scene)) is not None), Intent.UNKNOWN)
