"""Original messages are quoted with no more of a name than the hearer may see."""

from __future__ import annotations

from datetime import date

import pytest

from domain.office import NamesShown
from messages.quoting import quoted_to

DAY = date(2022, 3, 20)
HOA = ["Nguyễn Thị Hoa"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", "kn N.T.H. nữ sn 1999 ngày 15/3"),
        ("kn nguyen thi hoa 15/3", "kn N.T.H. 15/3"),
        ("Nguyễn Thị Hoa, Nguyễn Thị Hoa", "N.T.H., N.T.H."),
        ("sửa ngày 14/3", "sửa ngày 14/3"),
        ("Đúng, ghi nhận", "Đúng, ghi nhận"),
    ],
)
def test_names_on_the_books_are_shortened_however_they_were_typed(text, shown):
    assert quoted_to(text, HOA, NamesShown.INITIALS, DAY) == shown


@pytest.mark.parametrize(
    "text",
    [
        "kn Nguyễn Thị Hoa 15/3, đồng chí Trần Văn Minh giúp đỡ",
        "Lò Văn Pá",
        "lo van pa",
        "kn Nguyễn Thị Hoa dân tộc Nùng 15/3",
        "Nguyễn Thị Hoa có đạo",
    ],
)
def test_what_tells_of_others_or_of_descent_and_creed_is_withheld(text):
    assert quoted_to(text, HOA, NamesShown.INITIALS, DAY) is None


def test_the_own_server_shows_the_words_as_they_were():
    assert quoted_to("kn Nguyễn Thị Hoa", HOA, NamesShown.FULL, DAY) == "kn Nguyễn Thị Hoa"


def test_where_names_are_codes_somebody_is_a_comrade():
    assert quoted_to("kn Nguyễn Thị Hoa 15/3", HOA, NamesShown.CODE, DAY) == "kn đồng chí 15/3"
