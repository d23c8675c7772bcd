"""The words of the roll-up, and of one unit as the district sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.progress import Breakdown, FilingState, RollUp, UnitProgress
from messages.channel import Choice
from messages.say import Say

_GROUPS: Final = (
    ("nữ", "women"),
    ("DTTS", "minority"),
    ("có đạo", "religious"),
    ("đoàn viên", "youth"),
    ("nông thôn", "rural"),
    ("trưởng, phó thôn", "village_heads"),
    ("doanh nghiệp", "private_sector"),
    ("chưa rõ giới tính", "sex_unknown"),
)
"""The groups in the order of a report; one that nobody has been reported in is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom a unit has admitted, with the date that counts."""

    name: str
    on: date


def rollup_words(roll_up: RollUp, office: str, choices: Sequence[Choice] = ()) -> Say:
    """All units' progress in a quarter, in the order in which a report reads; `office` when no district is known."""
    before = {row.unit.id: row for row in roll_up.before_amended}
    facts = {
        "all": roll_up,
        "place": roll_up.district or office,
        "groups": _groups(roll_up.breakdown),
        "drafts": roll_up.in_state(FilingState.DRAFT),
        "nils": roll_up.in_state(FilingState.NIL),
        "amended": [(row, before.get(row.unit.id, row)) for row in roll_up.amended_after_close],
    }
    return Say("rollup/district", facts, tuple(choices))


def unit_words(now: UnitProgress, admitted: Sequence[Named], choices: Sequence[Choice] = ()) -> Say:
    """One unit's quarter as the district sees it, with the people admitted."""
    return Say("rollup/unit", {"now": now, "admitted": admitted}, tuple(choices))


def _groups(breakdown: Breakdown) -> list[tuple[str, int]]:
    counted = [(words, int(getattr(breakdown, name))) for words, name in _GROUPS]
    return [(words, number) for words, number in counted if number]
