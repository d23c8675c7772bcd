"""The public holidays of Viet Nam, Tết and the days given in exchange included, and the timetable they make."""

from __future__ import annotations

from datetime import date

from holidays import country_holidays

from domain.deadline import Timetable
from domain.office import Office

_VIET_NAM = country_holidays("VN")


def is_public_holiday(day: date) -> bool:
    """Whether nobody has to work in Viet Nam on this day; Sundays are not meant."""
    return day in _VIET_NAM


def timetable_of(office: Office) -> Timetable:
    """The steps of the reminders and the hours fit for speaking, where the office is."""
    return Timetable(zone=office.timezone, is_holiday=is_public_holiday)
