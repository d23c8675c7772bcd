"""Long texts in pieces: none too long, no word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.pieces import MOST, pieces_of, units


def test_a_text_that_fits_is_one_piece():
    assert pieces_of("x" * MOST) == ("x" * MOST,)


def test_characters_beyond_the_first_plane_count_twice():
    assert units("a😀") == 3
    assert [units(piece) for piece in pieces_of("😀" * 1001)] == [2000, 2]


def test_a_text_is_parted_at_the_last_end_of_a_line_that_fits():
    lines = [f"{number}. " + "đ" * 300 for number in range(1, 10)]
    first, second = pieces_of("\n".join(lines))
    assert first == "\n".join(lines[:6])
    assert second == "\n".join(lines[6:])


def test_a_line_that_is_too_long_is_parted_at_a_blank():
    assert pieces_of("một hai ba bốn", 8) == ("một hai", "ba bốn")


@pytest.mark.parametrize(
    "together",
    ["e\u0302\u0301", "o\u031b\u0323", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f33e", "\u2764\ufe0f"],
    ids=["ế", "ợ", "a thumb", "a farmer", "a heart"],
)
@pytest.mark.parametrize("before", range(8))
def test_what_is_seen_as_one_character_is_not_parted(together, before):
    text = "x" * before + together * 6
    pieces = pieces_of(text, 8)
    assert "".join(pieces) == text
    assert all(units(piece) <= 8 for piece in pieces)
    assert all(len(piece.replace("x", "")) % len(together) == 0 for piece in pieces)


def test_marks_without_end_are_parted_all_the_same():
    assert [len(piece) for piece in pieces_of("e" + "\u0301" * 9, 5)] == [5, 5]


def test_no_text_is_no_piece():
    assert pieces_of(" \n") == ()


@given(st.text(alphabet=st.sampled_from("aă😀\u0301\u200d \n1."), max_size=120), st.integers(2, 20))
def test_no_piece_is_too_long_and_nothing_but_blanks_is_left_out(text, most):
    pieces = pieces_of(text, most)
    assert all(0 < units(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
