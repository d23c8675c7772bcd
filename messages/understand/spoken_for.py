"""For which unit a secretary's line speaks: told from what stands before and after the name of a unit."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from messages.understand.beside import Beside, Surroundings
from messages.understand.line import Line
from messages.understand.phrases import Hit
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.spelling import may_be, word_set
from messages.understand.unit_words import reads_as_person
from messages.understand.units import UnitMention
from messages.understand.villages import village_before


class Role(Enum):
    """What a unit that is named has to do with the report."""

    REPORTS = auto()
    DOUBTFUL = auto()  # it may report, or be a home, a workplace, or the place of the ceremony
    ELSEWHERE = auto()  # somebody's home, or where they went
    NONE = auto()  # no unit: a person, or words that mean something else


FIGURES: Final = (Sign.NOBODY, Sign.NOTHING, Sign.FILE, Sign.PROGRESS, Sign.HOW_MANY, Sign.ROLLUP)
"""The signs of lines that file a quarter, or say or ask how many."""
_KINDS: Final = (
    *(["chi", "bo"], ["dang", "bo"], ["dang", "uy"], ["don", "vi"], ["xa"], ["thi", "tran"], ["tt"]),
    *(["truong"], ["tieu", "hoc"], ["mam", "non"], ["thcs"], ["thpt"], ["co", "quan"]),
)
_PARTY: Final = (["chi", "bo"], ["chi", "uy"], ["dang", "bo"], ["dang", "uy"], ["don", "vi"])
_AT: Final = {"o": "ở", "tai": "tại"}
_FOR: Final = {"cho": "cho", "cua": "của", "ben": "bên"}
_MOVING: Final = {
    "ve": "về",
    "sang": "sang",
    "den": "đến",
    "tu": "từ",
    "di": "đi",
    "len": "lên",
    "vao": "vào",
}
_HOME: Final = word_set("que tru goc")
_AT_HOME: Final = word_set("song nha noi khau sinh")  # «sống ở», «hộ khẩu tại»
_RUNS_ON: Final = (["vien"], ["xa"], ["thon"])  # «công an viên», «y tế xã» are not those of the district
_PASSIVE: Final = word_set("duoc vao dung")
_APART: Final = frozenset(
    {Beside.EDGE, Beside.TIME, Beside.VERB, Beside.FIGURE, Beside.PHRASE, Beside.HONORIFIC}
)
"""What may stand before a unit that is nobody's home."""
_OPENING: Final = frozenset({Beside.EDGE, Beside.TIME, Beside.PHRASE})
"""What may stand before the subject of a report."""


