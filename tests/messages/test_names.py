"""Names as a channel may carry them, and names that are like one another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from domain.office import NamesShown
from messages.names import name_shown, near_name, of_name, told_apart


@dataclass
class One:
    name: str
    birth_year: int | None = None
    code: str = "QC-1"


def test_a_name_is_hidden_behind_its_code():
    assert name_shown("Vi Thị Hạ", NamesShown.CODE, "QC-3") == "QC-3"
    assert name_shown("Vi Thị Hạ", NamesShown.CODE) == "đồng chí"
    assert name_shown("Vi Thị Hạ", NamesShown.INITIALS, "QC-3") == "V.T.H."
    assert name_shown("Vi Thị Hạ", NamesShown.FULL, "QC-3") == "Vi Thị Hạ"


def test_equal_initials_are_told_apart_by_the_year_of_birth_and_else_by_the_code():
    by_year = [One("Vi Thị Hạ", 1999), One("Vi Thị Hoa", 2001), One("Lê Văn An")]
    assert told_apart(by_year, NamesShown.INITIALS) == ("V.T.H. 1999", "V.T.H. 2001", "L.V.A.")
    assert told_apart(by_year, NamesShown.FULL) == ("Vi Thị Hạ", "Vi Thị Hoa", "Lê Văn An")
    by_code = [One("Vi Thị Hạ", 1999, "QC-1"), One("Vi Thị Hoa", None, "QC-2")]
    assert told_apart(by_code, NamesShown.INITIALS) == ("V.T.H. QC-1", "V.T.H. QC-2")
    assert told_apart(by_code, NamesShown.CODE) == ("QC-1", "QC-2")


@pytest.mark.parametrize("how", NamesShown)
def test_no_two_people_look_alike(how):
    people = [One("Vi Thị Hạ", year, f"QC-{number}") for number, year in enumerate((1999, 1999, None, 2000))]
    assert len(set(told_apart(people, how))) == len(people)


PEOPLE = (One("Nguyễn Thị Hoa"), One("Vi Thị Hoa"), One("Hoàng Văn Nam"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("hoa", [0, 1]),
        ("vi thi hoà", [1]),
        ("Thị Hoa", [0, 1]),
        ("nam", [2]),
        ("Hoàng Văn Nam", [2]),
        ("đồng chí Hoàng Văn Nam", [2]),
        ("Thoa", []),
        ("an", []),
    ],
)
def test_people_are_found_by_the_end_of_their_names(said, found):
    assert list(of_name(PEOPLE, said)) == [PEOPLE[at] for at in found]


@pytest.mark.parametrize(
    ("said", "found"), [("Hoang Van Nan", [2]), ("Vi Thi Hia", [1]), ("Trần Minh", []), ("x", []), ("", [])]
)
def test_people_are_offered_whose_names_are_a_slip_away(said, found):
    assert list(near_name(PEOPLE, said)) == [PEOPLE[at] for at in found]
