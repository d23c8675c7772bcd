"""Corrections and withdrawals: by further revisions, by whoever reports for the unit, in quarters that are open."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from storage.tables import admissions, audit, candidate_steps, filings, revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
APRIL = datetime.fromisoformat("2022-04-03T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "web")


def says(someone, *lines, at=AT):
    """The answer to the last of these lines."""
    return [someone.says(line, at) for line in lines][-1]


def on_books(stage):
    with stage.begin() as session:
        rows = session.execute(
            select(revisions).where(revisions.c.until_at.is_(None)).order_by(revisions.c.admission_id)
        ).all()
    return [row for row in rows if not row.withdrawn]


def entries(stage, act):
    with stage.begin() as session:
        return session.execute(select(audit).where(audit.c.act == act)).all()


def test_a_correction_is_a_further_revision_with_its_reason_and_an_entry(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa nữ sn 1999 15/3", "1")
    asked = says(secretary, "nhầm, ngày 16/3 mới đúng")
    assert "Ngày: 15/3/2022 → 16/3/2022; vẫn tính vào quý I" in asked
    assert on_books(stage)[0].ceremony_on == date(2022, 3, 15)
    assert "Đã ghi nhận" in says(secretary, "1")
    with stage.begin() as session:
        first, second = session.execute(select(revisions).order_by(revisions.c.number)).all()
    assert (first.until_at, first.ceremony_on) == (second.from_at, date(2022, 3, 15))
    assert (second.number, second.reason, second.gender) == (2, "corrected", "nữ")
    [entry] = entries(stage, "correct admission")
    assert entry.subject == "BS-22-01"
    assert entry.details == {"admission": second.admission_id, "was": first.id, "revision": second.id}


def test_anybody_of_the_unit_corrects_what_another_reported(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    deputy = stage.person("deputy", "Biên Sơn")
    assert "Đã ghi nhận" in says(deputy, "sửa ngày BS-22-01 thành 16/3", "1")
    assert on_books(stage)[0].ceremony_on == date(2022, 3, 16)


def test_nobody_corrects_what_another_unit_reported(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    stranger = stage.person("secretary", "Trù Hựu")
    says(stranger, "kn Vi Văn Toàn 15/3", "1")
    assert "không tìm thấy báo cáo này" in says(stranger, "sửa ngày BS-22-01 thành 16/3")


def test_a_cell_secretary_corrects_the_reports_of_the_own_cell_alone(stage, secretary):
    cell = stage.cell("Thôn Hạ", under="Biên Sơn")
    own = stage.person("cell_secretary", cell)
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    says(own, "kn Vi Văn Toàn 16/3", "1")
    assert "không tìm thấy" in says(own, "sửa ngày BS-22-01 thành 17/3")
    says(own, "hủy")
    assert "Đã ghi nhận" in says(own, "sửa ngày BS-22-02 thành 17/3", "1")
    assert "Đã ghi nhận" in says(secretary, "sửa ngày BS-22-02 thành 18/3", "1")


def test_what_somebody_has_changed_under_a_yes_is_not_corrected(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    deputy = stage.person("deputy", "Biên Sơn")
    says(secretary, "sửa ngày BS-22-01 thành 16/3")
    says(deputy, "sửa ngày BS-22-01 thành 17/3", "1")
    assert "17/3/2022 → 16/3/2022" in says(secretary, "1"), "what is confirmed is another, and asked again"
    assert on_books(stage)[0].ceremony_on == date(2022, 3, 17)


def test_a_correction_that_moves_an_admission_opens_both_quarters(stage, secretary):
    stage.prepare("admitted", "Vi Văn Toàn 30/3/2022", secretary, APRIL)
    stage.prepare("admitted", "Lý Thị Nga 1/4/2022", secretary, APRIL)
    says(secretary, "chốt quý I", "1", at=APRIL)
    says(secretary, "chốt quý II", "1", at=APRIL)
    answered = says(secretary, "sửa ngày BS-22-01 thành 2/4", "1", at=APRIL)
    assert "Báo cáo quý I đã chốt trước đó nay mở lại" in answered
    assert "Báo cáo quý II đã chốt trước đó nay mở lại" in answered
    with stage.begin() as session:
        ended = [row.until_at is not None for row in session.execute(select(filings))]
    assert ended == [True, True]


def test_nothing_is_moved_into_a_quarter_that_is_closed(stage, secretary):
    late = datetime.fromisoformat("2022-04-10T08:00:00+07:00")
    says(secretary, "kn Nguyễn Thị Hoa 8/4", "1", at=late)
    assert "đã khóa sổ" in says(secretary, "nhầm, ngày 31/3 mới đúng", at=late)
    assert on_books(stage)[0].ceremony_on == date(2022, 4, 8)


def test_a_report_of_a_closed_quarter_is_left_to_the_district(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    late = datetime.fromisoformat("2022-04-10T08:00:00+07:00")
    assert "đã khóa sổ" in says(secretary, "sửa ngày BS-22-01 thành 16/3", at=late)


def test_a_withdrawn_candidate_can_be_reported_again_and_a_withdrawal_can_be_undone(stage, secretary):
    stage.prepare("candidate", "Lê Văn Cường decided 16/3/2022", secretary, AT)
    says(secretary, "kn Lê Văn Cường 20/3", "1")
    assert "Rút báo cáo BS-22-01" in says(secretary, "nhầm, không phải kết nạp")
    says(secretary, "1")
    assert on_books(stage) == []
    says(secretary, "hoàn tác", "1")
    with stage.begin() as session:
        assert session.scalars(select(admissions.c.candidate_id)).one() is not None
        steps = session.execute(select(candidate_steps).where(candidate_steps.c.step == "admitted")).all()
    assert sorted(step.until_at is None for step in steps) == [False, True]
    assert len(on_books(stage)) == 1


def test_another_report_than_the_last_is_withdrawn_by_its_code(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1", "kn Vi Văn Toàn 16/3", "1")
    assert says(secretary, "rút BS-22-02").startswith("Hoàn tác")
    says(secretary, "2")
    assert "Rút báo cáo BS-22-01" in says(secretary, "rút BS-22-01")
    assert "Đã ghi nhận" in says(secretary, "1")
    assert [row.name for row in on_books(stage)] == ["Vi Văn Toàn"]


def test_a_withdrawal_is_not_undone_once_the_person_was_reported_anew(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn")
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1", "nhầm, không phải kết nạp", "1")
    says(deputy, "kn Nguyễn Thị Hoa 16/3", "1")
    assert "đã có trong sổ với mã BS-22-02" in says(secretary, "hoàn tác", "1")
    assert len(on_books(stage)) == 1


def test_a_report_that_somebody_has_corrected_since_is_not_undone(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn")
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    says(deputy, "sửa ngày BS-22-01 thành 16/3", "1")
    assert "đã có thay đổi sau đó" in says(secretary, "hoàn tác", "1")
    assert len(on_books(stage)) == 1


def test_a_correction_that_is_undone_leaves_the_figures_of_before(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1", "nhầm, ngày 16/3 mới đúng", "1", "hoàn tác", "1")
    [row] = on_books(stage)
    assert (row.number, row.ceremony_on, row.reason) == (3, date(2022, 3, 15), "undone")
    says(secretary, "hoàn tác", "1")
    assert on_books(stage) == []


def test_the_day_of_a_candidates_ceremony_moves_with_the_report(stage, secretary):
    stage.prepare("candidate", "Lê Văn Cường decided 16/3/2022", secretary, AT)
    says(secretary, "kn Lê Văn Cường 20/3", "1", "nhầm, ngày 21/3 mới đúng", "1")
    with stage.begin() as session:
        held = session.execute(
            select(candidate_steps).where(
                candidate_steps.c.step == "admitted", candidate_steps.c.until_at.is_(None)
            )
        ).one()
    assert held.taken_on == date(2022, 3, 21)


def test_a_correction_for_which_somebody_else_was_faster_is_told_so(stage, secretary):
    says(secretary, "kn Nguyễn Thị Hoa 15/3", "1")
    deputy = stage.person("deputy", "Biên Sơn")
    says(deputy, "sửa ngày BS-22-01 thành 16/3")
    says(secretary, "rút BS-22-01", "1")
    answer = says(deputy, "1")
    assert "không hoàn tác" not in answer
    assert on_books(stage) == []
