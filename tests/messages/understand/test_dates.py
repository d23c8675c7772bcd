from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.understand import Reading, read_date

SUNDAY = date(2022, 3, 20)
THURSDAY = date(2022, 3, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/3", date(2022, 3, 15)),
        ("15-3", date(2022, 3, 15)),
        ("15.3.22", date(2022, 3, 15)),
        ("15/03/2022", date(2022, 3, 15)),
        ("2022-03-15", date(2022, 3, 15)),
        ("15 / 3", date(2022, 3, 15)),
        ("ngày 15 tháng 3", date(2022, 3, 15)),
        ("ngay 15 thang 3 nam 2022", date(2022, 3, 15)),
        ("mười lăm tháng ba", date(2022, 3, 15)),
        ("mùng 3 tháng 2", date(2022, 2, 3)),
        ("ngày 15 tháng trước", date(2022, 2, 15)),
        ("15/3 năm ngoái", date(2021, 3, 15)),
        ("25/3", date(2021, 3, 25)),
        ("8/7", date(2021, 7, 8)),
        ("ngày 15", date(2022, 3, 15)),
        ("ngày 31", date(2022, 1, 31)),
        ("15", date(2022, 3, 15)),
        ("hôm nay", SUNDAY),
        ("sáng nay", SUNDAY),
        ("nay", SUNDAY),
        ("hôm qua", date(2022, 3, 19)),
        ("hqua", date(2022, 3, 19)),
        ("tối qua", date(2022, 3, 19)),
        ("hôm kia", date(2022, 3, 18)),
        ("3 hôm trước", date(2022, 3, 17)),
        ("cách đây 2 tuần", date(2022, 3, 6)),
        ("thứ 4", date(2022, 3, 16)),
        ("thu tu", date(2022, 3, 16)),
        ("thứ năm tuần trước", date(2022, 3, 10)),
        ("chủ nhật tuần trước", date(2022, 3, 13)),
        ("hôm thứ sáu", date(2022, 3, 18)),
        ("chủ nhật", SUNDAY),
        ("chủ nhật vừa rồi", date(2022, 3, 13)),
    ],
)
def test_a_day_gone_by_is_read(text: str, day: date) -> None:
    assert read_date(text, SUNDAY) == Reading(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thu 4", date(2022, 3, 30)),
        ("thứ 5", date(2022, 3, 31)),
        ("t6", date(2022, 3, 25)),
        ("mai", date(2022, 3, 25)),
        ("ngày kia", date(2022, 3, 26)),
        ("30/3", date(2022, 3, 30)),
        ("1/1", date(2023, 1, 1)),
        ("cuối tháng", date(2022, 3, 31)),
        ("thứ 5 tuần sau", date(2022, 3, 31)),
    ],
)
def test_a_day_to_come_is_read_when_looking_ahead(text: str, day: date) -> None:
    assert read_date(text, THURSDAY, ahead=True) == Reading(day)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("29/2", (date(2022, 2, 28), date(2022, 3, 1))),
        ("3/15", (date(2022, 3, 15),)),
        ("12/3 hay 13/3", (date(2022, 3, 12), date(2022, 3, 13))),
    ],
)
def test_a_day_with_more_than_one_reading_is_asked_about(text: str, choices: tuple[date, ...]) -> None:
    reading = read_date(text, SUNDAY)
    assert reading.unclear
    assert reading == Reading(choices=choices)


@pytest.mark.parametrize(
    "text", ["", "không nhớ", "Mai Hoa", "tháng 3", "15/13", "32/1", "15/3/2202", "2 đồng chí", "😀"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, SUNDAY).nothing


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_a_day_and_month_is_never_read_as_lying_ahead(today: date, day: date) -> None:
    reading = read_date(f"{day.day}/{day.month}", today)
    assert all(found <= today for found in (reading.value,) if found)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 3000))
def test_a_whole_date_is_read_as_it_was_written(today: date, back: int) -> None:
    day = date.fromordinal(today.toordinal() - back)
    written = (
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    )
    assert {read_date(text, today) for text in written} == {Reading(day)}
