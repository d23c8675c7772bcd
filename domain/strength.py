"""How strong units are: those with few members, and those that have admitted nobody for years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.organisation import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What is known of a unit: how many members it has, and when it admitted somebody last; None where nothing is."""

    members: int | None = None
    last_admission: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is known at all."""
        return self.members is not None or self.last_admission is not None


UNKNOWN: Final = Strength()


@dataclass(frozen=True, slots=True, kw_only=True)
class FewMembers:
    """A unit with few members; `above` is the short name of a cell's organisation, empty for any other unit."""

    unit: Unit
    members: int
    above: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongWithout:
    """A unit that has admitted nobody since a day long ago; `above` as of `FewMembers`."""

    unit: Unit
    since: date
    above: str = ""


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for a 29th that there was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
