"""The public holidays of Viet Nam, Tết and the days given in exchange included, and the timetable they make."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from domain.deadline import Timetable
from domain.office import Office

if TYPE_CHECKING:
    from holidays import HolidayBase


def is_public_holiday(day: date) -> bool:
    """Whether nobody has to work in Viet Nam on this day; Sundays are not meant."""
    return day in _viet_nam()


@cache
def _viet_nam() -> HolidayBase:
    # The package knows the whole world and takes a third of a second to load: not while starting.
    from holidays import country_holidays

    return country_holidays("VN")


def timetable_of(office: Office) -> Timetable:
    """The steps of the reminders and the hours fit for speaking, where the office is."""
    return Timetable(zone=office.timezone, is_holiday=is_public_holiday)
