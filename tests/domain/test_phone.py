"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest

from domain.phone import phone_in, phone_shown


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "+84 912 345 678",
        "84912345678",
        "(+84) 0912345678",
        "số của tôi là 0912 34 56 78 nhé",
    ],
)
def test_a_mobile_number_is_kept_in_one_form(typed):
    assert phone_in(typed) == "0912345678"


def test_a_number_of_an_office_has_a_digit_more():
    assert phone_in("0204 3888 999") == "02043888999"


@pytest.mark.parametrize(
    "typed",
    ["", "15/3/2022", "091234567", "09123456789", "0112345678", "001099012345", "0912345678 hoặc 0987654321"],
)
def test_what_is_no_number_or_several_is_none(typed):
    assert phone_in(typed) is None


def test_a_number_is_read_out_in_groups():
    assert phone_shown("0912345678") == "0912 345 678"
    assert phone_shown("02043888999") == "0204 3888 999"
    assert phone_shown("113") == "113"
