"""The public holidays of Viet Nam, Tết and the days given in exchange included."""

from __future__ import annotations

from datetime import date

from holidays import country_holidays

_VIET_NAM = country_holidays("VN")


def is_public_holiday(day: date) -> bool:
    """Whether nobody has to work in Viet Nam on this day; Sundays are not meant."""
    return day in _VIET_NAM
