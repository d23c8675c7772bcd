"""A frame: what is laid down for several years together, and what each of them has used of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """So many admissions from the beginning of one year to the end of another, by a document of the level above."""

    first: int
    last: int
    admissions: int
    number: str
    signed_on: date | None = None

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameYear:
    """What a year has used: by its plan and the reports, or `told` of a year that the books have no plan of.

    What is not known is None; `pledged` is the number in the text of the year's plan.
    """

    year: int
    assigned: int | None = None
    pledged: int | None = None
    admitted: int | None = None
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameUse:
    """A frame with its years side by side, as the books stood at `as_of` (UTC), on the day `today`."""

    frame: Frame
    as_of: datetime
    today: date
    years: tuple[FrameYear, ...]

    @property
    def used(self) -> int:
        return sum(each.admitted or 0 for each in self.years)

    @property
    def assigned(self) -> int:
        """What the plans of its years assign together, as far as they are known."""
        return sum(each.assigned or 0 for each in self.years)

    @property
    def left(self) -> int:
        """What the frame still asks for; never below 0."""
        return max(0, self.frame.admissions - self.used)

    @property
    def ahead(self) -> tuple[int, ...]:
        """The years of the frame that have not begun."""
        return tuple(year for year in self.frame.years if year > self.today.year)

    @property
    def unknown(self) -> tuple[int, ...]:
        """The years that have begun and of which nothing is known: they have used some of it, too."""
        return tuple(
            each.year for each in self.years if each.admitted is None and each.year <= self.today.year
        )

    @property
    def to_come(self) -> int:
        """What the running year still brings when it does what is assigned."""
        running = [each for each in self.years if each.year == self.today.year]
        return sum(max(0, (each.assigned or 0) - (each.admitted or 0)) for each in running)

    @property
    def a_year(self) -> int:
        """How many each year ahead has to bring if the running one does what is assigned, rounded up."""
        left = max(0, self.left - self.to_come)
        return -(-left // len(self.ahead)) if self.ahead else 0
