"""The public holidays of Viet Nam."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduler.days_off import is_public_holiday

OFF = {
    2022: [
        (1, 1),
        (1, 3),  # for 1 January, a Saturday
        *((1, 31), (2, 1), (2, 2), (2, 3), (2, 4)),  # Tết
        *((4, 10), (4, 11)),  # 10 March of the lunar year, a Sunday, and the day given for it
        *((4, 30), (5, 1), (5, 2), (5, 3)),
        *((9, 1), (9, 2)),
    ],
    2026: [
        (1, 1),
        *((2, 16), (2, 17), (2, 18), (2, 19), (2, 20)),  # Tết
        *((4, 26), (4, 27)),
        *((4, 30), (5, 1)),
        *((8, 31), (9, 1), (9, 2)),
        (11, 24),
    ],
}


@pytest.mark.parametrize("year", OFF)
def test_all_public_holidays_of_a_year_are_known_and_no_others(year):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert [(day.month, day.day) for day in days if is_public_holiday(day)] == OFF[year]


@pytest.mark.parametrize("day", [date(2022, 3, 24), date(2022, 3, 27), date(2022, 12, 24)])
def test_other_days_are_none(day):
    assert not is_public_holiday(day)
