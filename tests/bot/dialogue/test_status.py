"""Status as it is asked for: by number, by quarter, by a figure; and what the log keeps of every look."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage.tables import appointments, audit

AT = datetime.fromisoformat("2022-03-21T08:00:00+07:00")


def seen(stage, someone):
    with stage.begin() as session:
        rows = session.execute(
            select(audit.c.subject)
            .where(audit.c.person_id == someone.id, audit.c.act == "see")
            .order_by(audit.c.id)
        )
        return list(rows.scalars())


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("vuot", "Vượt: 1"),
        ("chưa đạt?", "Chưa đạt: 2"),
        ("khong phat sinh", "Không phát sinh: 1"),
        ("Không có chỉ tiêu", "Không có chỉ tiêu: 26"),
        ("dieu chinh sau chot", "Điều chỉnh sau chốt: 1"),
    ],
)
def test_a_line_of_the_roll_up_is_opened_by_its_words(stage, said, begins):
    for unit, *lines in (
        ("Biên Sơn", "kn Nguyễn Thị Hoa, Lý Văn Nam ngày 15/3", "1"),
        ("Thanh Hải", "kn Vi Thị Hạ nữ 1999 ngày 15/3", "1"),
        ("Chũ", "quý này không phát sinh", "1"),
    ):
        secretary = stage.person("secretary", unit, "zalo")
        for line in lines:
            secretary.says(line, AT)
    later = datetime.fromisoformat("2022-04-07T09:00:00+07:00")
    secretary = stage.person("secretary", "Thanh Hải", "telegram")
    for line in ("kn Hoàng Văn Tú ngày 14/3", "1", "1"):
        secretary.says(line, later)
    officer = stage.person("district", "", "zalo")
    officer.says("tình hình quý I", later)
    assert officer.says(said, later).startswith(begins)


def test_every_look_is_logged_down_to_the_admission(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    secretary.says("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", AT)
    secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    for said in ("tình hình", "từng đơn vị", "128", "1", "nguy cơ"):
        officer.says(said, AT)
    assert seen(stage, officer) == [
        "all 2022-Q1",
        "rows 2022-Q1",
        "THA 2022-Q1",
        "THA-22-01 2022-Q1",
        "risks 2022-Q1",
    ]


@pytest.mark.parametrize("said", ["Q2", "quý 2 thì sao", "quý II", "q2/2022"])
def test_another_quarter_keeps_the_unit_in_view(stage, said):
    officer = stage.person("district", "", "zalo")
    officer.says("Tân Hoa", AT)
    assert officer.says(said, AT).startswith("Tân Hoa · quý II/2022")


def test_the_whole_is_asked_for_by_its_words_whatever_is_in_view(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("Tân Hoa", AT)
    assert officer.says("tình hình quý 2", AT).startswith("KẾT NẠP ĐẢNG VIÊN QUÝ II/2022")


@pytest.mark.parametrize(
    ("first", "begins"),
    [
        ("từng đơn vị", "TỪNG ĐƠN VỊ QUÝ II/2022"),
        ("nguy cơ", "NGUY CƠ KHÔNG ĐẠT QUÝ II/2022"),
        ("mở con số 46", "Chỉ tiêu quý II: 71"),
    ],
)
def test_another_quarter_keeps_the_list_in_view(stage, first, begins):
    officer = stage.person("district", "", "zalo")
    officer.says(first, AT)
    assert officer.says("Q2", AT).startswith(begins)


def test_what_was_in_view_in_the_morning_is_not_in_the_afternoon(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("Tân Hoa", AT)
    assert officer.says("Q2", AT + timedelta(hours=3)).startswith("KẾT NẠP ĐẢNG VIÊN QUÝ II/2022")


def test_a_number_is_a_figure_under_a_roll_up_and_a_unit_under_a_list(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("tình hình", AT)
    assert officer.says("220", AT).startswith("Chỉ tiêu giao cả năm: 220")
    assert officer.says("220", AT).startswith("Chi bộ Ngân hàng NN&PTNT")


def test_a_number_that_several_figures_have_is_asked_about(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("tình hình", AT)
    assert "Nhiều mục có cùng số này" in officer.says("29", AT)
    assert officer.says("1", AT).startswith("Đơn vị có chỉ tiêu: 29")


def test_a_number_that_nothing_has_is_no_choice(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("tình hình", AT)
    assert "chưa hiểu" in officer.says("999", AT)


def test_numbers_open_nothing_for_those_who_see_no_status(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    secretary.says("menu", AT)
    assert "Chỉ tiêu" not in secretary.says("46", AT)


def test_descent_and_creed_lead_to_nobody(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    secretary.says("kn Nguyễn Thị Hoa nữ sn 1999 dân tộc Nùng ngày 15/3", AT)
    secretary.says("1", AT)
    officer = stage.person("district", "", "web")
    assert "DTTS 1" in officer.says("tình hình", AT)
    officer.says("mở con số", AT)
    label = next(c.label for c in officer.last.choices if "DTTS" in c.label or "tiếp" in c.label)
    answer = officer.says(label, AT)
    if "DTTS" not in label:
        answer = officer.says("Trong đó DTTS: 1", AT)
    assert "không mở đến" in answer
    assert "Thanh Hải" not in answer


@pytest.mark.parametrize("channel", ["web", "telegram", "zalo"])
def test_an_overseer_sees_the_own_cluster_and_initials(stage, channel):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    secretary.says("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", AT)
    secretary.says("1", AT)
    overseer = stage.person("overseer", "Thanh Hải", channel)
    stage.appoint(overseer, "overseer", "Trù Hựu")
    whole = overseer.says("tình hình", AT)
    assert "Cụm Thanh Hải, Trù Hựu" in whole
    assert "Kết nạp: 1/5 chỉ tiêu quý" in whole
    assert "200" not in whole
    assert "không thuộc các đơn vị đồng chí phụ trách" in overseer.says("Chũ thế nào", AT)
    assert "N.T.H." in overseer.says("Thanh Hải", AT)
    opened = overseer.says("1", AT)
    assert "THA-22-01" in opened
    assert "Nguyễn" not in opened


def test_an_overseer_opens_no_admission_of_another_cluster(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    secretary.says("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", AT)
    secretary.says("1", AT)
    overseer = stage.person("overseer", "Trù Hựu", "web")
    assert "không thuộc các đơn vị" in overseer.says("THA-22-01", AT)


def test_the_trail_tells_every_change_with_its_message(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo", "Vi Văn Sơn")
    for said in ("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", "1", "sửa ngày 14/3", "1", "hoàn tác", "1"):
        secretary.says(said, AT)
    officer = stage.person("district", "", "web")
    trail = officer.says("THA-22-01", AT)
    assert "Người báo: Vi Văn Sơn, bí thư đảng ủy xã Thanh Hải, qua Zalo" in trail
    assert "Tin gốc: «kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3»" in trail
    assert "Lần sửa 1/2" in trail
    assert "ngày kết nạp 15/3/2022 → 14/3/2022" in trail
    assert "Lần sửa 2/2" in trail
    assert "hoàn tác – ngày kết nạp 14/3/2022 → 15/3/2022" in trail
    assert "Lễ kết nạp 15/3/2022" in trail


def test_many_changes_go_on_the_next_page(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    for said in ("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", "1"):
        secretary.says(said, AT)
    for day in (14, 13, 12, 11):
        secretary.says(f"sửa ngày {day}/3", AT)
        secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    first = officer.says("THA-22-01", AT)
    assert "Lần sửa 3/4" in first
    assert "Lần sửa 4/4" not in first
    assert "[1. Xem tiếp]" in first
    assert "Lần sửa 4/4" in officer.says("1", AT)


def test_a_code_that_is_on_no_books_is_said_so(stage):
    officer = stage.person("district", "", "zalo")
    assert "không có báo cáo kết nạp mang mã THA-22-77" in officer.says("THA-22-77", AT)


def test_many_people_of_a_unit_go_on_the_next_page(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo")
    for name in ("An", "Bình", "Cường", "Dũng", "Giang", "Hà"):
        secretary.says(f"kn Vi Văn {name} sn 1999 ngày 15/3", AT)
        secretary.says("1", AT)
    officer = stage.person("district", "", "zalo")
    first = officer.says("Thanh Hải", AT)
    assert "[5. THA-22-05 · V.V.G. · 15/3] [6. Xem tiếp]" in first
    assert "[1. THA-22-06 · V.V.H. · 15/3] [2. Tình hình toàn huyện]" in officer.says("6", AT)


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Trù Hựu", "Trù Hựu · quý I/2022"),
        ("Trù Hựu thế nào", "Trù Hựu · quý I/2022"),
        ("nguy cơ", "NGUY CƠ KHÔNG ĐẠT QUÝ I/2022"),
        ("tình hình cụm", "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Cụm Trù Hựu"),
        ("tình hình", "Biên Sơn · quý I/2022"),
        ("Chũ", "Tôi"),
    ],
)
def test_a_secretary_who_oversees_others_asks_of_those_by_name(stage, said, begins):
    both = stage.person("secretary", "Biên Sơn", "zalo")
    stage.appoint(both, "overseer", "Trù Hựu")
    assert both.says(said, AT).startswith(begins)


def test_the_trail_names_the_office_of_the_day_where_the_office_is(stage):
    secretary = stage.person("secretary", "Thanh Hải", "zalo", "Vi Văn Sơn")
    with stage.begin() as session:
        session.execute(
            update(appointments)
            .where(appointments.c.person_id == secretary.id)
            .values(since=date(2022, 3, 21))
        )
    early = AT.replace(hour=6)  # the day before in UTC
    secretary.says("kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3", early)
    secretary.says("1", early)
    officer = stage.person("district", "", "web")
    assert "Vi Văn Sơn, bí thư đảng ủy xã Thanh Hải" in officer.says("THA-22-01", AT)
