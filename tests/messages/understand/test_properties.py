"""What holds for every text, and for every order of the parts of a report."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.fold import fold
from messages.understand import (
    Heard,
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


TOLD = {
    "marked": {
        "kết nạp": {},
        "đồng chí Nguyễn Thị Hoa": {},
        "nữ": {},
        "sinh năm 1999": {},
        "ngày 15/3": {},
        "QĐ 99-QĐ/HU": {},
        "đoàn viên": {"youth": True},
        "dân tộc Nùng": {"minority": True},
        "không theo đạo": {"religious": False},
        "trình độ đại học": {"schooling": "university"},
        "công nhân": {"private_sector": True},
        "nông thôn": {"rural": True},
        "phó thôn": {"village_head": True},
    },
    "plain": {
        "kn": {},
        "dc nguyen thi hoa": {},
        "nu": {},
        "sn 1999": {},
        "ngay 15/3": {},
        "qd 99-qd/hu": {},
        "doan vien": {"youth": True},
        "dan toc tay": {"minority": True},
        "khong theo dao": {"religious": False},
        "trinh do cao dang": {"schooling": "college"},
        "nong thon": {"rural": True},
    },
}


@pytest.mark.parametrize("parts", TOLD.values(), ids=TOLD)
@given(drawn=st.data())
def test_any_mixture_of_parts_in_any_order_fills_the_same_slots(
    parts: dict[str, dict[str, object]], drawn: st.DataObject
) -> None:
    needed, more = list(parts)[:2], list(parts)[2:]
    chosen = drawn.draw(st.permutations([*needed, *drawn.draw(st.lists(st.sampled_from(more), unique=True))]))
    heard = understand(", ".join(chosen), today=TODAY, units=UNITS, district=False)
    said = set(chosen)
    assert heard.intent is Intent.ADMISSION, chosen
    assert [(person.name, person.gender, person.birth_year) for person in heard.people] == [
        (
            needed[1].split(" ", 1)[1].removeprefix("chí "),
            "nữ" if said & {"nữ", "nu"} else None,
            1999 if any("1999" in part for part in said) else None,
        )
    ], chosen
    assert heard.date == (date(2022, 3, 15) if any("15/3" in part for part in said) else None), chosen
    assert heard.facts.told() == {name: fact for part in chosen for name, fact in parts[part].items()}, chosen
    assert (heard.count, heard.code, heard.responsible, heard.unclear) == (1, None, None, ()), chosen


CODES = st.sampled_from(["BS-22-01", "bs-22-14", "bs 22 07", "TPT3-22-02", "VM-3", "BG-2", "qc-12"])


@given(texts, CODES, texts)
def test_a_code_is_never_a_date_a_number_or_a_name(before: str, code: str, after: str) -> None:
    heard = understand(f"{before}\n{code}\n{after}", today=TODAY, units=UNITS, district=False)
    assert heard.code is not None or "code" in heard.unclear or len(before) > 1000 or heard == Heard()
    assert not any(
        letters in {"BS", "TPT", "VM", "BG"} for person in heard.people for letters in person.name.split()
    )


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    texts,
    st.sampled_from(["024199001234", "024 199 001 234", "121234567", "0987654321", "0987 654 321"]),
    texts,
)
def test_the_number_of_a_card_or_a_telephone_is_nothing_else(before: str, number: str, after: str) -> None:
    with_number = understand(f"{before}\n{number}\n{after}", today=TODAY, units=UNITS, district=False)
    assert with_number.count != int(number.replace(" ", ""))
    assert not any(number[:3] in person.name for person in with_number.people)
