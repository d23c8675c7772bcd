"""Who answers for a step: who helps, vets or recommends, told apart from the candidate by the words between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from messages.understand.line import Kind
from messages.understand.names import NameSpan, name_typed
from messages.understand.phrases import Hit
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import word_set

_DEEDS: Final = (Sign.MENTORED, Sign.VETTED, Sign.RECOMMENDS)
_BY: Final = word_set("do duoc boi nho")
_BECOMES: Final = frozenset({":", "la"})
_LABELS: Final = (["nguoi"], ["vien"], ["bo"], ["chi"])  # «người thẩm tra», «đảng viên giúp đỡ»
_STOPS: Final = frozenset({".", ";", "!", "?", "\n"})
_BREAKS: Final = _STOPS | {","}


def settle_responsible(scene: Scene) -> None:
    """Take who answers for a step out of the people of a scene."""
    deeds = [hit for hit in scene.hits if not hit.signs.isdisjoint(_DEEDS)] if scene.spans else []
    ways = (read(scene, deed) for read in (_helping, _labelled, _assigned, _acting) for deed in deeds)
    found = next((spans for spans in ways if spans), None)
    if found:
        scene.responsible = ", ".join(name_typed(scene.line, span) for span in found)
        scene.spans = [span for span in scene.spans if span not in found]


def _helping(scene: Scene, deed: Hit) -> list[NameSpan]:
    """«thêm quần chúng Bình giúp đỡ đ/c Hưng», «thêm quần chúng Bình, đ/c Hưng giúp đỡ»: who is put on the list is helped."""
    spans = sorted(scene.spans, key=lambda span: span.first)
    if len(spans) < 2 or Sign.MENTORED not in deed.signs or not _is_put_down(scene, spans[0]):
        return []
    after = [span for span in spans[1:] if span.first >= deed.after]
    if spans[0].after <= deed.first and after and _leads_to(scene, deed.after, after[0].first):
        return after
    return [span for span in spans[1:] if span.after == deed.first]


def _is_put_down(scene: Scene, span: NameSpan) -> bool:
    """Whether «quần chúng», «thêm» or «đưa» stands right before a name, past its title."""
    before = [hit for hit in scene.hits if span.first - _NEAR <= hit.first < span.first]
    put = (Sign.CANDIDATE, Sign.ADD)
    near = any(not hit.signs.isdisjoint(put) and Sign.MENTORED not in hit.signs for hit in before)
    return near or (scene.has(Sign.LIST) and scene.line.words[span.first - 1 : span.first] == ["dua"])


def _leads_to(scene: Scene, first: int, name: int) -> bool:
    """Whether nothing but titles and «là» stands between."""
    return all(word in _LEADING for word in scene.line.words[first:name])


_NEAR: Final = 5
_LEADING: Final = word_set("dong chi anh em ong ba co chu bac thay la : do boi cua dang vien")


def _labelled(scene: Scene, deed: Hit) -> list[NameSpan]:
    """«người thẩm tra: Tuấn», «người giúp đỡ Hoa là Minh»."""
    words = scene.line.words
    label = words[deed.first] in ("nguoi", "dang") or words[deed.first - 1 : deed.first] in _LABELS
    label = label and words[max(0, deed.first - 2) : deed.first] != ["chi", "bo"]
    after = [span for span in scene.spans if span.first >= deed.after]
    if not label or not after or words[deed.first - 2 : deed.first] == ["dong", "chi"]:
        return []
    turn = next((i for i in range(deed.after, after[-1].first) if words[i] in _BECOMES), None)
    if turn is not None:
        return [min((span for span in after if span.first > turn), key=lambda span: span.first)]
    if words[deed.after - 1] == "trach":  # «người phụ trách: …»
        return after[:1]
    candidates_before = any(span.after <= deed.first for span in scene.spans)
    return after[:1] if candidates_before else []


def _assigned(scene: Scene, deed: Hit) -> list[NameSpan]:
    """«phân công Minh giúp đỡ Hoa», «cử đồng chí Lan theo dõi giúp đỡ»."""
    assign = next((hit for hit in scene.hits if Sign.ASSIGN in hit.signs and hit.after <= deed.first), None)
    if assign is None:
        return _named_after_deed(scene, deed)
    return [span for span in scene.spans if assign.after <= span.first < deed.first]


def _named_after_deed(scene: Scene, deed: Hit) -> list[NameSpan]:
    """«phân công giúp đỡ Hoa: đồng chí Minh»."""
    words = scene.line.words
    after = sorted((s for s in scene.spans if s.first >= deed.after), key=lambda span: span.first)
    if len(after) < 2 or Sign.MENTORED not in deed.signs:
        return []
    between = words[after[0].after : after[1].first]
    return after[1:] if not _BECOMES.isdisjoint(between) else []


def _acting(scene: Scene, deed: Hit) -> list[NameSpan]:
    """«do đ/c Tuấn thẩm tra», «đồng chí Lan (Đoàn xã) giới thiệu Hoa»."""
    before = _nearest_before(scene, deed)
    if before is None:
        return []
    if _is_by(scene, before):
        return [before]
    return [*_joined_to(scene, before), before] if _has_object(scene, deed) else []


def _joined_to(scene: Scene, last: NameSpan) -> list[NameSpan]:
    """«Tuấn và Minh giúp đỡ Hoa»: who acts together with the last named."""
    words, at = scene.line.words, last.first - 1
    while at > 0 and words[at] in _LEADING:
        at -= 1
    joined = at > 0 and words[at] in ("va", ",", "+", "&") and scene.has(Sign.MENTORED)
    return [span for span in scene.spans if joined and span.after == at]


def _nearest_before(scene: Scene, deed: Hit) -> NameSpan | None:
    """Who is named right before a deed, with no break between but a bracket."""
    before = [span for span in scene.spans if span.after <= deed.first]
    if not before:
        return None
    last = max(before, key=lambda span: span.first)
    between = scene.line.words[last.after : deed.first]
    return None if _is_broken(between) else last


def _is_broken(between: Sequence[str]) -> bool:
    depth = 0
    for word in between:
        depth += (word == "(") - (word == ")")
        if depth <= 0 and word in _BREAKS:
            return True
    return False


def _is_by(scene: Scene, span: NameSpan) -> bool:
    """Whether «do» or «được» stands before a name, past its title."""
    line, at = scene.line, span.first - 1
    titles = {i for hit in scene.hits if Sign.HONORIFIC in hit.signs for i in range(hit.first, hit.after)}
    while at >= 0 and (at in titles or line.tokens[at].claim == "title"):
        at -= 1
    return at >= 0 and line.words[at] in _BY and line.tokens[at].kind is Kind.WORD


def _has_object(scene: Scene, deed: Hit) -> bool:
    """Whether somebody is named after a deed before the sentence breaks."""
    after = [span for span in scene.spans if span.first >= deed.after]
    if not after:
        return False
    first = min(after, key=lambda span: span.first)
    return not _is_broken(scene.line.words[deed.after : first.first])
