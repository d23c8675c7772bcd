"""Days as people name them: by the weekday, with the date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """The weekday of a date within a sentence: «thứ Tư», «Chủ nhật»."""
    return _WEEKDAYS[day.weekday()]


def near_day(day: date, today: date) -> str:
    """A day within a sentence that is near: «hôm nay», «mai», else «30/3»."""
    near = {today: "hôm nay", today + timedelta(days=1): "mai"}
    return near.get(day, f"{day.day}/{day.month}")


def coming_day(day: date, today: date) -> str:
    """A day that is near, to choose: «Ngày mai, 25/3», «Thứ Tư, 30/3»."""
    near = {today: "Hôm nay", today + timedelta(days=1): "Ngày mai"}
    name = near.get(day, weekday(day))
    return f"{name[0].upper()}{name[1:]}, {day.day}/{day.month}"
