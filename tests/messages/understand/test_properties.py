"""What holds for every text, and for every order of the parts of a report."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.understand import (
    Intent,
    UnitNames,
    read_date,
    read_number,
    read_people,
    read_quarter,
    understand,
)
from storage.data import shipped_units

TODAY = date(2022, 3, 20)
UNITS = UnitNames(shipped_units())
WORDS = [
    "kết nạp",
    "kn",
    "dc",
    "đồng chí",
    "15/3",
    "9/10",
    "nguyễn thị hoa",
    "Vi Văn Hai",
    "nam",
    "nữ",
    "sn 1999",
    "quý 1",
    "q1/22",
    "hôm qua",
    "thứ 4",
    "ngày 15",
    "tháng 3",
    "năm",
    "2",
    "hai",
    ":",
    ",",
    ".",
    ";",
    "(",
    ")",
    "/",
    "chưa",
    "sắp",
    "99-QĐ/HU",
    "xã Tân Sơn",
    "trưởng thôn",
    "không có",
    "mai",
    "chốt",
    "😀",
    "\n",
    "\x00",
    "0",
    "99999999999",
    "²",
    "/ketnap",
    "?",
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@given(texts, st.booleans())
def test_no_text_whatever_raises(text: str, district: bool) -> None:
    heard = understand(text, today=TODAY, units=UNITS, district=district)
    json.dumps(heard.as_json())


@given(texts)
def test_no_answer_whatever_raises(text: str) -> None:
    read_date(text, TODAY)
    read_date(text, TODAY, ahead=True)
    read_number(text)
    read_people(text, TODAY)
    read_quarter(text, TODAY)


@given(texts)
def test_without_a_year_a_report_lies_ahead_by_a_month_at_most(text: str) -> None:
    day = understand(text, today=TODAY, units=UNITS, district=False)
    if day.intent is Intent.ADMISSION and day.date and not any(c in text for c in ("/22", "2022", "năm")):
        assert day.date <= TODAY + timedelta(days=32)


@pytest.mark.parametrize("size", [10_000])
@pytest.mark.parametrize("piece", ["a", "kết nạp ", "1/", "😀", " ", "nguyễn văn an, ", "ấ", "9"])
def test_a_very_long_message_is_no_report(piece: str, size: int) -> None:
    text = (piece * size)[:size]
    assert understand(text, today=TODAY, units=UNITS, district=False).intent is Intent.UNKNOWN


PARTS = {
    "marked": ("kết nạp", "Nguyễn Thị Hoa", "nữ", "sinh năm 1999", "ngày 15/3", "QĐ 99-QĐ/HU"),
    "plain": ("kn", "nguyen thi hoa", "nu", "sn 1999", "ngay 15/3", "qd 99-qd/hu"),
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("joint", [", ", " - ", "; "])
def test_the_parts_of_a_report_mean_the_same_in_any_order(parts: tuple[str, ...], joint: str) -> None:
    for order in permutations(parts):
        heard = understand(joint.join(order), today=TODAY, units=UNITS, district=False)
        person = heard.people[0] if heard.people else None
        assert heard.intent is Intent.ADMISSION, order
        assert person is not None, order
        assert (person.name, person.gender, person.birth_year) == (parts[1], "nữ", 1999), order
        assert (heard.date, heard.count, heard.unclear) == (date(2022, 3, 15), 1, ()), order
        assert (heard.decision or "").lower().startswith("99-q"), order


people = st.lists(
    st.tuples(
        st.sampled_from(["Nguyễn", "Trần", "Vi", "Hoàng", "Lý", "Nông"]),
        st.sampled_from(["Văn", "Thị"]),
        st.sampled_from(
            ["Hai", "Năm", "Sáu", "Tư", "Bảy", "Quý", "Kết", "Hoa", "Mai", "Huy", "Thu", "Nam", "Minh"]
        ),
        st.integers(1965, 2003),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda p: p[:3],
)


@given(people, st.sampled_from(["ngày 15/3", "hôm qua", "ngày 2 tháng 3"]), st.booleans())
def test_everybody_named_is_heard_with_the_year_of_birth(
    said: list[tuple[str, str, str, int]], when: str, day_first: bool
) -> None:
    named = ", ".join(f"{' '.join(name)} {year}" for *name, year in said)
    text = f"{when} kết nạp {named}" if day_first else f"kết nạp {named} {when}"
    heard = understand(text, today=TODAY, units=UNITS, district=False)
    assert [(p.name, p.birth_year) for p in heard.people] == [(" ".join(name), year) for *name, year in said]
    assert heard.count == len(said)
    assert heard.date is not None
