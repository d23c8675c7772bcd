"""Whether somebody promises a report, for a day or for some time later."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from messages.understand.admitting import vows
from messages.understand.doubting import for_others
from messages.understand.heard import Intent
from messages.understand.phrases import Hit
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.spelling import word_set

_FARTHEST_PROMISE: Final = timedelta(days=60)


def promise(scene: Scene) -> Intent | None:
    """«mai tôi báo cáo», «để thứ 5», «xin khất đến 25/3»: a day ahead, and a report or a delay."""
    if for_others(scene.line):
        return None
    if vows(scene):
        return Intent.PROMISE if any(said.reading.value for said in scene.ahead) else None
    if not scene.ahead:
        return Intent.PROMISE if _promises_some_day(scene) or _promises_later(scene) else None
    if not scene.has(Sign.PUT_OFF, Sign.REPORT, Sign.ADMIT):
        return None
    if scene.named or scene.counts or _is_done(scene) or _is_silent(scene) or scene.asks():
        return None
    if not scene.has(Sign.PUT_OFF, Sign.REPORT) and not _reports_admissions(scene):
        return None
    said = scene.ahead[0]
    soon = [day for day in (said.reading.value, *said.reading.choices) if day]
    near = soon and all(scene.today <= day <= scene.today + _FARTHEST_PROMISE for day in soon)
    return Intent.PROMISE if near and not (soon[0] == scene.today and scene.has(*VERB)) else None


def _is_silent(scene: Scene) -> bool:
    """Who has not reported; but «chưa chốt được, để mai» is a delay of the own report."""
    if not scene.has(Sign.SILENT):
        return False
    return scene.district or not (scene.has(Sign.PUT_OFF) or _reports_afterwards(scene))


def _reports_afterwards(scene: Scene) -> bool:
    """«em chưa báo được, mai em báo»: the report comes after the day that is named."""
    day = scene.ahead[0].first
    silent = scene.first(Sign.SILENT)
    reports = any(Sign.REPORT in hit.signs and hit.first > day for hit in scene.hits)
    return silent is not None and silent.first < day and reports


def _is_done(scene: Scene) -> bool:
    """Whether something is over; «25/3 mới báo cáo được», «họp xong em báo» are still to come."""
    return any(
        Sign.DONE in hit.signs and not _comes_first(scene, hit) and not _is_not_yet(scene, hit)
        for hit in scene.hits
    )


def _is_not_yet(scene: Scene, hit: Hit) -> bool:
    """«chưa tổng hợp xong»."""
    return scene.line.words[hit.first] == "xong" and scene.in_clause(hit.first, (Sign.NOT_YET,), before=True)


def _comes_first(scene: Scene, hit: Hit) -> bool:
    """Whether «xong», «mới» or «rồi» only leads to the report: «họp xong em báo», «rồi mai tôi gửi»."""
    words, tokens = scene.line.words, scene.line.tokens
    if words[hit.first] not in _LEADING or (hit.first and tokens[hit.first - 1].claim == "date"):
        return words[hit.first] == "moi" and _reports_after(scene, hit.after)
    return any(Sign.REPORT in other.signs and other.first >= hit.after for other in scene.hits)


_LEADING: Final = word_set("xong moi roi")


def _reports_after(scene: Scene, at: int) -> bool:
    return any(hit.first == at and Sign.REPORT in hit.signs for hit in scene.hits)


def _promises_some_day(scene: Scene) -> bool:
    """«hẹn ngày báo cáo», «xin khất»: a delay without a day, and nothing else."""
    words = scene.line.words
    hit = scene.first(Sign.PUT_OFF)
    if hit is None or words[hit.first : hit.first + 1] == ["de"] or not scene.covered():
        return False
    light = (Sign.PUT_OFF, Sign.POLITE, Sign.REPORT, Sign.ADD, Sign.PLANNED)
    about = all(not other.signs.isdisjoint(light) for other in scene.hits)
    return about and not scene.dates and not scene.quarter and not scene.asks()


def _promises_later(scene: Scene) -> bool:
    """«mấy hôm nữa em báo», «họp xong tôi gửi», «xin lùi vài hôm»."""
    reports = scene.has(Sign.PUT_OFF, Sign.REPORT) or _reports_admissions(scene)
    if not scene.later or scene.district or not reports:
        return False
    if scene.named or scene.counts or scene.dates or scene.has(*_OF_OTHERS) or scene.codes:
        return False
    if scene.has(*VERB) and not _reports_admissions(scene):
        return False
    return not _is_done(scene) and not scene.asks() and scene.words_unknown() < _MANY


_OF_OTHERS: Final = (*STEPS, Sign.CANDIDATE, Sign.SILENT, Sign.NOBODY, Sign.NOTHING, Sign.REMIND)
_MANY: Final = 4  # words that nobody here knows: it is about something else


def _reports_admissions(scene: Scene) -> bool:
    hit = scene.first(Sign.ADMIT)
    return hit is not None and scene.line.words[hit.first] == "bao"
