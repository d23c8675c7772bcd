"""How many messages a messenger takes in a month, and what follows when they run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So many messages a month; 0 for as many as one likes."""

    monthly: int

    @property
    def warned_at(self) -> int:
        """From this many on the administrators have to know: four fifths."""
        return -(-self.monthly * 4 // 5)

    @property
    def short_at(self) -> int:
        """From this many on courtesies are left unsaid, for what is left belongs to reminders and answers: nine tenths."""
        return -(-self.monthly * 9 // 10)

    def is_short(self, sent: int) -> bool:
        """Whether what is left has to be spared after so many."""
        return self.monthly > 0 and sent >= self.short_at

    def is_crossed(self, before: int, after: int) -> bool:
        """Whether the administrators are to be told now: the number went from below to where they have to know."""
        return self.monthly > 0 and before < self.warned_at <= after


def month_of(day: date) -> str:
    """The month of a day, as it is kept: `2022-03`."""
    return f"{day:%Y-%m}"
