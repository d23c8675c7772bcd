"""What a text means depends on the books: the cells of a commune are understood by its own people."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from storage.queries import senders
from storage.queries.unit_entry import end_unit
from tests.harness.stage import Stage

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


def heard(someone, text):
    stage = someone.stage
    with stage.begin() as session:
        person = senders.sender_of(session, someone.channel, someone.address, date(2022, 3, 28)).person
        return stage.house.hear(session, text, person, someone.message(text, AT))


@pytest.fixture
def secretary(stage):
    """The secretary of a commune with a cell «thôn Trại Hai»."""
    stage.cell("thôn Trại Hai", "Biên Sơn")
    return stage.person("secretary", "Biên Sơn", "zalo")


@pytest.mark.parametrize(
    "line",
    [
        "kn Nguyễn Văn An ở thôn Trại Hai 15/3",
        "kn Nguyen Van An o thon trai hai 15/3",
        "thôn trại hai kết nạp Nguyễn Văn An 15/3",
        "chi bộ thôn Trại Hai xã Biên Sơn kết nạp Nguyễn Văn An 15/3",
    ],
)
def test_an_own_cell_is_understood_and_its_name_is_nothing_else(secretary, line):
    meant = heard(secretary, line)
    assert meant.unit == "Chi bộ thôn Trại Hai"
    assert (meant.count, meant.people[0].gender, meant.unclear, meant.date) == (
        1,
        None,
        (),
        date(2022, 3, 15),
    )


def test_a_home_is_no_unit(secretary):
    assert heard(secretary, "kn Nguyễn Văn An quê thôn Trại Hai 15/3").unit is None


def test_a_cell_named_beside_another_commune_is_not_ones_own(secretary):
    assert heard(secretary, "chốt quý 1 Trù Hựu thôn Trại Hai").unit == "Trù Hựu"


def test_nobody_else_understands_the_cell(stage, secretary):
    line = "thôn Trại Hai kết nạp Nguyễn Văn An 15/3"
    for role, unit in (("secretary", "Trù Hựu"), ("district", "")):
        assert heard(stage.person(role, unit), line).unit is None


def test_each_commune_understands_its_own_cell_of_a_name_that_two_have(stage, secretary):
    stage.cell("thôn Trại Hai", "Kim Sơn")
    line = "thôn Trại Hai kết nạp Nguyễn Văn An 15/3"
    assert "Đơn vị: thôn Trại Hai" in secretary.says(line, AT)
    assert "Đơn vị: thôn Trại Hai" in stage.person("secretary", "Kim Sơn").says(line, AT)


def test_a_cell_that_another_process_adds_is_understood_at_once(plan_url, stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    line = "thôn Mới kết nạp Nguyễn Văn An 15/3"
    assert heard(secretary, line).unit is None
    other = Stage(plan_url)
    other.cell("thôn Mới", "Biên Sơn")
    other.engine.dispose()
    assert heard(secretary, line).unit == "Chi bộ thôn Mới"


def test_a_cell_that_ended_is_understood_no_more(stage, secretary):
    line = "thôn Trại Hai kết nạp Nguyễn Văn An 15/3"
    assert heard(secretary, line).unit is not None
    cell = stage.unit("thôn Trại Hai")
    with stage.begin() as session:
        end_unit(session, cell.id, date(2022, 1, 1), AT)
    assert heard(secretary, line).unit is None
