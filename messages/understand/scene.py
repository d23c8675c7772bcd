"""All that was found in a message, laid out for the rules that decide what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from messages.understand.dates import DateSaid
from messages.understand.heard import HeadsSaid
from messages.understand.lexicon import Sign
from messages.understand.line import Kind, Line
from messages.understand.phrases import Hit

_CLAUSE_ENDS: Final = frozenset({",", ".", ";", "!", "?"})


@dataclass(slots=True, kw_only=True)
class Scene:
    """The line, its phrases and its facts."""

    line: Line
    hits: Sequence[Hit]
    today: date
    district: bool
    named: int  # how many people are named for sure
    dates: Sequence[DateSaid]
    ahead: Sequence[DateSaid]
    counts: Sequence[int]
    quarter_said: bool
    unit_said: bool
    ratio: HeadsSaid | None

    def has(self, *signs: Sign) -> bool:
        """Whether any of the signs was given."""
        return any(sign in hit.signs for hit in self.hits for sign in signs)

    def first(self, *signs: Sign) -> Hit | None:
        """The first phrase that gives one of the signs."""
        return next((hit for hit in self.hits if not hit.signs.isdisjoint(signs)), None)

    def core(self) -> list[Hit]:
        """The phrases that are more than politeness; all of them when there is nothing else."""
        strong = [hit for hit in self.hits if hit.signs != _ONLY_POLITE and Sign.POLITE not in hit.signs]
        return strong or [hit for hit in self.hits if hit.signs != _ONLY_POLITE] or list(self.hits)

    def is_all(self, *signs: Sign) -> bool:
        """Whether the message says nothing but these signs, politeness apart."""
        wanted = frozenset(signs)
        return (
            bool(self.hits)
            and self.covered()
            and all(not hit.signs.isdisjoint(wanted) for hit in self.core())
        )

    def covered(self) -> bool:
        """Whether every word belongs to some phrase."""
        known = {index for hit in self.hits for index in range(hit.first, hit.after)}
        return all(index in known or token.kind is Kind.MARK for index, token in enumerate(self.line.tokens))

    def before_in_clause(self, hit: Hit, signs: Iterable[Sign]) -> bool:
        """Whether one of the signs stands before a phrase in its own clause."""
        wanted = frozenset(signs)
        start = self.clause_start(hit.first)
        return any(
            start <= other.first < hit.first and not other.signs.isdisjoint(wanted) for other in self.hits
        )

    def clause_start(self, index: int) -> int:
        """The first token of the clause that a token stands in."""
        while index > 0 and self.line.words[index - 1] not in _CLAUSE_ENDS:
            index -= 1
        return index

    def clause_end(self, index: int) -> int:
        """The token after the clause that a token stands in."""
        while index < len(self.line.words) and self.line.words[index] not in _CLAUSE_ENDS:
            index += 1
        return index


_ONLY_POLITE: Final = frozenset({Sign.POLITE})
