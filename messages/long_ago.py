"""Days of long ago, of which nobody remembers more than the month or the year."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

_MONTH: Final = re.compile(
    r"(?:tháng|thang)?\s*([0-9]{1,2})\s*(?:[/.-]|năm|nam)\s*((?:19|20)[0-9]{2})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:.*\b(?:năm|nam)\s+)?((?:19|20)[0-9]{2})\s*ạ?\.?", re.IGNORECASE)


def last_day_of(said: str, today: date) -> date | None:
    """The last day of a month or a year that has begun: «3/2019», «năm 2019»; None for anything else.

    The last one does a unit no wrong that is asked how long ago something was.
    """
    month, year = _MONTH.fullmatch(said.strip()), _YEAR.fullmatch(said.strip())
    if month is not None and 0 < int(month[1]) <= 12:
        number, of_year = int(month[1]), int(month[2])
        begins, ends = (
            date(of_year, number, 1),
            date(of_year, number, calendar.monthrange(of_year, number)[1]),
        )
    elif year is not None:
        begins, ends = date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    else:
        return None
    return min(ends, today) if begins <= today else None
