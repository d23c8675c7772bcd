"""What of the figures somebody is looking at: so that «quý II» and a number mean something in the next message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from domain.period import Quarter

ALL: Final = "all"
ROWS: Final = "rows"
RISKS: Final = "risks"
FIGURE: Final = "figure"
_LASTS: Final = timedelta(hours=2)
"""For how long what was shown is still in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The figures that were shown last: `what` they are of, the quarter, and when they were asked for.

    `what` is one of the above (with the kind of a figure: «figure-women»), a unit's code, or an admission's.
    """

    what: str
    quarter: Quarter
    at: datetime

    @classmethod
    def of(cls, seen: str, at: datetime) -> View | None:
        """The inverse of `seen`; None for what is no view of a quarter."""
        what, _, quarter = seen.rpartition(" ")
        try:
            return cls(what=what, quarter=Quarter.parse(quarter), at=at)
        except ValueError:
            return None

    @property
    def unit(self) -> str:
        """The code of the unit in view; empty where there are many."""
        head = self.what.partition("-")[0]
        return head if head.isupper() else ""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is likely to be before somebody's eyes still."""
        return now - self.at <= _LASTS

    def as_json(self) -> list[str]:
        """The form that is stored."""
        return [seen(self.what, self.quarter), self.at.isoformat()]

    @classmethod
    def from_json(cls, stored: Any) -> View | None:
        """The inverse of `as_json`."""
        return cls.of(stored[0], datetime.fromisoformat(stored[1]))


def seen(what: str, quarter: Quarter) -> str:
    """What was shown, as the log of who saw what has it: «all 2022-Q1», «THO 2022-Q1»."""
    return f"{what} {quarter.code}"
