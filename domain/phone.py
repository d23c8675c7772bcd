"""Telephone numbers: as they are kept, and as people read them."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"(?<![\d+])(?:\(?\+?84\)?[ .\-]?(?:\(0\))?|\(?0)(?:[ .\-()]{0,2}\d){9,10}(?!\d)")
_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{9}")


def phone_in(text: str) -> str | None:
    """The one telephone number in a text, as digits that begin with 0; None where there is none, or several."""
    found = {number for match in _NUMBER.findall(text) if (number := _plain(match)) is not None}
    return found.pop() if len(found) == 1 else None


def _plain(typed: str) -> str | None:
    digits = re.sub(r"\D", "", typed)
    if digits.startswith("84"):
        digits = f"0{digits[2:].removeprefix('0')}"
    is_one = _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)
    return digits if is_one else None


def phone_shown(phone: str) -> str:
    """A number as it is read out: «0912 345 678», «0204 3888 999»; what is no such number stays as it is."""
    if not phone.isdigit() or len(phone) not in (10, 11):
        return phone
    return f"{phone[:4]} {phone[4:-3]} {phone[-3:]}"
