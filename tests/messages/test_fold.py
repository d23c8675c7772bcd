from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.fold import clean, flat, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ viên", "ủy viên"),
        ("toà án", "TÒA  ÁN"),
        ("Đảng ủy", "dang uy"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoa"), "nguyen thi hoa"),
        ("Chũ\u200b", "chu"),
        ("a\u00a0b\tc", "a b c"),
    ],
)
def test_two_writings_of_the_same_words_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_letters_stay_different() -> None:
    assert fold("Tân Sơn") != fold("Tân Hoa")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_marks_do_not_matter_whether_composed_or_not(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_every_flat_letter_stands_where_the_typed_one_stood(text: str) -> None:
    typed = clean(text)
    assert len(flat(typed)) == len(typed)
