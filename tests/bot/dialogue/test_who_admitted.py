"""Who was admitted: candidates who are meant, people whom another unit has reported, and how few taps it takes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage.queries import candidates
from storage.tables import admissions, audit, outbox, revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def linked(stage):
    with stage.begin() as session:
        return session.execute(select(admissions.c.candidate_id, admissions.c.cell_id)).all()


def candidate(stage, someone, name, step="decided", day="16/3/2022"):
    stage.prepare("candidate", f"{name} {step} {day}", someone, AT)


def id_of(stage, short):
    return stage.unit(short).id


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("Hoa", "N.T.H."),
        ("Thị Hoa", "N.T.H."),
        ("nguyen thi hoaa", "N.T.H."),
        ("Nguyên Thị Hao", "N.T.H."),
        ("Nguyễn Thị Hóa", "Nguyễn Thị Hoa"),
    ],
)
def test_a_name_that_is_nearly_a_candidates_is_asked_about(stage, secretary, named, shown):
    """And nothing is shown of it that was not typed, save tone marks."""
    candidate(stage, secretary, "Nguyễn Thị Hoa")
    assert "có tên gần giống" in secretary.says(f"kn {named} 20/3", AT)
    assert f"Kết nạp: {shown}\n" in secretary.says("1", AT)
    secretary.says("1", AT)
    assert [row.candidate_id for row in linked(stage)] == [1]


@pytest.mark.parametrize("named", ["Vi Thị Lan", "Nguyễn Thị Thoa sn 1999", "Trần Hoa Mai"])
def test_a_name_that_is_no_candidates_is_a_new_persons(stage, secretary, named):
    candidate(stage, secretary, "Nguyễn Thị Hoa Xuân")
    assert secretary.says(f"kn {named} 20/3", AT).startswith("Đồng chí kiểm tra giúp:")


@pytest.mark.parametrize("named", ["Nguyễn Thị Hoà", "nguyễn thị hòa", "nguyen thi hoa", "NGUYỄN THỊ HÒA"])
def test_a_name_in_another_spelling_is_the_candidates(stage, secretary, named):
    candidate(stage, secretary, "Nguyễn Thị Hòa")
    assert "Kết nạp: Nguyễn Thị Hòa" in secretary.says(f"kn {named} 20/3", AT)


def test_a_candidate_who_is_not_meant_stays_one(stage, secretary):
    candidate(stage, secretary, "Nguyễn Thị Hoa")
    secretary.says("kn Hoa 20/3", AT)
    secretary.says("2", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert [row.candidate_id for row in linked(stage)] == [None]
    with stage.begin() as session:
        assert len(candidates.open_candidates(session, [secretary.unit.id])) == 1


def test_of_two_candidates_of_one_name_the_one_meant_is_asked(stage, secretary):
    candidate(stage, secretary, "Nguyễn Thị Hoa")
    candidate(stage, secretary, "Nguyễn Thị Hoa", "applied", "2/3/2022")
    answer = secretary.says("kn Nguyễn Thị Hoa 20/3", AT)
    assert "[1. N.T.H. QC-1 (đã có quyết định 16/3)] [2. N.T.H. QC-2 (đã nộp đơn 2/3)]" in answer
    secretary.says("2", AT)
    secretary.says("1", AT)
    assert [row.candidate_id for row in linked(stage)] == [2]


def test_a_candidate_of_a_cell_is_linked_and_counted_for_the_cell(stage, secretary):
    cell = stage.person("cell_secretary", stage.cell("Thôn Hạ", "Biên Sơn"), "zalo")
    candidate(stage, cell, "Nguyễn Thị Hoa")
    secretary.says("kn nguyen thi hoa 20/3", AT)
    secretary.says("1", AT)
    assert linked(stage) == [(1, cell.unit.id)]


def test_a_candidate_of_another_cell_is_linked_by_the_whole_name_and_not_shown(stage, secretary):
    upper = stage.person("cell_secretary", stage.cell("Thôn Thượng", "Biên Sơn"), "zalo")
    lower = stage.person("cell_secretary", stage.cell("Thôn Hạ", "Biên Sơn"), "zalo")
    candidate(stage, upper, "Nguyễn Thị Hoa")
    assert "N.T.H." not in lower.says("báo cáo kết nạp", AT)
    assert "gần giống" not in lower.says("Hoa", AT)
    lower.says("hủy", AT)
    lower.says("kn Nguyễn Thị Hoa 20/3", AT)
    lower.says("1", AT)
    assert linked(stage) == [(1, lower.unit.id)]


def test_a_full_line_takes_two_messages(secretary):
    secretary.says("kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3 qd 12-QĐ/HU", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)


def test_a_known_candidate_takes_six_taps_at_most(stage, secretary):
    """The menu, the conversation, the person, the day in words, the yes: five."""
    candidate(stage, secretary, "Nguyễn Thị Hoa")
    said = ["menu", "1", "1", "hôm qua", "1"]
    answers = [secretary.says(text, AT) for text in said]
    assert "Đã ghi nhận" in answers[-1]
    assert len(said) <= 6


def reported_at_chu(stage, line):
    other = stage.person("secretary", "Chũ", "zalo")
    other.says(line, AT)
    other.says("1", AT)


@pytest.mark.parametrize(
    ("there", "here", "words"),
    [
        ("kn Nguyễn Thị Hoa sn 1999 10/3", "kn nguyen thi hoa 1999 15/3", "cùng tên, cùng năm sinh"),
        (
            "kn Nguyễn Thị Hoa 10/3",
            "kn nguyen thi hoa 1999 15/3",
            "Lưu ý: đơn vị khác đã báo một người cùng tên",
        ),
        ("kn Nguyễn Thị Hoa sn 2001 10/3", "kn nguyen thi hoa 1999 15/3", None),
        ("kn Hoa 10/3", "kn Hoa 15/3", None),
        ("kn Nguyễn Thị Hoa 10/3", "kn Hoa 15/3", None),
    ],
)
def test_whoever_another_unit_has_reported_is_asked_about(stage, secretary, there, here, words):
    reported_at_chu(stage, there)
    answer = secretary.says(here, AT)
    assert ("đơn vị khác" in answer) is (words is not None)
    assert words is None or words in answer
    assert "Chũ" not in answer
    assert "10/3" not in answer


def test_a_double_that_is_said_to_be_our_own_is_kept_in_the_log_and_told_to_the_district(stage, secretary):
    officer = stage.person("district", "", "telegram")
    reported_at_chu(stage, "kn Nguyễn Thị Hoa sn 1999 10/3")
    secretary.says("kn Nguyễn Thị Hoa sn 1999 15/3", AT)
    secretary.says("1", AT)
    assert "mã BS-22-01" in secretary.says("1", AT)
    with stage.begin() as session:
        details = session.scalars(select(audit.c.details).where(audit.c.subject == "BS-22-01")).one()
        notices = session.scalars(select(outbox.c.text).where(outbox.c.kind == "notice")).all()
    assert details["doubles"] == ["CHU-22-01"]
    assert len(notices) == 1
    assert officer.id
    for told in ("Biên Sơn", "Chũ", "N.T.H.", "BS-22-01", "CHU-22-01"):
        assert told in notices[0]
    assert "Nguyễn" not in notices[0]


def test_of_several_only_the_double_is_dropped(stage, secretary):
    reported_at_chu(stage, "kn Nguyễn Thị Hoa sn 1999 10/3")
    secretary.says("kn Nguyễn Thị Hoa sn 1999, Vi Văn Toàn 15/3", AT)
    answer = secretary.says("2", AT)
    assert "Kết nạp: Vi Văn Toàn" in answer
    assert "Hoa" not in answer


def test_everybody_who_is_on_the_books_already_is_named(stage, secretary):
    for name in ("Nguyễn Thị Hoa", "Vi Văn Toàn"):
        stage.prepare("admitted", f"{name} 10/3/2022", secretary, AT)
    secretary.says("kn Nguyễn Thị Hoa, Vi Văn Toàn 10/3", AT)
    secretary.says("1", AT)
    answer = secretary.says("1", AT)
    assert "N.T.H. (mã BS-22-01), V.V.T. (mã BS-22-02) đều đã có trong sổ" in answer


def test_people_of_one_report_may_belong_to_two_quarters(stage, secretary):
    in_grace = AT + timedelta(days=5)
    secretary.says("kn Nguyễn Thị Hoa ngày 15/3, Vi Văn Toàn ngày 1/4", in_grace)
    secretary.says("15/3", in_grace)
    assert "tính vào quý II/2022" in secretary.says("1/4", in_grace)
    answer = secretary.says("1", in_grace)
    assert "Quý I: 1/1 · Cả năm: 2/5\nQuý II: 1/2 · Cả năm: 2/5" in answer
    assert "[2. Chốt báo cáo quý I] [3. Chốt báo cáo quý II]" in answer
    with stage.begin() as session:
        days = session.execute(select(revisions.c.ceremony_on).order_by(revisions.c.id)).scalars().all()
    assert [str(day) for day in days] == ["2022-03-15", "2022-04-01"]


def test_a_name_that_was_not_typed_is_shown_in_no_question(stage, secretary):
    reported_at_chu(stage, "kn Nguyễn Thị Hoa 10/3")
    candidate(stage, secretary, "Nguyễn Thị Hoa")
    secretary.says("kn Hoa ngày 15/3, Vi Văn Toàn ngày 16/3", AT)
    said = [secretary.says(text, AT) for text in ("1", "15/3", "16/3", "1")]
    assert said[0].startswith("Ngày kết nạp của N.T.H.?")
    assert said[1].startswith("Ngày kết nạp của Vi Văn Toàn?")
    assert "đơn vị khác đã báo một người cùng tên" in said[2]
    assert not any("Nguyễn" in answer for answer in said)
