"""Answers as they are read: a day that is still to come."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from messages.readers import Answer, ComingDay, NotUnderstood

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def read(said, on):
    return ComingDay(ZONE).read(Answer(said, datetime.fromisoformat(f"{on}T08:00:00+07:00")))


@pytest.mark.parametrize(
    ("on", "said", "day"),
    [
        ("2022-12-29", "5/1", date(2023, 1, 5)),
        ("2022-12-29", "31/12", date(2022, 12, 31)),
        ("2022-12-29", "6/1/2023", date(2023, 1, 6)),
        ("2022-03-28", "25/2/2023", date(2023, 2, 25)),
        ("2022-03-28", "28/3", date(2022, 3, 28)),
        ("2022-03-28", "30/3", date(2022, 3, 30)),
    ],
)
def test_a_day_without_its_year_is_the_nearest_one_of_its_name(on, said, day):
    assert read(said, on) == day


@pytest.mark.parametrize(("on", "said"), [("2022-03-28", "25/2"), ("2022-12-29", "20/12")])
def test_a_day_that_has_just_passed_is_not_the_one_a_year_later(on, said):
    with pytest.raises(NotUnderstood) as problem:
        read(said, on)
    assert problem.value.args[0] == "day_passed"
