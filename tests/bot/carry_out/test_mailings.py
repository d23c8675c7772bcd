"""Notices to many: who gets one, once; what can be taken back; what is told of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage.tables import addresses, audit, filings, mailings, outbox
from tests.harness.stage import Someone

AT = datetime.fromisoformat("2022-03-10T08:00:00+07:00")
WORDS = "14 giờ ngày 30/3 họp giao ban tại Huyện ủy."
LINE = f"gửi thông báo: {WORDS}"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Lê Thị Lan")


def say_all(someone, *lines, at=AT):
    for line in lines:
        answer = someone.says(line, at)
    return answer


def told(stage, at=AT + MINUTE):
    stage.unasked()
    stage.heartbeats(at)
    return sorted(address for address, message in stage.unasked() if WORDS in message.text)


def state(stage, **values):
    with stage.begin() as session:
        session.execute(update(outbox).where(outbox.c.kind == "mailing").values(**values))


def choice(someone: Someone, label: str) -> str:
    """The number under which a choice stands."""
    return str(1 + next(n for n, each in enumerate(someone.last.choices) if each.label.startswith(label)))


def picks(someone, label, at=AT):
    return someone.says(choice(someone, label), at)


@pytest.mark.parametrize(
    "line",
    [
        f"gui thong bao: {WORDS}",
        f"gui thong bao cho cac xa: {WORDS}",
        f"Thông báo: {WORDS}",
        f"thong bao cho 29 xa: {WORDS}",
    ],
)
def test_the_words_after_the_colon_are_not_asked_for_again(stage, officer, line):
    stage.person("secretary", "Chũ", "zalo")
    assert f"«{WORDS}»" in say_all(officer, line, "1", "1")


def test_everybody_of_the_roles_gets_it_once_and_nobody_else(stage, officer):
    both = stage.person("secretary", "Biên Sơn", "zalo")
    stage.appoint(both, "secretary", "Chũ")
    deputy = stage.person("deputy", "Chũ", "zalo")
    for role in ("overseer", "district"):
        stage.person(role, "Chũ", "zalo")
    say_all(officer, LINE, "1", "2", "1")
    assert told(stage) == sorted([both.address, deputy.address])
    assert told(stage, AT + 5 * MINUTE) == []


@pytest.mark.parametrize(
    ("label", "role", "gets"),
    [
        ("Xã, thị trấn", "Bí thư", ["xã"]),
        ("Đơn vị trực thuộc", "Bí thư", ["trường"]),
        ("Tất cả đơn vị", "Bí thư chi bộ", ["thôn"]),
        ("Đơn vị chưa báo", "Tất cả", ["thôn", "xã"]),
        ("Một cụm", "Tất cả", ["thôn", "xã"]),
    ],
)
def test_units_and_roles_are_chosen(stage, officer, label, role, gets):
    stage.cell("thôn Hạ", "Biên Sơn")
    people = {
        "xã": stage.person("secretary", "Biên Sơn", "zalo"),
        "thôn": stage.person("cell_secretary", "thôn Hạ", "zalo"),
        "trường": stage.person("secretary", "THPT số 1", "zalo"),
    }
    stage.person("overseer", "Biên Sơn", "zalo")
    officer.says(LINE, AT)
    picks(officer, label)
    number = next(
        n
        for n, each in enumerate(officer.last.choices, 1)
        if each.label.startswith(role) and (role != "Bí thư" or each.label == role)
    )
    say_all(officer, str(number), "1")
    assert told(stage) == sorted(people[name].address for name in gets)


def test_typed_units_are_looked_up_and_a_name_that_fits_several_is_asked_about(stage, officer):
    here = stage.person("secretary", "Tân Hoa", "zalo")
    stage.person("secretary", "Tân Sơn", "zalo")
    officer.says(LINE, AT)
    picks(officer, "Gõ tên")
    assert "«Tân» là đơn vị nào?" in officer.says("Chũ, Tân", AT)
    picks(officer, "Tân Hoa")
    say_all(officer, "1", "1")
    assert told(stage) == [here.address]


def test_within_the_minute_it_is_taken_back_from_everybody(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, LINE, "1", "1", "1")
    assert "Đã hoàn tác" in say_all(officer, "hoàn tác", "1")
    assert told(stage, AT + 2 * MINUTE) == []
    assert "Đã rút trước khi gửi" in officer.says("thông báo đã gửi", AT)


def test_afterwards_what_has_not_left_is_taken_back(stage, officer):
    for unit in ("Biên Sơn", "Chũ"):
        stage.person("secretary", unit, "zalo")
    say_all(officer, LINE, "1", "1", "1")
    stage.heartbeats(AT + MINUTE)
    with stage.begin() as session:
        first = session.execute(select(outbox.c.id).where(outbox.c.kind == "mailing")).scalars().first()
        session.execute(update(outbox).where(outbox.c.id == first).values(state="sent"))
    later = AT + 2 * MINUTE
    assert "Đã hoàn tác" in say_all(officer, "hoàn tác", "1", at=later)
    assert "Đến 1/2, 1 đã rút." in officer.says("thông báo TB-1", later)


def test_what_has_left_is_not_taken_back(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, LINE, "1", "1", "1")
    stage.heartbeats(AT + MINUTE)
    state(stage, state="sent")
    assert "TB-1 đã gửi đi hết" in say_all(officer, "hoàn tác", "1", at=AT + 2 * MINUTE)


def test_it_is_told_how_many_were_reached_blocked_or_have_no_channel(stage, officer):
    people = [stage.person("secretary", unit, "zalo") for unit in ("Biên Sơn", "Chũ", "Tân Hoa", "Sa Lý")]
    with stage.begin() as session:
        session.execute(update(addresses).where(addresses.c.value == people[0].address).values(blocked_at=AT))
        session.execute(
            update(addresses).where(addresses.c.value == people[1].address).values(person_id=None)
        )
    shown = say_all(officer, LINE, "1", "1")
    assert "Người nhận: 2 đồng chí ở 4 đơn vị" in shown
    assert "1 người chặn tin, 1 người chưa nối kênh nhắn tin, 51 đơn vị chưa có ai tham gia" in shown
    officer.says("1", AT)
    stage.heartbeats(AT + MINUTE)
    state(stage, state="sent")
    assert "Đến 2/4, 1 chặn, 1 chưa nối." in officer.says("thông báo TB-1 đến đâu rồi", AT + 2 * MINUTE)


def test_with_nobody_to_reach_nothing_is_sent(stage, officer):
    assert "không gửi gì" in say_all(officer, LINE, "1", "1")
    with stage.begin() as session:
        assert session.execute(select(mailings)).all() == []


def test_a_long_notice_is_refused_and_not_cut(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, "gửi thông báo", "1", "1")
    assert "1501 ký tự, quá 1500" in officer.says("họp giao ban " + "a" * 1488, AT)
    assert "đủ 1500 ký tự" in officer.says("họp giao ban " + "a" * 1487, AT)
    officer.says("1", AT)
    stage.unasked()
    stage.heartbeats(AT + MINUTE)
    (message,) = [message for _, message in stage.unasked()]
    assert len(message.text) < 2000
    assert message.text.endswith("a")


def test_an_identity_number_is_refused_and_not_kept(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, "gửi thông báo", "1", "1")
    assert "căn cước" in officer.says("đồng chí có số 024199001234 lên nhận", AT)


def test_at_night_the_morning_is_offered_and_the_night_may_be_chosen(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    night = AT.replace(hour=22)
    say_all(officer, LINE, "1", "1", at=night)
    assert "7:00 thứ Sáu 11/3" in officer.last.choices[0].label
    say_all(officer, "1", "1", at=night)
    assert told(stage, night + 5 * MINUTE) == []
    assert len(told(stage, night.replace(day=11, hour=7))) == 1
    say_all(officer, LINE, "1", "1", "2", "1", at=night.replace(day=11))
    assert len(told(stage, night.replace(day=11) + MINUTE)) == 1


def test_what_a_stopped_process_has_missed_waits_for_the_morning(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, LINE, "1", "1", "1", at=AT.replace(hour=20, minute=50))
    assert told(stage, AT.replace(hour=23)) == []
    assert len(told(stage, AT.replace(day=11, hour=7))) == 1


@pytest.mark.parametrize("role", ["secretary", "cell_secretary", "overseer"])
def test_others_are_refused_in_words(stage, role):
    someone = stage.person(role, "Biên Sơn", "zalo")
    assert "không thuộc phần việc" in someone.says("gửi thông báo", AT)


def test_the_log_says_who_sent_it(stage, officer):
    stage.person("secretary", "Biên Sơn", "zalo")
    say_all(officer, LINE, "1", "1", "1")
    with stage.begin() as session:
        row = session.execute(select(audit).where(audit.c.act == "send notice")).one()
    assert (row.person_id, row.subject, row.details["people"]) == (officer.id, "TB-1", 1)


def test_of_a_reminder_that_was_taken_back_nothing_is_left_to_be_answered(stage, officer):
    secretary = stage.person("secretary", "Trù Hựu", "zalo")
    stage.heartbeats(AT)
    say_all(officer, "nhắc Trù Hựu", "1", at=AT + MINUTE)
    stage.heartbeats(AT + 2 * MINUTE)
    say_all(officer, "hoàn tác", "1", at=AT + 3 * MINUTE)
    stage.heartbeats(AT + 4 * MINUTE)
    secretary.says("2", AT + 5 * MINUTE)  # «Đúng, không phát sinh» stood there
    with stage.begin() as session:
        assert session.execute(select(filings)).all() == []
