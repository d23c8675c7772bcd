"""Undoing: all that the last message did, by who sent it, for a day, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import messages
from bot.carry_out.undo import INVERSES
from bot.dialogue.undo import UNDOABLE_FOR
from domain.deed import UNDOABLE, Deed
from storage.tables import admissions, audit, candidate_steps, filings, revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
DEEDS = Path(messages.__file__).parent / "templates" / "deeds"


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def test_every_deed_that_can_be_undone_has_an_inverse_and_words():
    """A deed that cannot be undone is listed in `domain.deed.LASTING`."""
    assert set(INVERSES) == UNDOABLE
    assert {path.stem for path in DEEDS.glob("*.j2")} == {deed.value.replace(" ", "_") for deed in UNDOABLE}


def counted(stage):
    with stage.begin() as session:
        query = select(revisions).where(revisions.c.until_at.is_(None)).order_by(revisions.c.id)
        rows = session.execute(query).all()
    return [row.name for row in rows if not row.withdrawn]


def log(stage):
    with stage.begin() as session:
        return session.execute(select(audit).where(audit.c.act.in_(list(Deed))).order_by(audit.c.id)).all()


def report(someone, line, at=AT):
    someone.says(line, at)
    assert "Đã ghi nhận" in someone.says("1", at)


def undo(someone, at=AT):
    """Ask for it and say yes; answers what was asked and what was answered."""
    return someone.says("hoàn tác", at), someone.says("1", at)


def test_a_report_that_is_undone_counts_no_more_and_stays_on_the_books(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    asked, answered = undo(secretary)
    assert "kết nạp N.T.H. ngày 15/3 (mã BS-22-01)?" in asked
    assert "Quý I: 0/1" in answered
    assert counted(stage) == []
    with stage.begin() as session:
        first, second = session.execute(select(revisions).order_by(revisions.c.number)).all()
    assert (first.number, first.withdrawn) == (1, False)
    assert (second.number, second.withdrawn, second.name) == (2, True, "Nguyễn Thị Hoa")
    assert first.until_at == second.from_at
    done, undone = log(stage)
    assert (done.undone_by, undone.act, undone.details) == (undone.id, "undo", {"undone": [done.id]})


def test_what_was_undone_is_reported_anew_under_another_code(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    undo(secretary)
    secretary.says("kn Nguyễn Thị Hoa 15/3", AT)
    assert "mã BS-22-02" in secretary.says("1", AT)
    assert counted(stage) == ["Nguyễn Thị Hoa"]


def test_all_people_of_one_message_are_undone_together(stage, secretary):
    report(secretary, "kn Lê Văn Cường ngày 10/3")
    report(secretary, "kn Vi Văn Toàn, Lý Thị Nga 20/3")
    undo(secretary)
    assert counted(stage) == ["Lê Văn Cường"]
    undo(secretary)
    assert counted(stage) == []
    assert "Không có việc nào để hoàn tác" in secretary.says("hoàn tác", AT)


def test_a_candidate_whose_admission_is_undone_is_one_again_and_can_be_reported_again(stage, secretary):
    stage.prepare("candidate", "Lê Văn Cường decided 16/3/2022", secretary, AT)
    report(secretary, "kn Lê Văn Cường 20/3")
    undo(secretary)
    with stage.begin() as session:
        ended = session.execute(select(candidate_steps).where(candidate_steps.c.step == "admitted")).one()
        assert ended.until_at is not None
        assert session.scalars(select(admissions.c.candidate_id)).all() == [None]
    report(secretary, "kn Lê Văn Cường 21/3")
    with stage.begin() as session:
        assert session.scalars(select(admissions.c.candidate_id).order_by(admissions.c.id)).all()[1]


def test_before_the_yes_undoing_drops_what_is_being_confirmed(stage, secretary):
    report(secretary, "kn Lê Văn Cường ngày 10/3")
    secretary.says("kn Nguyễn Thị Hoa 15/3", AT)
    assert secretary.says("hoàn tác", AT).startswith("Đã bỏ, không có gì được ghi thêm vào sổ")
    assert counted(stage) == ["Lê Văn Cường"]


def test_a_filing_is_undone_and_the_quarter_is_open_again(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    report(secretary, "chốt quý I")
    asked, _ = undo(secretary)
    assert "chốt báo cáo quý I/2022" in asked
    with stage.begin() as session:
        assert session.execute(select(filings)).one().until_at is not None
    assert counted(stage) == ["Nguyễn Thị Hoa"]
    assert "Đã ghi nhận" in (secretary.says("chốt quý I", AT), secretary.says("1", AT))[1]


def test_undoing_a_report_opens_a_quarter_that_somebody_has_filed_since(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    report(deputy, "chốt quý I")
    _, answered = undo(secretary)
    assert "đã chốt trước đó nay mở lại" in answered


def test_nobody_undoes_what_another_one_did(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    report(deputy, "kn Nguyễn Thị Hoa 15/3")
    assert "Không có việc nào để hoàn tác" in secretary.says("hoàn tác", AT)


@pytest.mark.parametrize(("later", "possible"), [(timedelta(minutes=-1), True), (timedelta(0), False)])
def test_a_day_later_nothing_can_be_undone(secretary, later, possible):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    asked = secretary.says("hoàn tác", AT + UNDOABLE_FOR + later)
    assert asked.startswith("Hoàn tác" if possible else "Không có việc nào để hoàn tác")


def test_what_counts_is_when_it_was_sent_and_not_when_it_came(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    stage.now = AT + timedelta(days=3)
    assert secretary.says("hoàn tác", AT + timedelta(hours=1)).startswith("Hoàn tác")


def test_what_counts_in_a_quarter_that_was_closed_meanwhile_is_undone_with_a_reason(stage, secretary):
    closing = datetime.fromisoformat("2022-04-05T23:00:00+07:00")
    report(secretary, "kn Nguyễn Thị Hoa 15/3", closing)
    asked, confirm = undo(secretary, closing + timedelta(hours=2))
    assert "đã khóa sổ" in asked
    assert "Điều chỉnh sau chốt, lý do: Ghi nhầm khi báo cáo" in confirm
    assert counted(stage) == ["Nguyễn Thị Hoa"]
    secretary.says("1", closing + timedelta(hours=2))
    assert counted(stage) == []


def test_a_filing_is_not_undone_in_a_quarter_that_was_closed_meanwhile(stage, secretary):
    closing = datetime.fromisoformat("2022-04-05T23:00:00+07:00")
    report(secretary, "không phát sinh quý 1", closing)
    _, answered = undo(secretary, closing + timedelta(hours=2))
    assert "đã khóa sổ" in answered
    assert [entry.undone_by for entry in log(stage)] == [None]


def test_a_yes_to_an_undoing_that_was_done_from_elsewhere_changes_nothing(stage, secretary):
    report(secretary, "kn Nguyễn Thị Hoa 15/3")
    report(secretary, "kn Vi Văn Toàn 16/3")
    secretary.says("hoàn tác", AT)
    with stage.begin() as session:
        session.execute(audit.update().where(audit.c.subject == "BS-22-02").values(undone_by=1))
    answered = secretary.says("1", AT)
    assert "BS-22-01" in answered, "what is confirmed has changed under the yes, so it is asked again"
    assert counted(stage) == ["Nguyễn Thị Hoa", "Vi Văn Toàn"]
