"""The day that stands as an example in a question about a candidate's day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.candidate import Taken
from messages.readers import PastDate


def example_day(reader: PastDate, today: date, beside: Iterable[Taken | None]) -> date:
    """A day that can be: the earliest offered, else that of the step beside it."""
    offered = [date.fromisoformat(choice.value) for choice in reader.choices()]
    return min(offered, default=next((taken.on for taken in beside if taken), today))
