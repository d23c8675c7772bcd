"""Which numbers are those of an identity card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.understand import holds_id_number


@pytest.mark.parametrize(
    "text",
    [
        "024199001234",
        "kn Hoa 024199001234 ngày 15/3",
        "CCCD: 024 199 001 234",
        "kn Hoa 024199001234 15/3",
        "15-3 024199001234",
        "kn Hoa 15 3 024 199 001 234",
        "cccd 0241.9900.1234",
        "cccd024-199-001-234, sn 1999",
        "0 2 4 1 9 9 0 0 1 2 3 4",
        "02 41 99 00 12 34",
        "123456789012",
        "số căn cước ０２４１９９００１２３４",
    ],
)
def test_twelve_digits_are_the_number_of_a_card(text: str) -> None:
    assert holds_id_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3",
        "0987654321",
        "0987 654 321",
        "098.765.4321",
        "+84 987 654 321",
        "gọi 0987654321 15/3",
        "gọi 0987654321 hoặc 0912345678",
        "0987654321 0912345678",
        "121234567",
        "QĐ 1234-QĐ/HU ngày 15-03-2022",
        "15.03.2022 16.3.22",
        "sinh 12-05-1999 kết nạp 15-3-2022",
        "1996 1997 1998",
        "1 2 3 4 5 6",
        "0241990012345",
        "BS-22-01, BS-22-02, BS-22-03",
        "02419900123",
        "0987654321 15/3/2022",
        "15 3 2022 0987654321",
        "0987 654 321 1998 2000",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not holds_id_number(text)


@given(st.integers(0, 10**12 - 1), st.sampled_from(["", " ", ".", "-"]), st.text("abc ,:", max_size=9))
def test_a_card_is_found_however_its_digits_are_grouped_by_three(number: int, gap: str, before: str) -> None:
    digits = f"{number:012}"
    assert holds_id_number(before + gap.join(digits[at : at + 3] for at in range(0, 12, 3)))


@given(st.text())
def test_no_text_raises(text: str) -> None:
    holds_id_number(text)
