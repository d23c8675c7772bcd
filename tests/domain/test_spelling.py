from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.spelling import bare


def test_marks_case_and_spaces_make_no_other_name() -> None:
    assert bare("  ĐÈO   Gia ") == bare("deo gia") == "deo gia"
    assert bare("Đảng- Đoàn thể") == bare("Đảng - Đoàn thể")


@given(st.text())
def test_the_unicode_form_makes_no_other_name(text: str) -> None:
    assert bare(unicodedata.normalize("NFD", text)) == bare(unicodedata.normalize("NFC", text))


@given(st.text())
def test_a_bare_name_stays_as_it_is(text: str) -> None:
    assert bare(bare(text)) == bare(text)
