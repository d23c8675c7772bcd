"""The weekly digest: when who gets it, and what a week has changed of a quarter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from domain.at_risk import AtRisk
from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import Tally, UnitProgress, total


class Weeks(StrEnum):
    """In which weeks of a quarter somebody gets the digest."""

    ALWAYS = "always"
    LAST_MONTH = "last_month"
    NEVER = "never"

    def holds(self, quarter: Quarter, today: date) -> bool:
        """Whether the digest is sent on a day of a quarter."""
        return self is Weeks.ALWAYS or (self is Weeks.LAST_MONTH and is_last_month(quarter, today))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRules:
    """On which weekday (Monday is 0) and at what local hour it goes, and to whom in which weeks."""

    on: int = 0
    at: time = time(8)
    overseers: Weeks = Weeks.LAST_MONTH
    district: Weeks = Weeks.ALWAYS


def is_last_month(quarter: Quarter, today: date) -> bool:
    """Whether a day lies in the last month of a quarter."""
    return quarter.last_day.replace(day=1) <= today <= quarter.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The units of a quarter as they stand at `until`, and as they stood at `since`; all moments in UTC.

    `at_risk` are those that will miss the quarter, known in its last month alone.
    """

    quarter: Quarter
    since: datetime
    until: datetime
    rows: tuple[UnitProgress, ...]
    before: Mapping[UnitId, UnitProgress]
    at_risk: tuple[AtRisk, ...] = ()

    def only(self, units: Collection[UnitId]) -> Week:
        """The same week of these units alone."""
        return replace(
            self,
            rows=tuple(row for row in self.rows if row.unit.id in units),
            at_risk=tuple(risk for risk in self.at_risk if risk.unit.id in units),
        )

    @property
    def admitted(self) -> Tally:
        return total(row.admitted for row in self.rows)

    @property
    def target(self) -> Tally:
        return total(row.target for row in self.rows)

    @property
    def with_target(self) -> tuple[UnitProgress, ...]:
        return tuple(row for row in self.rows if row.target.quarter > 0)

    @property
    def owing(self) -> tuple[UnitProgress, ...]:
        """The units that still owe anything of the quarter, those that lack most first."""
        return tuple(sorted((row for row in self.rows if row.owes), key=lambda row: -row.missing))

    @property
    def gained(self) -> tuple[tuple[UnitProgress, int], ...]:
        """The units for which more admissions stand on the books than a week before, and how many more."""
        found = ((row, row.admitted.quarter - self._admitted_before(row.unit.id)) for row in self.rows)
        return tuple((row, more) for row, more in found if more > 0)

    @property
    def filed(self) -> tuple[UnitProgress, ...]:
        """The units that have filed within the week, be it a confirmed zero."""
        return tuple(row for row in self.rows if row.filed is not None and row.filed.at > self.since)

    @property
    def says_nothing(self) -> bool:
        """Whether nobody owes anything, and nothing has come in."""
        return not self.owing and not self.gained and not self.filed

    def _admitted_before(self, unit: UnitId) -> int:
        before = self.before.get(unit)
        return 0 if before is None else before.admitted.quarter
