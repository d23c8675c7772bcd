"""Numbers, quarters and names as answers to one question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Quarter
from messages.understand import (
    PersonSaid,
    Reading,
    UnitNames,
    read_date,
    read_number,
    read_people,
    read_quarter,
    read_yes_no,
    understand,
)

TODAY = date(2022, 3, 20)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("hai", 2),
        ("2 đồng chí", 2),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("tu", 4),
        ("bảy", 7),
        ("03", 3),
    ],
)
def test_a_number_is_read_in_digits_and_words(text: str, value: int) -> None:
    assert read_number(text) == Reading(value)


def test_two_numbers_are_choices() -> None:
    assert read_number("2 hay 3") == Reading(choices=(2, 3))


@given(st.integers(0, 999))
def test_every_number_in_digits_is_itself(value: int) -> None:
    assert read_number(f"{value} người") == Reading(value)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("quý I", Quarter(2022, 1)),
        ("quí 2", Quarter(2022, 2)),
        ("q1", Quarter(2022, 1)),
        ("qIV", Quarter(2022, 4)),
        ("QUÝ III", Quarter(2022, 3)),
        ("quý tư", Quarter(2022, 4)),
        ("quý này", Quarter(2022, 1)),
        ("quý trước", Quarter(2021, 4)),
        ("quý sau", Quarter(2022, 2)),
        ("q1/22", Quarter(2022, 1)),
        ("quý 4 năm ngoái", Quarter(2021, 4)),
        ("quý 3 năm 2021", Quarter(2021, 3)),
        ("2", Quarter(2022, 2)),
    ],
)
def test_a_quarter_is_read_in_all_its_writings(text: str, quarter: Quarter) -> None:
    assert read_quarter(text, TODAY) == Reading(quarter)


@pytest.mark.parametrize(
    ("today", "text", "quarter"),
    [
        (date(2022, 3, 20), "chốt quý 3", "2022-Q3"),
        (date(2022, 3, 20), "chốt quý 4", "2022-Q4"),
        (date(2022, 3, 20), "không phát sinh quý 2", "2022-Q2"),
        (date(2022, 1, 3), "chốt quý 4", "2021-Q4"),
        (date(2023, 1, 3), "chốt quý 4", "2022-Q4"),
        (date(2023, 1, 3), "không phát sinh quý 3", "2023-Q3"),
        (date(2022, 2, 11), "chốt quý 4", "2021-Q4"),
        (date(2022, 2, 12), "chốt quý 4", "2022-Q4"),
        (date(2022, 2, 12), "chốt quý 4 năm ngoái", "2021-Q4"),
        (date(2022, 4, 5), "chốt quý 1", "2022-Q1"),
    ],
)
def test_a_quarter_filed_is_of_this_year_unless_last_year_s_is_just_over(
    today: date, text: str, quarter: str
) -> None:
    heard = understand(text, today=today, units=UnitNames(()), district=False)
    assert (heard.quarter, heard.unclear) == (Quarter.parse(quarter), ())


@pytest.mark.parametrize(
    "number", ["024199001234", "001199001234", "000000000012", "121234567", "012 345 678"]
)
def test_the_number_of_an_identity_card_is_no_answer(number: str) -> None:
    assert read_number(number).nothing
    assert read_date(number, TODAY).nothing
    assert read_quarter(number, TODAY).nothing
    assert read_people(number, TODAY) == ()
    assert [one.name for one in read_people(f"Vi Văn Toàn {number}", TODAY)] == ["Vi Văn Toàn"]


@pytest.mark.parametrize("text", ["Quý Sơn", "quý 5", "quý vị", "quý", "7"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert read_quarter(text, TODAY).nothing


def person(
    name: str, gender: str | None = None, year: int | None = None
) -> tuple[str, str | None, int | None]:
    return name, gender, year


def short(people: tuple[PersonSaid, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(one.name, one.gender, one.birth_year) for one in people]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Nguyễn Thị Hoa", [person("Nguyễn Thị Hoa")]),
        ("nguyen thi hoa nu sn 1999", [person("nguyen thi hoa", "nữ", 1999)]),
        ("NGUYỄN THỊ HOA 1999", [person("NGUYỄN THỊ HOA", None, 1999)]),
        ("Nguyen van an 1996", [person("Nguyen van an", None, 1996)]),
        (
            "Trần Văn Minh 1996, Lý Thị Bảy 2001",
            [person("Trần Văn Minh", None, 1996), person("Lý Thị Bảy", None, 2001)],
        ),
        ("1. Nguyễn Văn An 2. Lê Hoa", [person("Nguyễn Văn An"), person("Lê Hoa")]),
        ("nguyen thi hoa va tran van minh", [person("nguyen thi hoa"), person("tran van minh")]),
        ("Vi Văn Hai nam 12/5/1996", [person("Vi Văn Hai", "nam", 1996)]),
        ("anh Hai", [person("Hai", "nam")]),
        ("Chị Hương", [person("Hương", "nữ")]),
        ("dong chi tu", [person("tu")]),
        ("be thi ha, nu, 1999", [person("be thi ha", "nữ", 1999)]),
        ("lo van be", [person("lo van be")]),
        ("hoang thi la", [person("hoang thi la")]),
        ("vuong thi duoc sn 2000", [person("vuong thi duoc", None, 2000)]),
        ("leo thi bay va mai thi tham", [person("leo thi bay"), person("mai thi tham")]),
        ("Hoa", [person("Hoa")]),
        ("hoa", [person("hoa")]),
        ("Nam", [person("Nam")]),
        ("Thanh Hải", [person("Thanh Hải")]),
        ("Ma Seo Páo", [person("Ma Seo Páo")]),
        ("Nguyễn Văn Sinh 1990", [person("Nguyễn Văn Sinh", None, 1990)]),
    ],
)
def test_people_are_read_with_what_is_said_of_them(
    text: str, people: list[tuple[str, str | None, int | None]]
) -> None:
    assert short(read_people(text, TODAY)) == people


def test_a_birth_date_is_read_whole() -> None:
    (found,) = read_people("Hoa sinh ngày 12/5/1999", TODAY)
    assert (found.birth_date, found.birth_year) == (date(1999, 5, 12), 1999)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "15/3",
        "ma van chua",
        "chua co ai",
        "😀",
        "không có",
        "Không có",
        "hủy",
        "mai",
        "tiến độ",
        "Chốt quý 1",
        "menu",
        "đúng",
        "tôi không biết",
    ],
)
def test_what_is_no_name_names_nobody(text: str) -> None:
    assert read_people(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "yes"),
    [("đúng", True), ("dạ đúng rồi ạ", True), ("ok", True), ("không", False), ("ko dung", False)],
)
def test_yes_and_no_are_told_apart(text: str, yes: bool) -> None:
    assert read_yes_no(text) is yes


@pytest.mark.parametrize("text", ["", "1", "Nguyễn Thị Hoa", "chắc thế nào nhỉ", "đúng mà cũng không"])
def test_neither_yes_nor_no_is_none(text: str) -> None:
    assert read_yes_no(text) is None
