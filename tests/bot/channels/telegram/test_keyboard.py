"""Buttons that a small phone shows whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboard import HALF_ROW, keyboard_of, tap_of
from messages.channel import Choice, Tap


def rows(*labels: str) -> list[list[str]]:
    keyboard = keyboard_of("q", tuple(Choice(label, label) for label in labels))["inline_keyboard"]
    return [[button["text"] for button in row] for row in keyboard]  # type: ignore[attr-defined]


def test_short_labels_stand_in_pairs() -> None:
    assert rows("Quý I", "Quý II", "Quý III") == [["Quý I", "Quý II"], ["Quý III"]]


def test_a_long_label_stands_alone() -> None:
    long = "Đúng, ghi vào sổ của chi bộ"
    assert rows("Sửa", long, "Hủy", "Không") == [["Sửa"], [long], ["Hủy", "Không"]]


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=40))
def test_every_choice_is_there_once_in_order_with_its_number(labels: list[str]) -> None:
    keyboard = keyboard_of("q" * 16, tuple(Choice(label, label) for label in labels))["inline_keyboard"]
    buttons = [button for row in keyboard for button in row]  # type: ignore[attr-defined]
    assert [button["text"] for button in buttons] == labels
    taps = [tap_of(button["callback_data"]) for button in buttons]
    assert taps == [Tap(question="q" * 16, number=n) for n in range(1, len(labels) + 1)]
    assert all(len(button["callback_data"].encode()) <= 64 for button in buttons)
    assert all(len(row) == 1 or all(len(b["text"]) <= HALF_ROW for b in row) for row in keyboard)  # type: ignore[attr-defined]


@given(st.text())
def test_what_is_not_ours_is_a_tap_on_no_question(data: str) -> None:
    assert tap_of(f"{data}:x") == Tap(question="", number=0)
