"""Reminders by the district's word: whom they reach, whom they spare, and that they are true when they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from scheduler.reminder_letters import afresh
from storage.queries import delivery
from storage.tables import audit, outbox

AT = datetime.fromisoformat("2022-03-22T09:00:00+07:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def officer(stage):
    stage.heartbeats(AT - 5 * MINUTE)  # what falls due by itself on this day is over
    stage.unasked()
    return stage.person("district", "", "zalo", "Lê Thị Lan")


def say_all(someone, *lines, at=AT):
    for line in lines:
        answer = someone.says(line, at)
    return answer


def told(stage, at=AT + MINUTE):
    stage.unasked()
    stage.heartbeats(at)
    return sorted(address for address, message in stage.unasked() if "quý I/2022" in message.text)


def picks(someone, label, at=AT):
    number = next(n for n, each in enumerate(someone.last.choices, 1) if each.label.startswith(label))
    return someone.says(str(number), at)


def test_the_silent_are_reminded_and_nobody_who_has_reported(stage, officer):
    silent = stage.person("secretary", "Tân Hoa", "zalo")
    filed = stage.person("secretary", "Chũ", "zalo")
    stage.person("secretary", "Kim Sơn", "zalo")
    say_all(filed, "quý này không phát sinh", "1")
    assert "1 đồng chí của 1 đơn vị: Tân Hoa" in officer.says("nhắc các đơn vị chưa báo", AT)
    officer.says("1", AT)
    assert told(stage) == [silent.address]
    assert told(stage, AT + 5 * MINUTE) == []


def test_drafts_alone_or_both(stage, officer):
    stage.person("secretary", "Tân Hoa", "zalo")
    draft = stage.person("secretary", "Chũ", "zalo")
    say_all(draft, "kn Lý Thị Nga ngày 20/3", "1")
    officer.says("/nhac", AT)
    assert [choice.label for choice in officer.last.choices][:3] == [
        "Đơn vị chưa báo (28)",
        "Đơn vị chưa chốt, còn thiếu (1)",
        "Cả hai (29)",
    ]
    assert "Chũ đã báo 1/2" in picks(officer, "Đơn vị chưa chốt")
    officer.says("1", AT)
    assert told(stage) == [draft.address]


def test_one_person_of_two_units_gets_one_message(stage, officer):
    both = stage.person("secretary", "Tân Hoa", "zalo")
    stage.appoint(both, "secretary", "Chũ")
    say_all(officer, "nhắc các đơn vị chưa báo", "1")
    stage.unasked()
    stage.heartbeats(AT + MINUTE)
    ((address, message),) = stage.unasked()
    assert address == both.address
    assert "Tân Hoa chưa báo" in message.text
    assert "Chũ chưa báo" in message.text


def test_the_units_of_one_overseer(stage, officer):
    here = stage.person("secretary", "Chũ", "zalo")
    stage.person("secretary", "Tân Hoa", "zalo")
    for name, unit in (("Vi Văn An", "Chũ"), ("Lý Thị Nga", "Sa Lý")):
        stage.person("overseer", unit, "zalo", name)
    officer.says("nhắc ngay", AT)
    assert "V.V.A.: Chũ" in picks(officer, "Một cụm")
    say_all(officer, "1", "1")
    assert told(stage) == [here.address]


@pytest.mark.parametrize("said", ["Tân Hoa", "tan hoa, chu", "chu va tan hoa", "chu vs tan hoa"])
def test_names_that_are_typed_where_it_is_asked_whom_are_those_units_and_no_others(stage, officer, said):
    for unit in ("Tân Hoa", "Chũ", "Sa Lý"):
        stage.person("secretary", unit, "zalo")
    officer.says("nhắc ngay", AT)
    shown = officer.says(said, AT)
    assert "Tân Hoa" in shown
    assert ("Chũ" in shown) == ("chu" in said)
    assert "Sa Lý" not in shown


@pytest.mark.parametrize("said", ["nhắc Chũ quý I", "điều chỉnh chỉ tiêu Chũ quý I còn 1"])
def test_the_office_is_told_how_to_reopen_a_closed_quarter_and_not_to_ask_the_office(stage, officer, said):
    stage.person("secretary", "Chũ", "zalo")
    answered = officer.says(said, datetime.fromisoformat("2022-04-07T09:00:00+07:00"))
    assert "Quý I/2022 đã khóa sổ" in answered
    assert "mở lại quý I đến" in answered
    assert "liên hệ" not in answered


def test_a_name_of_several_units_is_asked_about(stage, officer):
    sent = stage.person("secretary", "Tân Lập", "zalo")
    stage.person("secretary", "Tân Hoa", "zalo")
    officer.says("nhắc ngay", AT)
    assert "Tân Hoa" in officer.says("tân", AT)
    assert "Tân Lập" in picks(officer, "Tân Lập")
    officer.says("1", AT)
    assert told(stage) == [sent.address]


@pytest.mark.parametrize("said", ["dung", "các xã", "mấy ông hay chậm"])
def test_words_that_name_nobody_remind_nobody(stage, officer, said):
    stage.person("secretary", "Chũ", "zalo")
    officer.says("nhắc ngay", AT)
    answered = officer.says(said, AT)
    assert "kiểm tra" not in answered
    assert "nhắc những đơn vị nào" in answered


def test_what_else_is_asked_in_between_is_answered_and_reminds_nobody(stage, officer):
    stage.person("secretary", "Chũ", "zalo")
    officer.says("nhắc ngay", AT)
    answered = officer.says("tình hình", AT)
    assert "KẾT NẠP ĐẢNG VIÊN" in answered
    assert answered.count("nhắc những đơn vị nào") == 1


def test_a_typed_unit_that_owes_nothing_is_named_with_its_standing(stage, officer):
    stage.person("secretary", "Chũ", "zalo")
    officer.says("nhắc ngay", AT)
    assert "Kim Sơn không cần nhắc" in officer.says("chũ, kim sơn", AT)


@pytest.mark.parametrize(("answer", "reached"), [("1", 0), ("2", 1)])
def test_whoever_promised_a_day_is_spared_unless_it_is_said(stage, officer, answer, reached):
    chu = stage.person("secretary", "Chũ", "zalo")
    chu.says("hẹn 30/3", AT)
    assert "Chũ (30/3)" in officer.says("nhắc Chũ", AT)
    say_all(officer, answer, "1")
    assert len(told(stage)) == reached


def test_the_same_person_is_not_reminded_twice_within_hours_without_a_question(stage, officer):
    stage.person("secretary", "Chũ", "zalo")
    deputy = stage.person("deputy", "Chũ", "zalo")
    say_all(officer, "nhắc Chũ", "1")
    assert len(told(stage)) == 2
    with stage.begin() as session:
        last = (
            session.execute(
                select(outbox.c.id).where(outbox.c.kind == "reminder").order_by(outbox.c.id.desc())
            )
            .scalars()
            .first()
        )
        session.execute(update(outbox).where(outbox.c.id == last).values(state="dropped"))
    later = AT + timedelta(hours=2)
    assert "1 đồng chí đã được nhắc trong 4 giờ qua" in officer.says("nhắc Chũ", later)
    say_all(officer, "1", "1", at=later)
    assert told(stage, later + MINUTE) == [deputy.address]
    after = AT + timedelta(hours=7)
    assert "kiểm tra" in officer.says("nhắc Chũ", after)


def test_with_no_hours_set_it_is_not_asked(stage, officer):
    stage.office = replace(stage.office, remind_again_hours=0)
    stage.restart()
    stage.person("secretary", "Chũ", "zalo")
    say_all(officer, "nhắc Chũ", "1")
    assert len(told(stage)) == 1
    assert "kiểm tra" in officer.says("nhắc Chũ", AT + 2 * MINUTE)


def test_whoever_reports_before_it_leaves_is_not_reminded(stage, officer):
    chu = stage.person("secretary", "Chũ", "zalo")
    say_all(officer, "nhắc Chũ", "1")
    say_all(chu, "quý này không phát sinh", "1")
    assert told(stage) == []
    assert "Đến 0/0" in officer.says("thông báo NH-1", AT + 2 * MINUTE)


def test_a_promise_that_was_overruled_does_not_drop_it_at_the_door(stage, officer):
    chu = stage.person("secretary", "Chũ", "zalo")
    chu.says("hẹn 30/3", AT)
    say_all(officer, "nhắc Chũ", "2", "1")
    stage.heartbeats(AT + MINUTE)
    with stage.begin() as session:
        lot = delivery.lease(session, "zalo", by="test", now=AT + 2 * MINUTE, until=AT + 3 * MINUTE, most=50)
        (row,) = [row for row in lot.rows if row.kind == "reminder"]
        assert afresh(session, row, AT + 2 * MINUTE, stage.office) == row


def test_of_a_filed_unit_it_is_said_why_not(stage, officer):
    chu = stage.person("secretary", "Chũ", "zalo")
    say_all(chu, "quý này không phát sinh", "1")
    assert "Chũ không cần nhắc quý I/2022: không phát sinh" in officer.says("nhắc Chũ", AT)
    assert "Kim Sơn không cần nhắc quý I/2022: không phải báo" in officer.says("nhắc Kim Sơn", AT)


def test_at_night_it_waits_for_the_morning_and_is_recomputed_then(stage, officer):
    chu, hoa = (stage.person("secretary", unit, "zalo") for unit in ("Chũ", "Tân Hoa"))
    night = AT.replace(hour=22)
    officer.says("nhắc các đơn vị chưa báo", night)
    say_all(officer, "1", "1", at=night)
    say_all(chu, "quý này không phát sinh", "1", at=night)
    assert told(stage, night + 5 * MINUTE) == []
    assert told(stage, night.replace(day=23, hour=7)) == [hoa.address]


def test_taken_back_within_the_minute_nobody_is_reminded(stage, officer):
    stage.person("secretary", "Chũ", "zalo")
    say_all(officer, "nhắc Chũ", "1", "hoàn tác", "1")
    assert told(stage, AT + 3 * MINUTE) == []


def test_a_closed_quarter_is_refused(stage, officer):
    assert "đã khóa sổ" in officer.says("nhắc các đơn vị chưa báo quý 1", AT.replace(month=4, day=20))


@pytest.mark.parametrize("role", ["secretary", "overseer"])
def test_others_are_refused_in_words(stage, role):
    someone = stage.person(role, "Chũ", "zalo")
    assert "không thuộc phần việc" in someone.says("nhắc ngay", AT)


def test_the_log_says_who_had_whom_reminded(stage, officer):
    stage.person("secretary", "Chũ", "zalo")
    say_all(officer, "nhắc Chũ", "1")
    with stage.begin() as session:
        row = session.execute(select(audit).where(audit.c.act == "remind units")).one()
    assert (row.person_id, row.subject, row.details["people"]) == (officer.id, "NH-1", 1)
