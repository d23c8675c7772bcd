"""Ending what somebody holds: who may, what stays, and that the district never loses its last officer."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from storage.queries.people import held_on
from storage.tables import appointments, audit, hand_overs, promises

DAY = date(2022, 3, 28)
AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
LINE = "kết thúc phân công bí thư Biên Sơn"


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Lê Thị Lan")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo", "Vi Văn Toàn")


def say_all(someone, *lines, at=AT):
    for line in lines:
        answer = someone.says(line, at)
    return answer


def held(stage, day=DAY):
    with stage.begin() as session:
        return sorted(f"{one.role.value} {one.unit.short} {one.name}" for one in held_on(session, day))


def test_the_office_ends_the_person_is_told_and_the_log_keeps_why(stage, officer, secretary):
    assert "Đã ghi nhận" in say_all(officer, LINE, "1", "1", "1")
    assert held(stage) == ["district Lục Ngạn Lê Thị Lan"]
    told = stage.unasked()
    assert [address for address, _ in told] == [secretary.address]
    assert "thôi giữ nhiệm vụ bí thư đảng ủy xã Biên Sơn" in told[0][1].text
    assert "Chuyển công tác" not in told[0][1].text
    with stage.begin() as session:
        row = session.execute(select(audit).where(audit.c.act == "end appointment")).one()
    assert row.details["because"] == "Chuyển công tác"
    assert row.person_id == officer.id


def test_a_coming_day_lets_them_report_until_then(stage, officer, secretary):
    say_all(officer, f"{LINE} từ 1/4", "1", "1")
    assert "secretary Biên Sơn Vi Văn Toàn" in held(stage, date(2022, 3, 31))
    assert "secretary Biên Sơn Vi Văn Toàn" not in held(stage, date(2022, 4, 1))
    assert "Biên Sơn" in secretary.says("tiến độ", AT)


def test_what_the_unit_has_stays_and_an_undecided_wish_ends(stage, officer, secretary):
    say_all(secretary, "kn Lý Thị Nga ngày 20/3", "1", "hẹn 30/3")
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    shown = say_all(officer, LINE, "1", "1")
    assert "hẹn báo cáo ngày 30/3" in shown
    assert "BG-1 đang chờ sẽ hết hiệu lực" in shown
    officer.says("1", AT)
    assert "1/1" in officer.says("Biên Sơn", AT)
    with stage.begin() as session:
        assert session.execute(select(promises.c.until_at)).scalars().all() == [None]
        assert session.execute(select(hand_overs.c.until_at)).scalar_one() is not None


def test_undone_it_is_held_on_and_the_person_is_told(stage, officer, secretary):
    say_all(officer, LINE, "1", "1", "1")
    stage.unasked()
    assert "Đã hoàn tác" in say_all(officer, "hoàn tác", "1")
    assert "secretary Biên Sơn Vi Văn Toàn" in held(stage)
    assert "vẫn giữ nhiệm vụ" in stage.unasked()[0][1].text
    assert "Biên Sơn" in secretary.says("tiến độ", AT)


def test_it_is_not_undone_once_somebody_else_was_appointed(stage, officer, secretary):
    say_all(officer, LINE, "1", "1", "1")
    stage.person("secretary", "Biên Sơn", "zalo", "Lý Thị Nga")
    with stage.begin() as session:
        later = (
            session.execute(select(appointments.c.id).order_by(appointments.c.id.desc())).scalars().first()
        )
        session.execute(
            appointments.update().where(appointments.c.id == later).values(created_at=AT.replace(hour=9))
        )
    assert "đã có thay đổi sau đó" in say_all(officer, "hoàn tác", "1")
    assert "secretary Biên Sơn Vi Văn Toàn" not in held(stage)


@pytest.mark.parametrize("role", ["secretary", "cell_secretary", "overseer"])
def test_others_are_refused_in_words(stage, role, secretary):
    other = stage.person(role, "Biên Sơn", "zalo")
    assert "không thuộc phần việc" in other.says(LINE, AT)
    assert any("Vi Văn Toàn" in one for one in held(stage))


def test_an_officer_ends_no_officer(stage, officer):
    stage.person("district", "", "zalo", "Trần Văn Minh")
    assert "không thuộc phần việc" in officer.says("kết thúc phân công cán bộ Ban Tổ chức Trần Văn Minh", AT)


def test_the_last_of_the_district_stays(stage):
    admin = stage.person("admin", "", "web", "Hà Thị Thu")
    stage.person("district", "", "web", "Trần Văn Minh")
    for line in ("kết thúc phân công cán bộ Ban Tổ chức", "kết thúc phân công quản trị"):
        assert "cuối cùng" in say_all(admin, line, "1", "4", "1")
    assert len(held(stage)) == 2


def test_a_day_before_they_came_is_asked_for_again(stage, officer, secretary):
    officer.says(LINE, AT)
    assert "không hợp lệ" in officer.says("31/12/2021", AT)
    assert "Lý do kết thúc?" in officer.says("15/3", AT)


def test_two_officers_end_it_once(stage, officer, secretary):
    other = stage.person("district", "", "zalo", "Trần Văn Minh")
    for each in (officer, other):
        say_all(each, LINE, "1", "1")
    assert "Đã ghi nhận" in officer.says("1", AT)
    assert "Lúc này không chọn được" in other.says("1", AT)
    assert len(stage.unasked()) == 1


def test_of_two_at_the_district_one_stays_for_good(stage):
    admin = stage.person("admin", "", "web", "Hà Thị Thu")
    for name in ("Trần Văn Minh", "Lê Thị Lan"):
        stage.person("district", "", "web", name)
    line = "kết thúc phân công cán bộ Ban Tổ chức"
    assert "Đã ghi nhận" in say_all(admin, f"{line} Trần Văn Minh", "30/4", "1", "1")
    assert "cuối cùng" in say_all(admin, f"{line} Lê Thị Lan", "15/4", "1", "1")
