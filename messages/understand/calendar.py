"""Days from what was said of them: a day and a month, a weekday, a day of the month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from messages.understand.reading import Reading

_LEAP_YEARS: Final = 8


def on(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_month(day: int, month: int, year: int) -> Reading[date]:
    """The day of a year that was said; with day and month the wrong way round, that as a choice."""
    value = on(year, month, day)
    if value is not None:
        return Reading(value)
    turned = on(year, day, month)
    return Reading(choices=(turned,)) if turned else Reading()


def settled(day: int, month: int, today: date, *, ahead: bool) -> Reading[date]:
    """The latest such day not after today, or the next one not before it when looking `ahead`.

    A 29 February that lies years away was not meant: its neighbours of this year are the choices.
    """
    if on(2000, month, day) is None:
        return _turned_round(day, month, today, ahead)
    step = 1 if ahead else -1
    for years in range(_LEAP_YEARS + 1):
        value = on(today.year + step * years, month, day)
        if value is None or (value - today).days * step < 0:
            continue
        if years > 1:
            break
        return Reading(value)
    return Reading(choices=(date(today.year, 2, 28), date(today.year, 3, 1)))


def _turned_round(day: int, month: int, today: date, ahead: bool) -> Reading[date]:
    if on(2000, day, month) is None:
        return Reading()
    turned = settled(month, day, today, ahead=ahead).value
    return Reading(choices=(turned,)) if turned else Reading()


def latest_day(day: int, today: date, *, ahead: bool) -> Reading[date]:
    """The last day of this number not after today, or the next one not before it when looking `ahead`."""
    step = 1 if ahead else -1
    value = today
    for _ in range(62):
        if value.day == day:
            return Reading(value)
        if abs((value - today).days) > 61:
            break
        value += timedelta(days=step)
    return Reading()


def on_weekday(number: int, today: date, *, week: int | None, ahead: bool) -> Reading[date]:
    """A weekday (Monday is 0) of the week said, else the next after today or the last before it.

    Looking back on that very weekday, today and a week ago are both meant by it: choices.
    """
    if week is not None:
        return Reading(today + timedelta(days=number - today.weekday() + 7 * week))
    away = (number - today.weekday()) % 7
    if ahead:
        return Reading(today + timedelta(days=away or 7))
    if away == 0:
        return Reading(choices=(today - timedelta(days=7), today))
    return Reading(today + timedelta(days=away - 7))
