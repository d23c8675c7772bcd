"""The figures of a year as the office hands them on: what its table, its report and its chart are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from domain.organisation import Unit
from domain.plan import Quarters
from domain.progress import RollUp
from domain.rating import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitYear:
    """One unit's year by quarter: what the plan assigns to it, and whom it has admitted."""

    unit: Unit
    assigned: Quarters
    admitted: Quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """An open issue, by the short name of the unit that told of it."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A quarter's roll-up with what stands around it in a report; `rows` are its units, in its order.

    `year_before` counts the admissions from the year's start to the same day a year before; None when the
    books have no plan of that year. `issues` are the open issues, oldest first. `rating` is there where it was asked for.
    """

    roll_up: RollUp
    rows: tuple[UnitYear, ...]
    year_before: int | None = None
    issues: tuple[OpenIssue, ...] = ()
    rating: Rating | None = None

    @property
    def blocks(self) -> Iterator[tuple[UnitYear, ...]]:
        """The rows by table of the plan's annex; units that are in none come last."""
        for _, rows in groupby(self.rows, key=lambda row: row.unit.block):
            yield tuple(rows)

    def assigned_in(self, number: int) -> int:
        """What is assigned to all units together in the year's quarter of this number."""
        return sum(row.assigned[number - 1] for row in self.rows)


def summed(quarters: Iterable[Quarters]) -> Quarters:
    """The sums of several rows, quarter by quarter."""
    first, second, third, fourth = (sum(column) for column in zip((0, 0, 0, 0), *quarters, strict=True))
    return first, second, third, fourth
