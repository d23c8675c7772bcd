"""Rows of units and their pages, and lists that share the room of one message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.at_risk import AtRisk
from domain.candidate import Step
from domain.period import Quarter
from domain.progress import Filed, FilingKind, Tally, UnitProgress
from messages.say import LONGEST
from messages.status_words import fitted, pages, risk_words, row_pages, row_words
from storage.data import shipped_units

Q1 = Quarter(2022, 1)
UNITS = [unit for unit in shipped_units() if unit.block]
FILED, NIL = (Filed(kind=kind, at=datetime(2022, 3, 30, 2, 5, tzinfo=UTC)) for kind in FilingKind)


def row(number: int, admitted: int, target: int, filed: Filed | None = None) -> UnitProgress:
    return UnitProgress(
        unit=UNITS[number],
        quarter=Q1,
        target=Tally(quarter=target, to_date=target, year=12),
        admitted=Tally(quarter=admitted, to_date=admitted, year=admitted),
        filed=filed,
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (row(7, 3, 2, FILED), "● 108 Hồng Giang 3/2 · 3/12 ▲"),
        (row(0, 1, 1), "◐ 101 Biên Sơn 1/1 · 1/12"),
        (row(0, 0, 1), "○ 101 Biên Sơn 0/1 · 0/12"),
        (row(0, 0, 1, NIL), "∅ 101 Biên Sơn 0/1 · 0/12"),
        (row(54, 0, 0), "– 226 Y Dược Bắc Thăng Long 0/0 · 0/12"),
    ],
)
def test_a_row_says_state_number_name_and_figures(now, words):
    assert row_words(now) == words


def test_the_fifty_five_units_are_two_pages_each_well_within_a_message():
    found = row_pages([row(number, 12, 10) for number in range(55)])
    assert [len(page) for page in found] == [29, 26]
    assert all(len("\n".join(page)) < LONGEST - 600 for page in found)


def test_a_cluster_is_one_page_whatever_blocks_its_units_are_of():
    assert [len(page) for page in row_pages([row(number, 0, 1) for number in (3, 28, 40)])] == [3]


def test_pages_hold_every_line_once():
    lines = [f"đơn vị số {number}" * 5 for number in range(200)]
    found = pages(lines)
    assert [line for page in found for line in page] == lines
    assert all(sum(len(line) + 1 for line in page) <= LONGEST for page in found)
    assert pages([]) == ((),)


def test_lists_share_their_room_and_count_whom_they_do_not_name():
    long, short = [f"Đơn vị thứ {n}" for n in range(60)], ["Chũ", "Tân Hoa"]
    words = fitted([long[:45], short, []], 300, [60, 2, 0])
    assert sum(map(len, words)) <= 300
    assert words[0].startswith("Đơn vị thứ 0, ")
    assert words[0].endswith(" đơn vị khác")
    assert words[1:] == ["Chũ, Tân Hoa", ""]
    named = words[0].count("Đơn vị thứ")
    assert named < 45
    assert f" và {60 - named} đơn vị khác" in words[0]


def test_the_early_warning_says_its_sum():
    risk = AtRisk(unit=UNITS[27], missing=2, ready=((Step.DECIDED, 1),))
    assert risk_words(risk) == "còn thiếu 2, có thể kịp 1: 1 đã có quyết định; thiếu 1"
    assert risk_words(AtRisk(unit=UNITS[27], missing=2)) == "còn thiếu 2, chưa có ai kịp"
