"""What is wanted of a quarter: a nought, its filing, and how far it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from messages.understand.admitting import vows
from messages.understand.heard import Intent
from messages.understand.phrases import Hit
from messages.understand.scene import UNSURE, VERB, Scene, figure_at_end
from messages.understand.signs import STEPS, Sign


def nil(scene: Scene) -> Intent | None:
    """Nobody was admitted: said in full, by «không có», or as a figure of nought."""
    if scene.named or any(scene.counts) or (scene.district and "nao" in scene.line.bag):
        return None
    if scene.has(Sign.NOBODY) or (scene.blank and not scene.asks()):
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


def file_quarter(scene: Scene) -> Intent | None:
    """«chốt quý I», «gửi báo cáo quý I»."""
    hit = scene.first(Sign.FILE) or (scene.first(Sign.REPORT) if _hands_in(scene) else None)
    if hit is None or scene.asks() or scene.has(Sign.SILENT) or _is_doubted(scene, hit):
        return None
    return None if scene.unit and scene.district else Intent.FILE_QUARTER


def _is_doubted(scene: Scene, hit: Hit) -> bool:
    """«chưa chốt», «sắp chốt»; but «đề nghị chốt», «muốn chốt» ask for it."""
    start, _ = scene.clause(hit.first)
    doubts = [
        one for one in scene.hits if start <= one.first < hit.first and not one.signs.isdisjoint(UNSURE)
    ]
    return any(one.signs.isdisjoint((Sign.PLANNED,)) or not _asks_for(scene, one) for one in doubts)


def _asks_for(scene: Scene, hit: Hit) -> bool:
    return tuple(scene.line.words[hit.first : hit.first + 2])[: hit.after - hit.first] in _REQUESTS


_REQUESTS: Final = frozenset({("de", "nghi"), ("dang", "ky"), ("muon",), ("de", "xuat")})


def _hands_in(scene: Scene) -> bool:
    """«gửi báo cáo quý I»: the report of a quarter and nothing else."""
    words = scene.line.words
    handed = "cao" in scene.line.bag and any(
        words[at] in ("gui", "nop") and ["bao", "cao"] in (words[at + 1 : at + 3], words[at + 3 : at + 5])
        for at in range(len(words))
    )
    return handed and scene.quarter is not None and not scene.dates and not scene.counts and not scene.named


def progress(scene: Scene) -> Intent | None:
    """How far the own unit is, who was admitted, and until when it is to report."""
    if scene.named or scene.district or vows(scene):
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
