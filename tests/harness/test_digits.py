"""The digit of a choice is the one under which the phone shows it, and there is none where it is not shown."""

from __future__ import annotations

import pytest

from tests.harness.digits import Choosing

ASK = "Đồng chí kiểm tra giúp:\nKết nạp: V.V.T.\n1. Đúng, ghi nhận\n2. Sửa\n3. Bỏ"
NOTICE = "Họp giao ban ngày 30/3."


@pytest.mark.parametrize("texts", [[ASK], [ASK, NOTICE], ["Chọn\n1. Menu", ASK], []])
def test_the_digit_is_of_the_last_text_that_has_choices_and_of_the_menu_before_all(texts):
    assert Choosing(2, "Sửa").typed_after(texts) == "2"


@pytest.mark.parametrize("texts", [["Chọn\n1. Sửa\n2. Menu"], [ASK, "Chọn\n1. Menu"], [NOTICE]])
def test_what_is_shown_under_another_digit_or_not_at_all_cannot_be_typed(texts):
    with pytest.raises((AssertionError, IndexError)):
        Choosing(2, "Sửa").typed_after(texts)
