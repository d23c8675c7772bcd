"""Steps said by who did what: the cell voted, the committee passed, the youth union recommended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from messages.understand.phrases import Hit
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import word_set

_VOTERS: Final = {
    Sign.COMMITTEE: Sign.COMMITTEE_RESOLVED,
    Sign.CELL: Sign.CELL_RESOLVED,
    Sign.BODY: Sign.RECOMMENDED,
}
_WEAK: Final = word_set("hop xet de")  # met, considered, proposed: a vote only when it is about somebody


def with_steps(scene: Scene) -> list[Hit]:
    """The phrases of a scene, and for each vote or recommendation the step that it closes."""
    scene.hits = _without_ranks(scene)
    scene.hits = _with_handed_in(scene)
    scene.hits = _without_papers(scene)
    voted = scene.has(Sign.VOTED, Sign.RECOMMENDS) and scene.has(*_VOTERS)
    if not voted and not scene.has(Sign.IN_CHARGE, Sign.ASSIGN):
        return list(scene.hits)
    derived = [*(_derived(scene) if voted else ()), *_in_charge(scene), *_assigned(scene)]
    scene.signs = scene.signs.union(*(hit.signs for hit in derived))
    return sorted([*scene.hits, *derived], key=lambda hit: hit.first)


def _without_ranks(scene: Scene) -> list[Hit]:
    """The phrases without «chính thức» as the rank of those who help or vote: «đảng viên chính thức kèm cặp Hoa»."""
    hits = list(scene.hits)
    if Sign.CONFIRMED not in scene.signs or not scene.has(Sign.MENTORED, Sign.ASSIGN):
        return hits
    kept = [hit for hit in hits if Sign.CONFIRMED not in hit.signs or not _is_rank(scene, hit)]
    scene.signs = frozenset().union(*(hit.signs for hit in kept))
    return kept


def _with_handed_in(scene: Scene) -> list[Hit]:
    """The phrases with the papers of which it is said after that they are in: «đơn đã nộp», «lý lịch cũng khai xong»."""
    line, found = scene.line, list(scene.hits)
    if line.bag.isdisjoint(_HANDS_IN) or Sign.APPLIED in scene.signs:
        return found
    papers = [at for at, word in enumerate(line.words) if _is_paper_noun(line.words, at, word)]
    handed = {at: after for at in papers if (after := _handed_in_at(scene, at))}
    found = [
        hit for hit in found if Sign.VETTED not in hit.signs or not handed.keys() & {hit.first, hit.after - 1}
    ]
    found += [Hit(frozenset({Sign.APPLIED}), at, after) for at, after in handed.items()]
    scene.signs = frozenset().union(*(hit.signs for hit in found))
    return sorted(found, key=lambda hit: hit.first)


def _is_paper_noun(words: list[str], at: int, word: str) -> bool:
    return word == "don" or (word == "lich" and words[at - 1 : at] == ["ly"])


def _handed_in_at(scene: Scene, paper: int) -> int:
    """Where the verb after a paper ends, past «đã», «cũng» and whose it is; 0 where none follows."""
    line, at = scene.line, paper + 1
    while at < len(line.words) and (line.words[at] in _ALSO_OF or line.tokens[at].claim == "name"):
        at += 1
    return at + 1 if at > paper + 1 and line.words[at : at + 1] and line.words[at] in _HANDS_IN else 0


_HANDS_IN: Final = word_set("nop khai viet")
_ALSO_OF: Final = word_set("cung da deu vua thi cua dong chi anh em")


def _without_papers(scene: Scene) -> list[Hit]:
    """The phrases without the «lý lịch» that was handed in: «nộp đơn với lý lịch» tells of no vetting."""
    hits = list(scene.hits)
    if Sign.VETTED not in scene.signs or Sign.APPLIED not in scene.signs:
        return hits
    ends = [hit.after for hit in hits if Sign.APPLIED in hit.signs]
    kept = [hit for hit in hits if Sign.VETTED not in hit.signs or not _is_paper(scene, hit, ends)]
    scene.signs = frozenset().union(*(hit.signs for hit in kept))
    return kept


def _is_paper(scene: Scene, hit: Hit, ends: list[int]) -> bool:
    words = scene.line.words
    if words[hit.first : hit.after] != ["ly", "lich"]:
        return False
    at = hit.after
    while words[at : at + 1] and words[at] in _ALSO:
        at += 1
    return words[at : at + 1] == ["nop"] or any(
        end <= hit.first and _JOINS.issuperset(words[end : hit.first]) for end in ends
    )


_ALSO: Final = word_set("cung da deu vua")


_JOINS: Final = word_set("voi kem theo cung va ca lan , & + ban to khai")


def _is_rank(scene: Scene, hit: Hit) -> bool:
    words = scene.line.words
    if words[hit.after - 2 : hit.after] != ["chinh", "thuc"] or words[hit.first] not in ("dang", "chinh"):
        return False
    start = hit.first if words[hit.first] == "dang" else hit.first - 2
    member = words[max(0, start) : start + 2] == ["dang", "vien"]
    return member and words[start - 1 : start] not in (["nhan"], ["len"], ["thanh"], ["chuyen"])


def _in_charge(scene: Scene) -> Iterator[Hit]:
    """«đc Bình phụ trách Trần Văn Nam»: one member helps one candidate; «phụ trách văn hóa» is a post."""
    for hit in scene.hits:
        if Sign.IN_CHARGE not in hit.signs:
            continue
        before = any(hit.first - 1 <= span.after <= hit.first for span in scene.spans)
        titles = {i for h in scene.hits if Sign.HONORIFIC in h.signs for i in range(h.first, h.after)}
        at = hit.after
        while at in titles and scene.line.tokens[at].claim != "name":
            at += 1
        if before and any(span.first == at for span in scene.spans):
            yield Hit(frozenset({Sign.MENTORED}), hit.first, hit.after)


def _assigned(scene: Scene) -> Iterator[Hit]:
    """«phân công anh Tuấn kèm Hoa»: one named right before the word and one soon after."""
    if Sign.ASSIGN not in scene.signs or Sign.MENTORED in scene.signs:
        return
    for at, word in enumerate(scene.line.words):
        beside = word in ("kem", "giup") and any(span.after == at for span in scene.spans)
        if beside and any(at < span.first <= at + 3 for span in scene.spans):
            yield Hit(frozenset({Sign.MENTORED}), at, at + 1)


def _derived(scene: Scene) -> Iterator[Hit]:
    about_somebody = scene.named > 0 or scene.has(Sign.ADMIT, Sign.CEREMONY)
    for index, hit in enumerate(scene.hits):
        if hit.signs.isdisjoint((Sign.VOTED, Sign.RECOMMENDS)):
            continue
        if scene.line.words[hit.first] in _WEAK and not about_somebody:
            continue
        voter = _before(scene, index) or (_after(scene, index) if Sign.RESOLUTION in hit.signs else None)
        step = _VOTERS[voter] if voter else None
        if step and (Sign.VOTED in hit.signs or step is Sign.RECOMMENDED):
            yield Hit(frozenset({step}), hit.first, hit.after)


def _before(scene: Scene, index: int) -> Sign | None:
    """The nearest body named before a phrase in its clause."""
    start, _ = scene.clause(scene.hits[index].first)
    for hit in reversed(scene.hits[:index]):
        if hit.first < start:
            return None
        voter = next((sign for sign in _VOTERS if sign in hit.signs), None)
        if voter:
            return voter
    return None


def _after(scene: Scene, index: int) -> Sign | None:
    """«nghị quyết [của] chi bộ»: the body named right after."""
    end = scene.hits[index].after
    following = next((hit for hit in scene.hits[index + 1 :] if hit.first <= end + 2), None)
    return next((sign for sign in _VOTERS if following and sign in following.signs), None)
