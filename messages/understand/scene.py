"""All that was found in a message, laid out for the rules that decide what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.facts import Facts
from domain.organisation import Unit
from messages.understand.date_said import DateSaid
from messages.understand.facts import Fact
from messages.understand.heard import NO_FACTS, HeadsSaid
from messages.understand.line import CLOSING, Kind, Line
from messages.understand.names import NameSpan
from messages.understand.phrases import Hit
from messages.understand.quarters import QuarterSaid
from messages.understand.signs import Sign
from messages.understand.vocabulary import KNOWN

VERB: Final = (Sign.ADMIT, Sign.CEREMONY)
"""The signs of the verb that reports an admission."""
UNSURE: Final = (Sign.NOT, Sign.NOT_YET, Sign.PLANNED)
"""The signs that take what follows them back."""
_CLAUSE_ENDS: Final = frozenset({",", ".", ";", "!", "?"})
_SAYS_ITSELF: Final = frozenset({"quarter", "unit", "code"})


@dataclass(slots=True, kw_only=True)
class Scene:
    """The line, its phrases and its facts, and which slots have more than one reading."""

    line: Line
    today: date
    district: bool
    hits: Sequence[Hit] = ()
    spans: Sequence[NameSpan] = ()
    facts: list[Fact] = field(default_factory=list)
    dates: Sequence[DateSaid] = ()
    ahead: Sequence[DateSaid] = ()
    counts: Sequence[int] = ()
    quarter: QuarterSaid | None = None
    blank: bool = False  # «quý này trắng»
    decision: str | None = None
    unit: Unit | None = None
    unit_words: str = ""  # the words that name a unit of which it is not clear whether it reports
    codes: Sequence[str] = ()
    later: bool = False  # some time to come is spoken of: «mấy hôm nữa», «họp xong»
    told: Facts = NO_FACTS
    responsible: str | None = None
    ratio: HeadsSaid | None = None
    odd_ratio: bool = False  # numbers that cannot be «so many of so many»
    signs: frozenset[Sign] = frozenset()
    unclear: list[str] = field(default_factory=list)
    _asks: bool | None = None

    @property
    def named(self) -> int:
        """How many people are named."""
        return len(self.spans)

    @property
    def receipt(self) -> bool:
        """Whether the code of a report is named."""
        return any(code.count("-") > 1 for code in self.codes)

    def coded(self, beginning: str) -> bool:
        """Whether a code is named that begins so."""
        return any(code.startswith(beginning) for code in self.codes)

    def has(self, *signs: Sign) -> bool:
        """Whether any of the signs was given."""
        return not self.signs.isdisjoint(signs)

    def signs_of_hits(self) -> frozenset[Sign]:
        """The signs that its phrases give."""
        return frozenset().union(*(hit.signs for hit in self.hits))

    def first(self, *signs: Sign) -> Hit | None:
        """The first phrase that gives one of the signs."""
        if self.signs.isdisjoint(signs):
            return None
        for hit in self.hits:
            if not hit.signs.isdisjoint(signs):
                return hit
        return None

    def core(self) -> list[Hit]:
        """The phrases that are more than politeness; all but the emptiest when there is nothing else."""
        strong = [hit for hit in self.hits if Sign.POLITE not in hit.signs]
        return strong or [hit for hit in self.hits if len(hit.signs) > 1] or list(self.hits)

    def covered(self) -> bool:
        """Whether every word belongs to some phrase, or to a quarter or unit."""
        known = {index for hit in self.hits for index in range(hit.first, hit.after)}
        return all(
            index in known or token.kind is Kind.MARK or token.claim in _SAYS_ITSELF
            for index, token in enumerate(self.line.tokens)
        )

    def words_unknown(self) -> int:
        """How many words belong to no phrase, and are no everyday words either."""
        known = {index for hit in self.hits for index in range(hit.first, hit.after)}
        return sum(
            index not in known and token.kind is Kind.WORD and not token.claim and token.word not in KNOWN
            for index, token in enumerate(self.line.tokens)
        )

    def in_clause(self, index: int, signs: Iterable[Sign], *, before: bool = False) -> bool:
        """Whether one of the signs stands in the clause of a token, or in it `before` the token."""
        wanted = frozenset(signs)
        if self.signs.isdisjoint(wanted):
            return False
        start, end = self.clause(index)
        end = index if before else end
        return any(start <= hit.first < end and not hit.signs.isdisjoint(wanted) for hit in self.hits)

    def clause(self, index: int) -> tuple[int, int]:
        """The first token of the clause that a token stands in, and the token after it."""
        words = self.line.words
        start = end = index
        while start > 0 and words[start - 1] not in _CLAUSE_ENDS:
            start -= 1
        while end < len(words) and words[end] not in _CLAUSE_ENDS:
            end += 1
        return start, end

    def asks(self) -> bool:
        """Whether it is a question: a mark, a word that asks («không có gì» does not), or «có … không»."""
        if self._asks is None:
            self._asks = self._is_question()
        return self._asks

    def _is_question(self) -> bool:
        if "?" in self.line.words:
            return True
        asking = [
            hit for hit in self.hits if not hit.signs.isdisjoint((Sign.ASKING, Sign.HOW_MANY, Sign.HOUR))
        ]
        return (
            any(not self.in_clause(hit.first, _DENIALS, before=True) for hit in asking) or self._yes_or_no()
        )

    def _yes_or_no(self) -> bool:
        words = [
            token.word for token in self.line.tokens if token.kind is Kind.WORD and token.claim != "fact"
        ]
        while words and words[-1] in ("a", "nhi", "em", "oi", "vay"):
            words.pop()
        return (
            len(words) > 3 and words[-1] in ("khong", "chua") and ("co" in words[:-2] or words[-1] == "chua")
        )


def figure_at_end(scene: Scene) -> int | None:
    """«số lượng kết nạp quý 1: 3»: the one number left over, at the end of a report on a quarter."""
    tokens = [token for token in scene.line.tokens if token.kind is not Kind.MARK]
    while tokens and tokens[-1].word in CLOSING:
        tokens.pop()
    if not tokens or tokens[-1].kind is not Kind.NUMBER or tokens[-1].claim or len(tokens[-1].word) > 2:
        return None
    about = scene.quarter is not None or scene.has(Sign.ADMIT)
    return int(tokens[-1].word) if about and not scene.spans else None


_DENIALS: Final = (Sign.NOT, Sign.NOTHING, Sign.NOBODY, Sign.NOT_YET)
