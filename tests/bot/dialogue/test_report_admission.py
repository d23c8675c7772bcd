"""Reporting admissions: who is meant, each once, and nobody in another's place."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.tables import admissions, revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def recorded(stage):
    with stage.begin() as session:
        return session.execute(
            select(revisions.c.name, revisions.c.birth_year, admissions.c.candidate_id)
            .join(admissions, admissions.c.id == revisions.c.admission_id)
            .order_by(revisions.c.id)
        ).all()


def test_two_people_with_a_candidates_name_are_recorded_and_neither_takes_the_candidate(stage, secretary):
    stage.prepare("candidate", "Lê Văn Cường decided 16/3/2022", secretary, AT)
    secretary.says("kn Lê Văn Cường sn 1999, Lê Văn Cường sn 2001 ngày 20/3", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert recorded(stage) == [("Lê Văn Cường", 1999, None), ("Lê Văn Cường", 2001, None)]


def test_the_same_name_twice_in_a_line_is_not_taken_for_two_people(stage, secretary):
    answer = secretary.says("kn Nguyễn Thị Hoa, Nguyễn Thị Hoa sn 1999 ngày 15/3", AT)
    assert answer.startswith("Đồng chí nêu «Nguyễn Thị Hoa» hai lần.")
    assert "Đơn vị kết nạp đồng chí nào?" in answer
    assert recorded(stage) == []


def test_more_people_than_can_be_read_back_are_to_be_reported_in_parts(secretary):
    surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"]
    many = ", ".join(f"{surname} Văn {name}" for surname in surnames for name in ("An", "Bình"))
    assert "nhiều nhất 20 người" in secretary.says(f"kn {many} ngày 15/3", AT)


def test_a_number_of_people_beyond_all_measure_is_as_if_it_had_not_been_said(secretary):
    assert "Đơn vị kết nạp đồng chí nào?" in secretary.says("kết nạp 60 đồng chí", AT)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("chốt quý I", "Chỉ tiêu quý: 1."),
        ("quý này không có ai", "không phát sinh kết nạp trong quý I/2022"),
        ("vướng mắc: đường xa", "Gửi Ban Tổ chức Huyện ủy Lục Ngạn:\n«đường xa»"),
        ("quý II", "Quý II: 0/2"),
    ],
)
def test_a_text_that_says_something_else_is_not_taken_for_a_name(secretary, text, answered):
    secretary.says("báo cáo kết nạp", AT)
    answer = secretary.says(text, AT)
    assert answered in answer
    assert "Lễ kết nạp ngày nào?" not in answer


@pytest.mark.parametrize("name", ["Thanh Hải", "Nguyễn Kim Sơn"])
def test_a_name_that_a_unit_bears_too_is_a_name(secretary, name):
    secretary.says("báo cáo kết nạp", AT)
    assert "Lễ kết nạp ngày nào?" in secretary.says(name, AT)


def test_other_people_of_the_name_are_asked_about_anew_when_the_person_is_changed(stage, secretary):
    stage.prepare("admitted", "Nguyễn Thị Hoa 10/3/2022", secretary, AT)
    secretary.says("kn Nguyễn Thị Hoa ngày 20/3", AT)
    secretary.says("2", AT)  # another person
    secretary.says("sửa", AT)
    assert "kết nạp đồng chí nào?" in secretary.says("1", AT)
    assert "Có phải cùng một người" in secretary.says("Nguyễn Thị Hoà", AT)


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ("Nguyễn Thị Hoa", "Hoa", True),
        ("Hoa", "Nguyễn Thị Hoa", True),
        ("Nguyễn Thị Hoa", "Thị Hoa", True),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Thoa", False),
        ("Nguyễn Thị Hoa", "Vi Thị Hoa", False),
    ],
)
def test_a_name_in_short_may_be_one_that_was_reported_in_full(stage, secretary, first, second, is_asked):
    stage.prepare("admitted", f"{first} 10/3/2022", secretary, AT)
    answer = secretary.says(f"kn {second} ngày 15/3", AT)
    assert ("Có phải cùng một người" in answer) is is_asked


@pytest.mark.parametrize("number", ["1", "2", "2 đồng chí"])
def test_a_bare_number_in_place_of_a_name_is_not_said_to_be_understood_without_saying_what(
    stage, secretary, number
):
    secretary.says("kn", AT)
    answer = secretary.says(number, AT)
    assert "đã hiểu ." not in answer
    assert f"Tôi chưa thấy họ tên trong «{number}»." in answer
