"""Telling more of who was admitted: in taps, stored beside what is known, counted and never shown."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from domain.facts import Facts, Schooling
from domain.period import Quarter
from storage.queries.facts import known_of
from storage.queries.rollup import roll_up
from storage.tables import revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
LATER = datetime.fromisoformat("2022-04-20T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def report(someone, line="kn Nguyễn Thị Hoa 15/3"):
    someone.says(line, AT)
    assert "Đã ghi nhận" in someone.says("1", AT)


def taps(someone, *numbers):
    for number in numbers:
        answer = someone.says(number, AT)
    return answer


def known(stage, someone):
    with stage.begin() as session:
        first = Quarter(2022, 1).first_day
        return known_of(session, [someone.unit.id], first, stage.office.count_by)


def test_all_is_told_in_eight_taps(stage, secretary):
    report(secretary)
    secretary.says("1", AT)
    answer = taps(secretary, *"21121212"[:7], "6")
    assert "thông tin thêm của BS-22-01" in answer
    (one,) = known(stage, secretary)
    assert one.gender == "nữ"
    assert one.facts == Facts(
        youth=True,
        minority=True,
        religious=False,
        rural=True,
        private_sector=False,
        village_head=True,
        schooling=Schooling.UNIVERSITY,
    )


def test_nothing_is_overwritten(stage, secretary):
    report(secretary)
    taps(secretary, "1", "2", "4")
    with stage.begin() as session:
        first, second = session.execute(select(revisions).order_by(revisions.c.number)).all()
    assert (first.gender, first.until_at, second.gender, second.until_at) == (None, stage.now, "nữ", None)
    assert (first.name, first.ceremony_on) == (second.name, second.ceremony_on)


def test_what_was_told_counts_in_the_roll_up(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa nữ, đoàn viên 15/3")
    secretary.says("1", AT)
    taps(secretary, *"1221113")
    with stage.begin() as session:
        counted = roll_up(session, Quarter(2022, 1), stage.now, stage.office).breakdown
    assert (counted.women, counted.youth, counted.minority, counted.religious) == (1, 1, 1, 0)
    assert (counted.rural, counted.private_sector, counted.village_heads) == (0, 1, 1)


def test_what_is_known_already_is_not_asked(secretary):
    report(secretary, "kn Nguyễn Thị Hoa nữ, dân tộc Tày, đoàn viên 15/3")
    assert "có theo đạo không?" in secretary.says("1", AT)


def test_what_is_sensitive_is_said_in_no_message(stage, secretary):
    secretary.says("kn Nguyễn Thị Hoa dân tộc Tày, theo đạo Công giáo 15/3", AT)
    confirm, receipt = secretary.last.text, secretary.says("1", AT)
    assert "Thông tin thêm: đã ghi" in confirm
    for words in (confirm, receipt):
        assert not any(said in words for said in ("Tày", "Công giáo", "thiểu số", "có đạo"))
    (one,) = known(stage, secretary)
    assert (one.facts.minority, one.facts.religious) == (True, True)


def test_undoing_brings_back_what_was_known_before(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa đoàn viên 15/3")
    before = known(stage, secretary)
    secretary.says("1", AT)
    taps(secretary, "2", "1", "4")
    assert known(stage, secretary) != before
    secretary.says("hoàn tác", AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    assert known(stage, secretary) == before


def test_a_cells_secretary_tells_of_the_cells_own_people_only(stage, secretary):
    report(secretary)
    cell = stage.person("cell_secretary", stage.cell("Thôn Một", "Biên Sơn"), "zalo")
    assert "chưa báo kết nạp nào" in cell.says("thêm thông tin BS-22-01", AT)
    report(cell, "kn Vi Văn Toàn 16/3")
    assert "không thấy «BS-22-01»" in cell.says("thêm thông tin BS-22-01", AT)


def test_of_somebody_elses_unit_nothing_is_told(stage, secretary):
    report(secretary)
    other = stage.person("secretary", "Trù Hựu", "zalo")
    assert "chưa báo kết nạp nào" in other.says("thêm thông tin BS-22-01", AT)


def test_after_the_close_more_is_told_with_a_reason(stage, secretary):
    report(secretary)
    secretary.says("thêm thông tin BS-22-01", LATER)
    secretary.says("1", LATER)
    asked = secretary.says("xong", LATER)
    assert "đã khóa sổ" in asked
    assert "Ghi là điều chỉnh sau chốt" in secretary.says("bổ sung cho đủ", LATER)
    with stage.begin() as session:
        last = session.execute(select(revisions).order_by(revisions.c.id.desc())).first()
    assert (last.gender, last.late_because) == ("nam", "bổ sung cho đủ")


def test_a_withdrawn_admission_takes_no_facts(stage, secretary):
    report(secretary)
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    deputy.says("thêm thông tin BS-22-01", AT)
    deputy.says("1", AT)
    secretary.says("hoàn tác", AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    assert "chưa báo kết nạp nào" in deputy.says("xong", AT)


@pytest.mark.parametrize("words", ["BS-22-02", "bs-22-02", "Toàn", "Vi Văn Toàn"])
def test_of_several_one_is_named_by_code_or_by_name(secretary, words):
    report(secretary, "kn Nguyễn Thị Hoa nữ, Vi Văn Toàn nam 15/3")
    secretary.says("thêm thông tin", AT)
    assert "(mã BS-22-02): có phải đoàn viên" in secretary.says(words, AT)
