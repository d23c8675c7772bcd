"""Batches: those of a unit who were decided on one day, what came of it, and what the unit has learnt for the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.organisation import Unit, UnitId

_CODE: Final = re.compile(r"DOT-(\d{1,9})-(\d{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Those whom a unit, or a cell below it, has had decided on a day.

    `held` of the `people` have had their ceremony. The working days are the most that anybody of them took from the
    cell's resolution to the decision, and from the decision to the ceremony; None where a day is not known.
    `told_at` is when the last of them was reported.
    """

    unit: Unit
    day: date
    people: int
    held: int
    to_decision: int | None
    to_ceremony: int | None
    told_at: datetime

    @property
    def waiting(self) -> int:
        """How many wait for their ceremony."""
        return self.people - self.held

    @property
    def code(self) -> str:
        """What a choice knows it by."""
        return batch_code(self.unit.id, self.day)


def batch_code(unit: UnitId, day: date) -> str:
    """The code of a unit's batch: «DOT-12-20220315»."""
    return f"DOT-{unit}-{day:%Y%m%d}"


def batch_of_code(code: str | None) -> tuple[UnitId, date] | None:
    """The inverse of `batch_code`; None for any other code."""
    found = _CODE.fullmatch(code or "")
    if found is None:
        return None
    try:
        return UnitId(int(found[1])), date.fromisoformat(found[2])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a unit has learnt from the batch of a day, in its own words; of no batch where it named none."""

    unit: UnitId
    batch: date | None
    told_on: date
    text: str

    @property
    def day(self) -> date:
        """The day that puts it into a quarter."""
        return self.batch or self.told_on
