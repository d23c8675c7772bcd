"""What stands on every paper of an office: whose it is, the place, the dates, and the plan it speaks of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.facts import Schooling
from domain.figures import Figures
from domain.office import Office
from domain.period import ROMAN
from domain.progress import Breakdown, PlanTerms, RollUp

_COMMITTEE: Final = re.compile(r"\w+ (?:ủy|uỷ)\b")
_HEADS: Final = (("Ban ", "TRƯỞNG BAN"), ("Văn phòng ", "CHÁNH VĂN PHÒNG"))
_BOARD_OF: Final = re.compile(r"(?P<board>.+?) (?P<above>\w+ (?:ủy|uỷ) .+)")

GROUPS: Final = (
    ("Nữ", "women"),
    ("Dân tộc thiểu số", "minority"),
    ("Có đạo", "religious"),
    ("Đoàn viên (18-30 tuổi)", "youth"),
    ("Ở nông thôn", "rural"),
    ("Trong doanh nghiệp ngoài khu vực Nhà nước", "private_sector"),
    ("Trưởng, phó thôn", "village_heads"),
    ("Chưa rõ giới tính", "sex_unknown"),
)
"""The groups of a breakdown in the order of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose paper it is: the committee `above` (may be empty), its `board`, the `sign` of its reports, the place.

    `signs` are the lines above the signature: the head of a board signs directly, a committee's secretary on its behalf.
    """

    above: str
    board: str
    sign: str
    place: str
    signs: tuple[str, ...]


def letterhead(figures: Figures, office: Office) -> Letterhead:
    """The head of this office's papers, read from its name («Ban Tổ chức Huyện ủy Lục Ngạn»)."""
    match = _BOARD_OF.fullmatch(office.name)
    board, above = (match["board"], match["above"]) if match else (office.name, "")
    return Letterhead(
        above=above,
        board=board,
        sign=f"BC/{_initials(board)}{_initials(' '.join(above.split()[:2]))}",
        place=figures.roll_up.district,
        signs=_signs(board),
    )


def _signs(whose: str) -> tuple[str, ...]:
    if _COMMITTEE.match(whose):
        return "T/M BAN THƯỜNG VỤ", "BÍ THƯ"
    return (next((head for board, head in _HEADS if f"{whose} ".startswith(board)), "THỦ TRƯỞNG CƠ QUAN"),)


def _initials(words: str) -> str:
    """«Ban Tổ chức» is BTC; only Đ keeps its stroke, for it is a letter of its own."""
    firsts = unicodedata.normalize("NFD", "".join(word[0] for word in words.split()))
    return "".join(letter for letter in firsts if not unicodedata.combining(letter)).upper()


def dated(place: str, day: date) -> str:
    """Place and date as papers bear them: «Lục Ngạn, ngày 05 tháng 02 năm 2022»."""
    when = f"ngày {day.day:02} tháng {day.month:0{2 if day.month < 3 else 1}} năm {day.year}"
    return f"{place}, {when}" if place else when.capitalize()


def counted_until(figures: Figures, office: Office) -> str:
    """The moment that the figures stand for: «17:00 ngày 31/3/2022»."""
    local = figures.roll_up.as_of.astimezone(office.timezone)
    return f"{local:%H:%M} ngày {_day(local)}"


def plan_named(plan: PlanTerms, above: str) -> str:
    """The plan with its date and whose it is."""
    whose = f" của Ban Thường vụ {above}" if above else ""
    return f"Kế hoạch số {plan.number}, ngày {_day(plan.signed_on)}{whose}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def counted_groups(breakdown: Breakdown) -> list[tuple[str, int]]:
    """Every group with its number, also those that nobody was reported in."""
    return [(words, int(getattr(breakdown, name))) for words, name in GROUPS]


def counted_schooling(roll_up: RollUp) -> list[tuple[str, int]]:
    """Each schooling that was told with its number, and of how many it was not; empty where none was told."""
    told = roll_up.breakdown.schooling
    unknown = max(0, roll_up.admitted.quarter - sum(told.values()))
    counted = [(each.words, told[each]) for each in Schooling if told[each]]
    return [*counted, *([("chưa rõ", unknown)] if unknown else [])] if counted else []


def column_heading(names: list[str]) -> str:
    """What the column of names is called in the annex: cells have a word of their own."""
    return "Tên đảng bộ, chi bộ" if any(name.startswith("Chi bộ") for name in names) else "Tên đảng bộ"


def table_number(number: int) -> str:
    """A table of the annex as it is numbered there: in Roman as long as there are numerals for it."""
    return ROMAN[number - 1] if number <= len(ROMAN) else str(number)


def table_title(number: int, names: list[str]) -> str:
    """What stands above a table of the annex: its number, how many units it has, and of which kind."""
    return f"BIỂU {table_number(number)}. {len(names)} {column_heading(names).removeprefix('Tên ')}"
