"""The same day some years before."""

from __future__ import annotations

from datetime import date

import pytest

from domain.strength import years_before


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2022, 3, 31), 3, date(2019, 3, 31)),
        (date(2024, 2, 29), 3, date(2021, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
    ],
)
def test_it_is_the_same_day_or_the_last_one_of_february(day, years, before):
    assert years_before(day, years) == before
