"""What the rating of the units at a year's end rests on: target, done, on time, corrected after the close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.organisation import Unit
from domain.progress import PlanTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRating:
    """One unit's year: what was assigned and admitted, and how it has reported.

    `due` counts its quarters with a target that are closed, or filed already; `on_time` those of them that were filed
    before the close. `corrected` counts the reports that came, were corrected or withdrawn after the close.
    """

    unit: Unit
    assigned: int
    admitted: int
    due: int
    on_time: int
    corrected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """All units of a year as the books stood at `as_of` (UTC), in the plan's order; rating itself is the office's."""

    plan: PlanTerms
    as_of: datetime
    rows: tuple[UnitRating, ...]

    @property
    def blocks(self) -> Iterator[tuple[UnitRating, ...]]:
        """The rows by table of the plan's annex; units that are in none come last."""
        for _, rows in groupby(self.rows, key=lambda row: row.unit.block):
            yield tuple(rows)

    @property
    def assigned(self) -> int:
        return sum(row.assigned for row in self.rows)

    @property
    def admitted(self) -> int:
        return sum(row.admitted for row in self.rows)

    @property
    def due(self) -> int:
        return sum(row.due for row in self.rows)

    @property
    def on_time(self) -> int:
        return sum(row.on_time for row in self.rows)

    @property
    def corrected(self) -> int:
        return sum(row.corrected for row in self.rows)

    @property
    def met(self) -> int:
        """How many units with a target have reached it."""
        return sum(0 < row.assigned <= row.admitted for row in self.rows)

    @property
    def with_target(self) -> int:
        return sum(row.assigned > 0 for row in self.rows)