class SpokenFor:
    """Tells for each unit named in a secretary's line whether the line speaks for it."""

    __slots__ = ("_around", "_line", "_scene")

    def __init__(self, scene: Scene) -> None:
        self._scene, self._line = scene, scene.line
        self._around = Surroundings(scene)

    def role(self, mention: UnitMention) -> Role:
        """What a unit has to do with the report that names it."""
        start, party = _with_kind(self._line, mention)
        marked = mention.marked or start < mention.first
        if not marked and self._line.words[mention.after : mention.after + 1] in _RUNS_ON:
            return Role.NONE
        person = not marked and reads_as_person(self._line, mention)
        placed = self._by_place(start, mention, party=party, person=person)
        if placed is not None:
            return placed
        if not self._scene.has(*VERB) and (self._scene.has(*FIGURES) or self._scene.quarter):
            return self._in_figures(start, person=person)
        if person or self._is_bare_word(start, mention):
            return self._of_person_or_unit(start, mention)
        before = self._around.before(start)
        return Role.REPORTS if party or before in _APART or self._admits(mention) else Role.DOUBTFUL

    def _by_place(self, start: int, mention: UnitMention, *, party: bool, person: bool) -> Role | None:
        """The role that a word of place before the name gives it."""
        village = village_before(self._around, start)
        if village is not None:
            return self._of_village(village, direct=village == mention.first - 1)
        before = self._line.words[start - 1] if start else ""
        if self._is_home(start) or self._said(start, _MOVING):
            return Role.ELSEWHERE
        if self._said(start, _AT):
            return Role.REPORTS if party or self._around.before(start - 1) in _APART else Role.DOUBTFUL
        if self._said(start, _FOR):
            alone = person and self._scene.has(*VERB) and not self._around.names_besides(mention)
            return Role.NONE if alone else Role.REPORTS
        return Role.DOUBTFUL if before == "thuoc" else None

    def _said(self, start: int, words: dict[str, str]) -> bool:
        """Whether one of the words, by its marks, stands right before a token."""
        meant = words.get(self._line.words[start - 1]) if start else None
        return meant is not None and may_be(self._line.typed(start - 1).lower(), meant)

    def _is_home(self, start: int) -> bool:
        """«quê [ở]», «trú tại», «quê quán:», «người» before the name, but not «2 người»."""
        words, at = self._line.words, start - 1
        placed = at >= 0 and words[at] in (*_AT, ":")
        at -= placed
        if at >= 0 and words[at] == "quan":
            at -= 1
        if at < 0:
            return False
        if words[at] == "nguoi":
            return self._around.before(at) is not Beside.FIGURE
        address = words[max(0, at - 1) : at + 1] == ["dia", "chi"]
        said_alone = (hit := self._around.hit(at)) is None or Sign.PLACE in hit.signs  # not «phát sinh ở»
        return address or words[at] in _HOME or (placed and said_alone and words[at] in _AT_HOME)

    def _of_village(self, village: int, *, direct: bool) -> Role:
        """A unit in which a village lies: «chi bộ thôn A, xã Trù Hựu» reports; after a person it is their home."""
        words = self._line.words
        if words[max(0, village - 2) : village] in _PARTY and not direct:
            return Role.REPORTS
        start = village - 1 if self._said(village, _AT) else village
        at_home = direct or self._is_home(village) or self._around.before(start) not in _APART
        return Role.ELSEWHERE if at_home else Role.DOUBTFUL

    def _in_figures(self, start: int, *, person: bool) -> Role:
        """In a line that files a quarter, or asks or says how many: whatever unit it names is meant."""
        titled = self._around.before(start) is Beside.HONORIFIC or self._line.words[start - 1 : start] == [
            "nap"
        ]
        about_somebody = titled or self._scene.has(Sign.CANDIDATE, Sign.PLANNED, *STEPS)
        return Role.NONE if person and about_somebody else Role.REPORTS

    def _of_person_or_unit(self, start: int, mention: UnitMention) -> Role:
        """«Thanh Hải kết nạp 2 đồng chí» is the unit, «kết nạp Thanh Hải» the person, «Thanh Hải kết nạp 10/3» either."""
        before = self._around.before(start)
        if self._line.words[mention.after : mention.after + 1] == [":"] and before is not Beside.HONORIFIC:
            return Role.REPORTS
        verb = self._around.verb_after(mention.after)
        if verb is None or self._is_passive(verb) or before not in _OPENING:
            return Role.NONE
        return Role.REPORTS if self._around.object_after(verb.after) else Role.DOUBTFUL

    def _is_bare_word(self, start: int, mention: UnitMention) -> bool:
        """«chu» without its mark is Chũ, or «chú» before a name."""
        alone = start == mention.first and mention.after == start + 1
        return alone and self._line.typed(start).isascii() and not mention.unit.short.isascii()

    def _admits(self, mention: UnitMention) -> bool:
        verb = self._around.verb_after(mention.after)
        return verb is not None and not self._is_passive(verb) and self._around.object_after(verb.after)

    def _is_passive(self, verb: Hit) -> bool:
        return self._line.words[verb.first] in _PASSIVE


def _with_kind(line: Line, mention: UnitMention) -> tuple[int, bool]:
    """Where the name begins with «xã», «đảng ủy», … before it; and whether it is named as a Party body."""
    start = mention.first
    party = line.words[start : start + 2] in _PARTY
    while kind := next((k for k in _KINDS if line.words[max(0, start - len(k)) : start] == k), None):
        start -= len(kind)
        party = party or kind in _PARTY
    return start, party
