"""What stands beside a word of a line: the edge, a time, a person, the verb, a figure."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from messages.understand.line import Kind
from messages.understand.phrases import Hit
from messages.understand.scene import VERB, Scene
from messages.understand.signs import Sign
from messages.understand.units import UnitMention


class Beside(Enum):
    """What a word belongs to."""

    EDGE = auto()
    TIME = auto()
    PERSON = auto()  # a name, or what is said of somebody
    VERB = auto()
    FIGURE = auto()
    HONORIFIC = auto()
    BODY = auto()  # the youth union and others: «bí thư đoàn xã …» is somebody's work
    PHRASE = auto()
    WORD = auto()  # it says nothing yet: it may be a short name


_CLAIMED: Final = {
    "name": Beside.PERSON,
    "fact": Beside.PERSON,
    "date": Beside.TIME,
    "quarter": Beside.TIME,
    "document": Beside.TIME,
    "code": Beside.TIME,
    "unit": Beside.PHRASE,
}
_ENDS: Final = frozenset({".", ";", "!", "?"})
_LIGHT: Final = (Sign.DONE, Sign.POLITE, Sign.REPORT)
_COUNTED: Final = (Sign.HONORIFIC, Sign.PEOPLE_NOUN, Sign.PARTY_MEMBER)


class Surroundings:
    """A line in which one can look to the left and to the right of a word."""

    __slots__ = ("_hits", "line")

    def __init__(self, scene: Scene) -> None:
        self.line = scene.line
        self._hits = {index: hit for hit in scene.hits for index in range(hit.first, hit.after)}

    def hit(self, index: int) -> Hit | None:
        """The phrase that a word belongs to."""
        return self._hits.get(index)

    def before(self, start: int) -> Beside:
        """What stands before a word, past commas and the like."""
        index = start - 1
        while index >= 0 and self.line.tokens[index].kind is Kind.MARK:
            if self.line.words[index] in _ENDS:
                return Beside.EDGE
            index -= 1
        return self._of(index) if index >= 0 else Beside.EDGE

    def verb_after(self, index: int) -> Hit | None:
        """The verb that follows, past times, marks and such words as «đã» and «báo cáo»."""
        while index < len(self.line.tokens):
            hit = self._hits.get(index)
            if hit is not None and not hit.signs.isdisjoint(VERB):
                return hit
            passed = self.line.tokens[index].kind is Kind.MARK or self._of(index) is Beside.TIME
            if not passed and (hit is None or hit.signs.isdisjoint(_LIGHT)):
                return None
            index = hit.after if hit else index + 1
        return None

    def object_after(self, index: int) -> bool:
        """Whether somebody is named or counted right after the verb."""
        while index < len(self.line.tokens):
            hit, what = self._hits.get(index), self._of(index)
            counted = hit is not None and not hit.signs.isdisjoint(_COUNTED)
            word = what is Beside.WORD and self.line.tokens[index].kind is not Kind.MARK
            if counted or word or what in (Beside.PERSON, Beside.FIGURE):
                return True
            if hit is not None and Sign.PLACE in hit.signs:
                return False
            index = hit.after if hit else index + 1
        return False

    def names_besides(self, mention: UnitMention) -> bool:
        """Whether somebody is named or counted besides the unit itself."""
        others = (i for i in range(len(self.line.tokens)) if not mention.first <= i < mention.after)
        return any(self._of(index) in (Beside.PERSON, Beside.FIGURE) for index in others)

    def _of(self, index: int) -> Beside:
        token, hit = self.line.tokens[index], self._hits.get(index)
        if token.claim in _CLAIMED:
            return _CLAIMED[token.claim]
        if token.kind is Kind.NUMBER:
            return Beside.FIGURE
        if hit is None:
            return Beside.WORD
        if not hit.signs.isdisjoint(VERB):
            return Beside.VERB
        if Sign.BODY in hit.signs:
            return Beside.BODY
        return Beside.HONORIFIC if Sign.HONORIFIC in hit.signs else Beside.PHRASE
