"""Months and years of long ago."""

from __future__ import annotations

from datetime import date

import pytest

from messages.long_ago import last_day_of

TODAY = date(2022, 3, 24)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3/2019", date(2019, 3, 31)),
        ("tháng 2 năm 2020", date(2020, 2, 29)),
        ("02-2019", date(2019, 2, 28)),
        ("2019", date(2019, 12, 31)),
        ("năm 2019 ạ", date(2019, 12, 31)),
        ("lần kết nạp gần nhất năm 2017", date(2017, 12, 31)),
        ("3/2022", TODAY),
        ("2022", TODAY),
        ("4/2022", None),
        ("2023", None),
        ("13/2019", None),
        ("15/3/2019", None),
        ("12", None),
        ("", None),
    ],
)
def test_the_last_day_of_what_has_begun(said, day):
    assert last_day_of(said, TODAY) == day
