"""A year's plan: what its text pledges, and what its annex assigns to each unit by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.organisation import Unit
from domain.period import Quarter

Quarters = tuple[int, int, int, int]
"""A figure for each quarter of the year, the first one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row of the annex: a unit of table `block` at row `position`, its total and its quarters.

    `line` is the row's number in the file that it came from, for people.
    """

    line: int
    block: int
    position: int
    name: str
    total: int
    quarters: Quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargets:
    """What a plan assigns to one unit, by quarter; 0 is a target like any other."""

    unit: Unit
    quarters: Quarters

    @property
    def year(self) -> int:
        return sum(self.quarters)

    def of(self, quarter: Quarter) -> int:
        """The target of one quarter of the plan's year."""
        return self.quarters[quarter.number - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan such as 72-KH/HU: `pledged` is the number in its text, `assigned` the sum of its targets.

    The two are different numbers and both are real: a percentage names its own.
    `heads_rate` is the share of village heads, in per cent, that are to be Party members;
    `grace_days` is how many days after a quarter's end reports are still waited for.
    """

    year: int
    number: str
    signed_on: date
    pledged: int
    heads_rate: int = 90
    grace_days: int = 5
    targets: tuple[UnitTargets, ...] = ()

    @property
    def assigned(self) -> int:
        return sum(target.year for target in self.targets)

    def assigned_in(self, quarter: Quarter) -> int:
        """What is assigned to all units together in one quarter."""
        return sum(target.of(quarter) for target in self.targets)
