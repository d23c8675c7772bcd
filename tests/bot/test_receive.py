"""What comes of a message, whatever it is: one clear answer, and books that are right."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.people import Role
from messages.channel import Address, IncomingMessage, MessageKind, Tap
from storage.queries import senders
from storage.queries.recipients import recipients
from storage.tables import addresses, admissions, appointments, filings, inbox, outbox, revisions
from tests.harness.stage import bind_address

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
LINE = "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3"


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "telegram")


def rows(stage, table):
    with stage.begin() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_confirmed_report_is_in_the_books_once_with_its_message(stage, secretary):
    secretary.says(LINE, AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    with stage.begin() as session:
        row = session.execute(select(revisions)).mappings().one()
        message = session.execute(select(inbox).where(inbox.c.id == row["inbox_id"])).mappings().one()
    assert (row["name"], row["gender"], row["birth_year"]) == ("Nguyen Thi Hoa", "nữ", 1999)
    assert message["tap"]["label"] == "Đúng, ghi nhận"


def test_the_same_message_twice_is_answered_once(stage, secretary):
    message = secretary.message(LINE, AT)
    assert secretary.hears(message) is not None
    assert secretary.hears(message) is None
    assert rows(stage, outbox) == 1


@pytest.mark.parametrize("said", ["\x00", "a\x00b", "\ud800", "kn \x00 15/3"])
def test_what_no_database_can_keep_is_not_said_back(stage, secretary, said):
    secretary.says("kết nạp", AT)
    answer = secretary.says(said, AT)
    assert answer
    assert "\x00" not in answer
    assert answer.encode("utf-8")


def test_a_second_tap_on_the_same_button_records_nothing_more(stage, secretary):
    secretary.says(LINE, AT)
    question = secretary.last.question
    secretary.says("1", AT)
    again = tap(secretary, question, 1)
    assert secretary.hears(again).startswith("Câu này đã qua.")
    assert rows(stage, admissions) == 1


def tap(someone, question, number, at=AT):
    return IncomingMessage(
        channel=someone.channel,
        external_id=f"tap-{question}-{number}-{someone.sent()}",
        sender=Address(someone.channel, someone.address),
        kind=MessageKind.CHOICE,
        at=at,
        tap=Tap(question=question, number=number),
    )


def test_a_tap_on_a_question_that_has_passed_leaves_the_waiting_one_as_it_is(stage, secretary):
    secretary.says("menu", AT)
    old = secretary.last.question
    secretary.says(LINE, AT)
    answer = secretary.hears(tap(secretary, old, 2))
    assert answer.startswith("Câu này đã qua.")
    assert "Kết nạp: Nguyen Thi Hoa" in answer
    assert "Đã ghi nhận" in secretary.says("1", AT)


@pytest.mark.parametrize("number", [0, 99])
def test_a_tap_on_a_choice_that_was_never_shown_does_nothing(stage, secretary, number):
    secretary.says(LINE, AT)
    assert secretary.hears(tap(secretary, secretary.last.question, number)).startswith("Câu này đã qua.")
    assert rows(stage, admissions) == 0


@pytest.mark.parametrize(
    "text",
    ["😀", "x" * 10_000, "1" * 10_000, "\x00\u202e", " \n\t ", "?", unicodedata.normalize("NFD", "bó tay")],
)
def test_what_cannot_be_understood_gets_one_answer_and_changes_nothing(stage, secretary, text):
    words = "chưa hiểu" if any(sign.isalnum() or sign == "?" for sign in text) else "Cần việc gì"
    assert words in secretary.says(text, AT)
    assert rows(stage, admissions) == rows(stage, filings) == 0


def test_decomposed_vietnamese_is_understood_like_composed(stage, secretary):
    secretary.says(unicodedata.normalize("NFD", "kết nạp Nguyễn Thị Hoa ngày 15/3"), AT)
    secretary.says("1", AT)
    with stage.begin() as session:
        assert session.execute(select(revisions.c.name)).scalar_one() == "Nguyễn Thị Hoa"


@pytest.mark.parametrize(
    "kind", [MessageKind.PICTURE, MessageKind.VOICE, MessageKind.STICKER, MessageKind.OTHER]
)
def test_what_is_not_text_is_answered_with_what_to_do_instead(secretary, kind):
    message = IncomingMessage(
        channel="telegram", external_id="m1", sender=Address("telegram", secretary.address), kind=kind, at=AT
    )
    assert "bằng chữ" in secretary.hears(message)


def test_a_stranger_is_told_how_to_join_but_not_at_every_message(stage):
    def hello(number, at):
        return stage.receive(
            IncomingMessage(
                channel="telegram",
                external_id=f"s{number}",
                sender=Address("telegram", "stranger"),
                kind=MessageKind.TEXT,
                at=at,
                text="xin chào",
            )
        )

    assert "mã mời" in hello(1, AT).text
    assert hello(2, AT + timedelta(minutes=2)) is None
    assert "mã mời" in hello(3, AT + timedelta(minutes=6)).text


def test_whose_office_has_ended_is_told_so_and_nothing_is_recorded(stage, secretary):
    with stage.begin() as session:
        session.execute(appointments.update().values(until=date(2022, 3, 27)))
    answer = secretary.says(LINE, AT)
    assert answer.startswith("Đồng chí đã thôi nhiệm vụ tại Biên Sơn ngày 27/3/2022. Tin này tôi không ghi.")
    assert secretary.hears(secretary.message(LINE, AT)) is None
    assert rows(stage, admissions) == 0


def test_a_report_that_is_as_long_as_a_code_is_no_wrong_code(stage, secretary):
    assert "Lễ kết nạp ngày nào?" in secretary.says("kn Thanh sn 1999", AT)


def test_a_group_is_declined_once(stage):
    def in_group(number):
        return stage.receive(
            IncomingMessage(
                channel="telegram",
                external_id=f"g{number}",
                sender=Address("telegram", "-100"),
                kind=MessageKind.GROUP,
                at=AT,
                text=LINE,
            )
        )

    assert "riêng" in in_group(1).text
    assert in_group(2) is None
    assert rows(stage, admissions) == 0


def test_two_secretaries_who_confirm_the_same_person_are_counted_once(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "telegram")
    secretary.says(LINE, AT)
    deputy.says(LINE, AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert "mã BS-22-01). Có phải cùng một người" in deputy.says("1", AT)
    assert "đã có trong sổ (mã BS-22-01)" in deputy.says("1", AT)
    assert rows(stage, admissions) == 1


def test_a_yes_is_void_when_the_figure_under_it_has_changed(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "telegram")
    secretary.says("chốt quý I", AT)
    deputy.says(LINE, AT)
    deputy.says("1", AT)
    answer = secretary.says("1", AT)
    assert answer.startswith("Số liệu vừa thay đổi")
    assert "đã báo 1 đồng chí" in answer
    assert rows(stage, filings) == 0


def test_yesterday_means_the_day_before_it_was_said(stage, secretary):
    secretary.says("kn Nguyễn Thị Hoa", AT)
    secretary.says("hôm qua", AT)
    secretary.says("1", AT + timedelta(days=2))
    with stage.begin() as session:
        assert session.execute(select(revisions.c.ceremony_on)).scalar_one().isoformat() == "2022-03-27"


def test_an_ended_appointment_is_of_no_use_to_a_message_that_says_it_was_sent_before(stage, secretary):
    with stage.begin() as session:
        session.execute(appointments.update().values(until=date(2022, 3, 20)))
    stage.now = AT
    assert "Tin này tôi không ghi" in secretary.says(LINE, AT - timedelta(days=10))
    assert rows(stage, admissions) == 0


def test_a_report_sent_in_time_counts_though_it_arrives_after_the_close(stage, secretary):
    sent = datetime.fromisoformat("2022-04-05T23:58:00+07:00")
    secretary.says("kn Nguyễn Thị Hoa ngày 30/3", sent)
    message = secretary.message("1", sent + timedelta(seconds=30))
    stage.now = sent + timedelta(hours=9)
    assert "Đã ghi nhận" in secretary.hears(message)


def test_the_district_reads_what_is_on_the_books_though_its_message_bears_an_earlier_time(stage, secretary):
    """Telegram dates messages in whole seconds, and by a clock of its own."""
    officer = stage.person("district", "", "telegram")
    secretary.says(LINE, AT)
    secretary.says("1", AT + timedelta(seconds=0.9))
    assert "Kết nạp: 1/46" in officer.says("tình hình", AT - timedelta(seconds=30))


def test_a_blocked_address_is_cleared_when_somebody_writes_again(stage, secretary):
    def event(kind, number):
        return IncomingMessage(
            channel="telegram",
            external_id=f"b{number}",
            sender=Address("telegram", secretary.address),
            kind=kind,
            at=AT,
        )

    assert secretary.hears(event(MessageKind.BLOCKED, 1)) is None
    assert blocked(stage, secretary)
    assert secretary.hears(event(MessageKind.UNBLOCKED, 2)) is None
    assert not blocked(stage, secretary)
    secretary.hears(event(MessageKind.BLOCKED, 3))
    secretary.says("menu", AT)
    assert not blocked(stage, secretary)


def blocked(stage, someone):
    with stage.begin() as session:
        at = session.execute(select(addresses.c.blocked_at).where(addresses.c.value == someone.address))
        return at.scalar_one() is not None


def test_a_cell_reports_for_the_organisation_above_it(stage):
    cell = stage.cell("thôn Khuân Cầu", "Biên Sơn")
    someone = stage.person("cell_secretary", cell, "zalo")
    assert "Chốt báo cáo quý" not in someone.says("menu", AT)
    someone.says(LINE, AT)
    assert "mã BS-22-01" in someone.says("1", AT)
    assert "không thuộc phần việc" in someone.says("chốt quý I", AT)


def test_the_address_that_somebody_wrote_from_last_is_the_one_they_are_reached_at(stage, secretary):
    with stage.begin() as session:
        senders.lock_senders(session, [("zalo", "other")], AT)
        bind_address(session, "zalo", "other", secretary.id)
    secretary.says("menu", AT + timedelta(hours=1))
    with stage.begin() as session:
        [(_, reached)] = recipients(session, [Role.SECRETARY], AT.date())
    assert reached.channel == "telegram"
