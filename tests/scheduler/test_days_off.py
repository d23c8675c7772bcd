"""The public holidays of Viet Nam."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.days_off import is_public_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 1, 1),
        date(2022, 2, 1),  # Tết
        date(2022, 4, 11),  # given for 10 March of the lunar year, a Sunday
        date(2022, 5, 3),
        date(2026, 2, 17),  # Tết
    ],
)
def test_public_holidays_are_known(day):
    assert is_public_holiday(day)


@pytest.mark.parametrize("day", [date(2022, 3, 24), date(2022, 3, 27), date(2022, 12, 24)])
def test_other_days_are_none(day):
    assert not is_public_holiday(day)
