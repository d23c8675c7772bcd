"""A unit that will miss its quarter unless more people come onto the way."""

from __future__ import annotations

from dataclasses import dataclass

from domain.candidate import Step
from domain.organisation import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A unit that lacks more admissions than its candidates can still bring within the quarter.

    `ready` are the candidates who can make it, by the furthest step so far and with their number, the furthest first.
    """

    unit: Unit
    missing: int
    ready: tuple[tuple[Step, int], ...] = ()

    @property
    def can_make_it(self) -> int:
        """How many of its candidates can still be admitted within the quarter."""
        return sum(number for _, number in self.ready)

    @property
    def short(self) -> int:
        """How many admissions it will lack at the quarter's end even if all of them make it."""
        return self.missing - self.can_make_it
