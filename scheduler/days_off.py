"""The public holidays of Viet Nam, Tết and the days given in exchange included, and the timetable they make."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from domain.deadline import Timetable
from domain.office import Office
from domain.reminder_rules import ReminderRules
from scheduler.reminder_file import shipped_rules

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


def timetable_of(office: Office, rules: ReminderRules | None = None) -> Timetable:
    """The rules of reminding where the office is; without any, those that are shipped."""
    given = shipped_rules() if rules is None else rules
    return Timetable(
        zone=office.timezone,
        is_holiday=lambda day: day in given.days_off or is_public_holiday(day),
        steps=given.steps,
        asks_at=given.asks_at,
        weekly_on=given.weekly_on,
        weekly_at=given.weekly_at,
        limits=given.limits,
        class_list=given.class_list,
        digest=given.digest,
        roll_up_at=given.roll_up_at,
        batch_at=given.batch_at,
        speaks_from=given.speaks_from,
        speaks_until=given.speaks_until,
    )
