"""What a reminder offers waits no longer than it is of use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.dialogue.state import Waiting
from domain.period import Quarter
from messages.channel import Choice, OutgoingMessage
from messages.say import Say
from scheduler.days_off import timetable_of
from scheduler.offer import choices_in, offer_instead, offered_in, question_in, withdraw
from scheduler.reminders import tick
from scheduler.unasked import Unasked, put_all
from storage.queries import delivery, outbox, senders
from storage.queries.delivery import GivenUp
from storage.queries.filings import filing_of
from storage.queries.outbox import Draft
from storage.queries.recipients import where_reached
from tests.harness.stage import Stage

Q1 = Quarter(2022, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}:00+07:00")


@pytest.fixture
def stage(plan_url):
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


def put(stage, now):
    with stage.begin() as session:
        tick(session, now, stage.office, timetable_of(stage.office))


def beat(stage, now):
    """What is put at a moment, and delivered."""
    put(stage, now)
    (message,) = [message for _, message in stage.unasked()]
    return message


def waiting(stage, someone):
    with stage.begin() as session:
        return (senders.dialogue_of(session, someone.id) or {}).get("waiting")


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_tap_after_the_close_is_told_that_it_is_over(stage, channel):
    secretary = stage.person("secretary", "Biên Sơn", channel)
    secretary.last = beat(stage, at("03-24T08:00"))
    answer = secretary.says("2", at("04-06T00:00"))
    assert answer.startswith("Câu này đã qua")
    with stage.begin() as session:
        assert filing_of(session, secretary.unit.id, Q1) is None
    # what was offered then is the menu, and it is taken again
    assert "Báo cáo kết nạp" in secretary.says("1", at("04-06T00:01"))


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_until_then_it_is_taken(stage, channel):
    secretary = stage.person("secretary", "Biên Sơn", channel)
    secretary.last = beat(stage, at("03-24T08:00"))
    assert "không phát sinh trong quý I/2022" in secretary.says("2", at("04-05T23:59"))


def test_words_after_the_close_are_understood_as_ever(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.last = beat(stage, at("03-24T08:00"))
    assert "quý II/2022" in secretary.says("tiến độ", at("04-07T09:00"))


def test_what_was_never_delivered_is_withdrawn_when_its_time_is_over(stage):
    secretary = stage.person("secretary", "Biên Sơn", "telegram")
    put(stage, at("03-24T08:00"))
    assert waiting(stage, secretary) is not None
    over = at("03-27T08:00")
    with stage.begin() as session:
        assert delivery.expire(session, "telegram", over - timedelta(seconds=1)) == []
        withdraw(session, delivery.expire(session, "telegram", over), over)
    assert waiting(stage, secretary) is None


def test_what_the_channel_refuses_for_good_is_withdrawn(stage):
    secretary = stage.person("secretary", "Biên Sơn", "telegram")
    put(stage, at("03-24T08:00"))
    now = at("03-24T08:01")
    with stage.begin() as session:
        lot = delivery.lease(session, "telegram", by="test", now=now, until=now, most=5)
        lapsed = delivery.record(
            session, [GivenUp(id=lot.rows[0].id, reason="không gửi được")], by="test", at=now
        )
        withdraw(session, lapsed, now)
    assert waiting(stage, secretary) is None


def test_what_has_been_put_since_stays(stage):
    secretary = stage.person("secretary", "Biên Sơn", "telegram")
    put(stage, at("03-24T08:00"))
    secretary.says("menu", at("03-24T09:00"))
    shown = waiting(stage, secretary)
    over = at("03-27T08:00")
    with stage.begin() as session:
        withdraw(session, delivery.expire(session, "telegram", over), over)
    assert waiting(stage, secretary) == shown


def test_plain_yes_under_a_reminder_of_one_unit_files_it(stage):
    secretary = stage.person("secretary", "Trù Hựu", "zalo")
    stage.prepare("admitted", "Vi Văn Toàn 10/3/2022", secretary, at("03-10T08:00"))
    secretary.last = beat(stage, at("03-24T08:00"))
    assert "chốt quý I/2022 với 1 đồng chí" in secretary.says("đúng", at("03-24T08:05"))


def test_the_choice_of_a_unit_that_is_no_more_one_s_own_files_nothing(stage):
    secretary = stage.person("secretary", "Biên Sơn", "telegram")
    reminder = beat(stage, at("03-24T08:00"))
    forged = Choice(reminder.choices[1].value.replace("BS-", "THU-"), "Đúng, không phát sinh")
    with stage.begin() as session:
        state = senders.dialogue_of(session, secretary.id)
        state["waiting"]["choices"][1] = [forged.value, forged.label]
        senders.keep_dialogue(session, secretary.id, state, at("03-24T08:01"))
    secretary.last = OutgoingMessage(text="", choices=reminder.choices, question=reminder.question)
    answer = secretary.says("2", at("03-24T08:05"))
    assert "Đã ghi nhận" not in answer
    other = stage.unit("Trù Hựu")
    with stage.begin() as session:
        assert filing_of(session, other.id, Q1) is None


MENU = Choice("menu", "Menu")
SHEET = Choice("bảng gọi điện", "Bảng gọi điện")
FURTHER = Choice("danh sách học lớp HL-2", "Xem tiếp")


def offered(stage, someone, choices, now, until=None):
    """What is shown under a message that nobody asked for, and the message that is put with it."""
    with stage.begin() as session:
        dialogue = senders.dialogue_of(session, someone.id)
        stored = offered_in(dialogue, choices, now, until or now + timedelta(days=7))
        senders.keep_dialogue(session, someone.id, stored, now)
    return OutgoingMessage(text="", choices=choices_in(stored), question=question_in(stored))


def test_what_comes_later_on_one_morning_goes_on_from_what_was_offered_before(stage):
    officer = stage.person("district", "", "telegram")
    first = offered(stage, officer, (SHEET, MENU), at("08-01T08:00"))
    second = offered(stage, officer, (FURTHER, MENU), at("08-01T08:00"))
    assert first.choices == (SHEET, MENU)
    assert second.choices == (SHEET, MENU, FURTHER)
    officer.last = first
    assert officer.says("1", at("08-01T09:00")).startswith("BẢNG GỌI ĐIỆN")


def test_a_number_under_the_earlier_message_means_none_of_the_later_one(stage):
    officer = stage.person("district", "", "telegram")
    first = offered(stage, officer, (SHEET, MENU), at("08-01T08:00"))
    offered(stage, officer, (FURTHER,), at("08-01T08:00"))
    officer.last = OutgoingMessage(text="", choices=(*first.choices, FURTHER), question=first.question)
    assert "Câu này đã qua" in officer.says("3", at("08-01T09:00"))


@pytest.mark.parametrize(
    "later",
    [
        (timedelta(hours=2), (FURTHER,)),
        (timedelta(hours=1), tuple(Choice(f"xem đơn vị {n}", f"Đơn vị {n}") for n in range(8))),
        (timedelta(hours=1), (Choice("chốt BS-2022-1-2-9", "Đúng, chốt quý I với 2"),)),
        (timedelta(hours=1), (Choice("menu của ngày", "Menu"),)),
    ],
    ids=["hours later", "more than nine", "read back anew", "looks alike"],
)
def test_what_does_not_belong_together_is_offered_by_itself(stage, later):
    after, choices = later
    officer = stage.person("district", "", "telegram")
    now = at("08-01T08:00")
    offered(stage, officer, (Choice("chốt BS-2022-1-1-9", "Đúng, chốt quý I với 1"), MENU), now)
    assert offered(stage, officer, choices, now + after).choices == choices


def test_what_is_offered_in_the_place_of_the_later_one_leaves_the_earlier_its_numbers(stage):
    officer = stage.person("district", "", "telegram")
    offered(stage, officer, (SHEET, MENU), at("08-01T08:00"))
    second = offered(stage, officer, (FURTHER,), at("08-01T08:00"))
    with stage.begin() as session:
        instead = offer_instead(session, officer.id, second.question, (), at("08-01T08:01"))
    assert instead == (SHEET, MENU)


def test_what_is_out_of_date_is_not_gone_on_from(stage):
    officer = stage.person("district", "", "telegram")
    offered(stage, officer, (SHEET, MENU), at("08-01T08:00"), until=at("08-01T08:30"))
    assert offered(stage, officer, (FURTHER,), at("08-01T08:30")).choices == (FURTHER,)


def test_a_list_that_is_gone_on_from_waits_as_long_as_the_longer_of_both(stage):
    officer = stage.person("district", "", "telegram")
    officer.last = offered(stage, officer, (SHEET, MENU), at("08-01T08:00"))
    offered(stage, officer, (FURTHER,), at("08-01T08:00"), until=at("08-01T09:00"))
    assert officer.says("1", at("08-01T12:00")).startswith("BẢNG GỌI ĐIỆN")


def three_offered(stage, officer):
    lists = ((SHEET, MENU), (FURTHER,), (Choice("tình hình", "Tình hình"),))
    return [offered(stage, officer, choices, at("08-01T08:00")) for choices in lists]


def test_of_three_messages_of_one_morning_the_first_means_what_it_shows(stage):
    officer = stage.person("district", "", "telegram")
    officer.last = three_offered(stage, officer)[0]
    assert officer.says("1", at("08-01T09:00")).startswith("BẢNG GỌI ĐIỆN")


def test_what_is_offered_in_the_place_of_the_third_leaves_those_of_both_before(stage):
    officer = stage.person("district", "", "telegram")
    third = three_offered(stage, officer)[-1]
    with stage.begin() as session:
        instead = offer_instead(session, officer.id, third.question, (), at("08-01T08:01"))
    assert instead == (SHEET, MENU, FURTHER)


def test_two_messages_to_one_person_that_are_put_together_share_their_choices(stage):
    officer = stage.person("district", "", "telegram")
    now, late = at("08-01T08:00"), at("08-08T08:00")
    with stage.begin() as session:
        reached = where_reached(session, officer.id)
        both = [
            Unasked(
                person=officer.id,
                reached=reached,
                parts=[Say("talk/thanks", {}, choices)],
                key=f"{number}",
                about=None,
                until=late,
                offered_until=late,
            )
            for number, choices in enumerate([(SHEET, MENU), (FURTHER, MENU)])
        ]
        put_all(session, both, "digest", now, stage.office)
    first, second = (message for _, message in stage.unasked())
    assert (first.choices, second.choices) == ((SHEET, MENU), (SHEET, MENU, FURTHER))
    assert first.question != second.question
    officer.last = first
    assert officer.says("1", at("08-01T09:00")).startswith("BẢNG GỌI ĐIỆN")


def test_what_was_typed_before_the_later_one_left_answers_the_earlier(stage):
    officer = stage.person("district", "", "telegram")
    offered(stage, officer, (SHEET, MENU), at("08-01T08:00"))
    later = offered(stage, officer, (FURTHER,), at("08-01T08:00"))
    with stage.begin() as session:
        reached = where_reached(session, officer.id)
        draft = Draft(address_id=reached.address_id, kind="digest", text="", question=later.question)
        outbox.put(session, draft, at("08-01T08:00"))
    assert officer.hears(officer.message("1", at("08-01T09:00"))).startswith("BẢNG GỌI ĐIỆN")


def test_before_the_latest_of_three_is_what_the_two_others_showed():
    three = (SHEET, MENU, FURTHER)
    waiting = Waiting("q3", "", three, earlier=(("q1", 1), ("q2", 2)))
    assert (waiting.before.question, waiting.before.choices) == ("q2", (SHEET, MENU))
    assert (waiting.before.before.question, waiting.before.before.choices) == ("q1", (SHEET,))
    assert waiting.before.before.before is None
