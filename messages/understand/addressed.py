"""Who is spoken to, or speaks, and is told nothing of: «báo cáo đ/c Thanh, …», «em là Tuyên phó bí thư, …»."""

from __future__ import annotations

from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.names import NameSpan
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.spelling import word_set

_TO: Final = (["bao", "cao"], ["kinh", "gui"], ["kinh", "thua"], ["kinh", "bao"], ["gui"], ["thua"], ["chao"])
_SPEAKERS: Final = word_set("em e toi minh chau")
_DEEDS: Final = (*VERB, *STEPS, Sign.CANDIDATE, Sign.ADD, Sign.MOVED, Sign.WITHDREW, Sign.STRUCK)


def without_addressed(scene: Scene) -> list[NameSpan]:
    """The names of a scene but those in its first clause who are only spoken to, or speak."""
    end = _first_clause(scene) if scene.spans and _begins_so(scene) else 0
    spans = [span for span in scene.spans if span.first >= end]
    if spans and not scene.line.bag.isdisjoint(_SPEAKERS):
        spans = _without_speaker(scene, spans)
    if not spans or scene.line.bag.isdisjoint(_KIN):
        return spans
    ends = {span.after for span in spans}
    return [span for span in spans if not _is_kin(scene.line, span.first, ends)]


def _without_speaker(scene: Scene, spans: list[NameSpan]) -> list[NameSpan]:
    """Without who says «tôi là Nam», «em Hà bí thư chi bộ» before what is reported."""
    deed = scene.first(*VERB)
    if deed is None:
        return spans
    return [span for span in spans if span.first > deed.first or not _speaks(scene.line, span)]


def _speaks(line: Line, span: NameSpan) -> bool:
    at, words = span.first - 1, line.words
    while at > 0 and words[at] in _CALLED:
        at -= 1
    begins = at <= line.opening or line.tokens[at - 1].kind is Kind.MARK
    if at < 0 or words[at] not in _SPEAKERS or not begins:
        return False
    after = span.after + (words[span.after : span.after + 1] in ([","], ["-"], ["("]))
    led = words[at] in _SELVES or "la" in words[at : span.first]
    return (
        led or words[after : after + 2] == ["bi", "thu"] or words[after : after + 3] == ["pho", "bi", "thu"]
    )


_CALLED: Final = word_set("ten la , :")
_SELVES: Final = word_set("toi")


def _is_kin(line: Line, first: int, ends: set[int]) -> bool:
    """Whether somebody is only named to tell whose child or wife the one before is: «Duyên con ông Cảnh», «Lan vợ anh Sơn»."""
    at = first
    while at and first - at < _FARTHEST_TITLE and line.words[at - 1] in _TITLES:
        at -= 1
    if not at or (at == first and line.words[at - 1] not in _MARRIED):
        return False
    if at in ends and line.words[at] == "nha":
        return True  # «con Lan nhà ông Bảy»
    kin = at - 1
    if line.words[kin] not in _KIN or line.is_capital(kin):
        return False
    if at < first and line.marked and line.words[kin - 1 : kin + 1] in _CHILDREN:
        return True  # «con gái bác Tư», who is not named
    while kin and line.words[kin - 1] in _BEFORE_KIN:
        kin -= 1
    return kin in ends


_KIN: Final = word_set("con vo chong dau re chau gai trai nha")
_TITLES: Final = word_set("ong ba anh chi co chu bac dong cua nha")
_CHILDREN: Final = (
    ["con", "gai"],
    ["con", "trai"],
    ["con", "dau"],
    ["con", "re"],
    ["em", "gai"],
    ["em", "trai"],
)
_MARRIED: Final = word_set("vo chong")  # «Hoa vợ Nam»
_FARTHEST_TITLE: Final = 4
_BEFORE_KIN: Final = word_set(", ( - la con em")


def _first_clause(scene: Scene) -> int:
    """Where the first clause ends at a comma or stop, if nothing is told in it but later; else 0."""
    words = scene.line.words
    end = next((at for at, word in enumerate(words) if word in (",", ".", ";")), 0)
    told = any(hit.first < end and not hit.signs.isdisjoint(_DEEDS) for hit in scene.hits)
    after = any(hit.first > end and not hit.signs.isdisjoint(_DEEDS) for hit in scene.hits)
    figures = any(token.kind in (Kind.NUMBER, Kind.DIGITS) for token in scene.line.tokens[:end])
    return end if after and not told and not figures else 0


def _begins_so(scene: Scene) -> bool:
    """Whether a message begins with «báo cáo», «thưa» before a name, or «em là»."""
    line, at = scene.line, scene.line.opening
    if line.bag.isdisjoint(_OPENINGS):
        return False
    if line.words[at : at + 1] and line.words[at] in _SPEAKERS and line.words[at + 1 : at + 2] == ["la"]:
        return any(span.first == at + 2 for span in scene.spans)
    begins = {0, at, at + (line.words[at] in _POLITE)}
    return any(line.words[first : first + len(to)] == to for first in begins for to in _TO)


_OPENINGS: Final = frozenset(to[0] for to in _TO) | {"la"}
_POLITE: Final = word_set("em e toi xin da")
