"""Delivery over real HTTP, with each fault that Telegram can show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from scheduler.delivery import NOTICED
from scheduler.rates import Rates
from storage.queries.senders import mark_blocked
from storage.session import Begin
from tests.harness import telegram_faults as faults
from tests.harness.delivering import Office, delivering, open_office

DOWN = float("inf")


@pytest.fixture
async def office(begin: Begin) -> AsyncIterator[Office]:
    async with open_office(begin) as office:
        yield office


async def test_what_waits_is_sent_and_its_receipt_kept(office: Office) -> None:
    id_ = office.put(5, "Đồng chí nhớ báo cáo", choices=(("y", "Đúng"),), question="q1")
    async with delivering(office):
        await office.until_row(id_, state="sent")
    person = office.server.person(5)
    assert (person.last.text, person.last.labels) == ("Đồng chí nhớ báo cáo", ["Đúng"])
    assert office.row(id_)["receipt"] == str(person.last.message_id)


async def test_a_reply_leaves_at_once(office: Office) -> None:
    async with delivering(office) as delivery:
        reply = office.answer(5, "Đã ghi nhận")
        delivery.hand_over([reply])
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["Đã ghi nhận"]


async def test_a_reply_may_be_handed_over_on_any_thread_and_those_of_other_channels_are_left(
    office: Office,
) -> None:
    async with delivering(office) as delivery:
        reply = office.answer(5, "Đã ghi nhận")
        await asyncio.to_thread(delivery.hand_over, [reply])
        await office.until_row(reply.outbox_id, state="sent")
        other = type(reply)(reply.outbox_id, reply.address_id, "web", "5", reply.message)
        delivery.hand_over([other])
    assert office.texts(5) == ["Đã ghi nhận"]


async def test_what_is_put_later_is_found_within_a_second(office: Office) -> None:
    async with delivering(office):
        id_ = office.put(5, "nhắc")
        await office.clock.advance(1)
        await office.until_row(id_, state="sent")


async def test_a_clock_that_is_set_back_holds_nothing_up(office: Office) -> None:
    async with delivering(office):
        office.clock.set_back(3600)
        id_ = office.put(5, "nhắc")
        await office.clock.advance(1)
        await office.until_row(id_, state="sent")


async def test_who_put_something_can_say_so(office: Office) -> None:
    async with delivering(office) as delivery:
        id_ = office.put(5, "nhắc")
        delivery.look_now()
        await office.until_row(id_, state="sent")


async def test_a_reply_of_a_process_that_surely_died_is_sent_at_once(office: Office) -> None:
    office.gone = lambda name, _at_post: name == "dead"
    dead, alive = office.answer(5, "Đã ghi nhận", "dead"), office.answer(6, "Đã ghi nhận", "alive")
    async with delivering(office):
        await office.until_row(dead.outbox_id, state="sent")
    assert office.row(alive.outbox_id)["leased_by"] == "alive"


async def test_a_reply_of_a_process_that_lost_its_post_is_sent_once_it_must_have_noticed(
    office: Office,
) -> None:
    office.gone = lambda _name, at_post: at_post >= NOTICED
    reply = office.answer(5, "Đã ghi nhận", "elsewhere")
    async with delivering(office):
        assert office.row(reply.outbox_id)["state"] == "waiting"
        await office.clock.advance(NOTICED.total_seconds())
        await office.until_row(reply.outbox_id, state="sent")


async def test_a_reply_of_a_process_that_died_is_sent_by_another_when_its_lease_is_over(
    office: Office,
) -> None:
    reply = office.answer(5, "Đã ghi nhận", process="dead")
    async with delivering(office):
        assert office.texts(5) == []
        await office.clock.advance(30)
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["Đã ghi nhận"]


async def test_how_fast_letters_left_to_somebody_is_not_remembered_for_ever(office: Office) -> None:
    async with delivering(office) as delivery:
        for chat in (5, 6):
            id_ = office.put(chat, "nhắc")
            delivery.look_now()
            await office.until_row(id_, state="sent")
            await office.clock.advance(120)
        assert len(delivery._lines._chats) <= 1


async def test_what_is_true_no_more_is_dropped(office: Office) -> None:
    office.untrue.add("Biên Sơn")
    dropped = office.put(5, "nhắc", about={"unit": "Biên Sơn"})
    sent = office.put(6, "nhắc", about={"unit": "Hộ Đáp"})
    async with delivering(office):
        await office.until_row(sent, state="sent")
    assert office.row(dropped)["state"] == "dropped"
    assert office.texts(5) == []


async def test_what_is_true_only_in_part_is_sent_in_other_words(office: Office) -> None:
    office.words["Biên Sơn"] = "nhắc lại"
    id_ = office.put(5, "nhắc", about={"unit": "Biên Sơn"}, choices=(("y", "Đúng"),), question="q1")
    async with delivering(office):
        await office.until_row(id_, state="sent")
    assert office.texts(5) == ["nhắc lại"]
    assert office.row(id_)["text"] == "nhắc lại"


async def test_a_fault_in_telling_what_is_true_stops_nobody(office: Office) -> None:
    office.breaks.add("Biên Sơn")
    ids = [office.put(chat, "nhắc", about={"unit": "Biên Sơn"}) for chat in (5, 6)]
    async with delivering(office):
        for id_ in ids:
            await office.until_row(id_, state="sent")


async def test_too_many_requests_wait_as_long_as_asked_and_hold_back_what_follows(office: Office) -> None:
    office.server.fails("sendMessage", faults.too_many_requests(7), chat=5)
    first, second = office.put(5, "một"), office.put(5, "hai")
    other = office.put(6, "khác")
    async with delivering(office):
        await office.until_row(first, leased_by=None)
        await office.until_row(other, state="sent")
        assert office.row(first)["due_at"] == office.clock.now() + timedelta(seconds=7)
        await office.clock.advance(6)
        await office.books.until_pieces(1)
        assert office.texts(5) == []
        await office.clock.advance(1)
        await office.until_row(second, state="sent")
    assert office.texts(5) == ["một", "hai"]
    assert office.row(first)["attempts"] == 1


async def test_a_reply_does_not_hurry_what_telegram_asked_to_wait(office: Office) -> None:
    office.server.fails("sendMessage", faults.too_many_requests(7), chat=5)
    first = office.put(5, "một")
    async with delivering(office) as delivery:
        await office.until_row(first, leased_by=None)
        reply = office.answer(5, "hai")
        delivery.hand_over([reply])
        await office.until_row(reply.outbox_id, leased_by=None)
        await office.clock.advance(6)
        await office.books.until_pieces(1)
        assert office.texts(5) == []
        await office.clock.advance(1)
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["một", "hai"]


async def test_when_two_are_asked_to_wait_all_wait(office: Office) -> None:
    office.server.fails("sendMessage", faults.too_many_requests(7), times=2)
    first, second = office.put(5, "một"), office.put(6, "hai")
    async with delivering(office) as delivery:
        await office.until_row(first, leased_by=None)
        await office.until_row(second, leased_by=None)
        reply = office.answer(7, "ba")
        delivery.hand_over([reply])
        await office.clock.advance(6)
        await asyncio.sleep(0)
        assert len(office.server.calls_of("sendMessage")) == 2
        await office.clock.advance(1)
        await office.until_row(reply.outbox_id, state="sent")
        await office.clock.advance(1)
        await office.until_row(first, state="sent")
        await office.until_row(second, state="sent")


async def test_a_blocked_address_is_marked_and_its_messages_wait_for_the_person(office: Office) -> None:
    office.server.person(5).has_blocked = True
    first, second = office.put(5, "một"), office.put(5, "hai")
    async with delivering(office) as delivery:
        await office.until_row(first, attempts=1)
        assert office.acts() == ["lose address"]
        await office.clock.advance(3600)
        await office.books.until_pieces(1)
        assert len(office.server.calls_of("sendMessage")) == 1
        office.server.person(5).has_blocked = False
        with office.books.begin() as session:
            mark_blocked(session, office.address_of(session, 5), None)
        reply = office.answer(5, "ba")
        delivery.hand_over([reply])
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["một", "hai", "ba"]
    assert office.row(second)["state"] == "sent"


async def test_a_group_that_moved_gets_the_message_at_its_new_address(office: Office) -> None:
    office.server.group(-1009)
    office.server.fails("sendMessage", faults.migrated(-1009), chat=5)
    id_ = office.put(5, "chào nhóm")
    async with delivering(office):
        await office.until_row(id_, state="sent")
    assert [sent.chat_id for sent in office.server.sent] == [-1009]
    assert office.acts() == ["move address"]


async def test_trouble_is_tried_again_after_longer_and_longer_waits(office: Office) -> None:
    office.server.fails("sendMessage", faults.server_error(), times=3)
    id_ = office.put(5, "nhắc")
    async with delivering(office):
        for tries, wait in ((1, 2), (2, 4), (3, 8)):
            await office.until_row(id_, attempts=tries, leased_by=None)
            assert office.row(id_)["due_at"] == office.clock.now() + timedelta(seconds=wait)
            await office.clock.advance(wait)
        await office.until_row(id_, state="sent")
    assert office.texts(5) == ["nhắc"]


async def test_a_reply_brings_what_waits_for_another_try_along(office: Office) -> None:
    office.server.fails("sendMessage", faults.server_error())
    reminder = office.put(5, "nhắc")
    async with delivering(office) as delivery:
        await office.until_row(reminder, attempts=1, leased_by=None)
        reply = office.answer(5, "trả lời")
        delivery.hand_over([reply])
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["nhắc", "trả lời"]


async def test_a_reply_waits_behind_what_was_put_off_before_this_process_began(office: Office) -> None:
    office.server.fails("sendMessage", faults.server_error())
    reminder = office.put(5, "nhắc")
    async with delivering(office):
        await office.until_row(reminder, attempts=1, leased_by=None)
    async with delivering(office) as delivery:
        reply = office.answer(5, "trả lời")
        delivery.hand_over([reply])
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["nhắc", "trả lời"]


@pytest.mark.parametrize(("how", "arrived"), [(faults.cut_after(), 2), (faults.cut_before(), 1)])
async def test_a_message_in_doubt_is_sent_again_and_the_doubt_is_kept(
    office: Office, how: faults.Fault, arrived: int
) -> None:
    office.server.fails("sendMessage", how)
    id_ = office.put(5, "nhắc")
    async with delivering(office):
        await office.until_row(id_, attempts=1, leased_by=None)
        await office.clock.advance(29)
        await office.books.until_pieces(1)
        assert office.row(id_)["state"] == "waiting"
        await office.clock.advance(1)
        await office.until_row(id_, state="sent")
    assert office.texts(5) == ["nhắc"] * arrived
    assert "không rõ" in office.row(id_)["reason"]


async def test_a_message_that_telegram_refuses_is_given_up_and_the_next_one_goes(office: Office) -> None:
    first, second = office.put(5, "x" * 4097), office.put(5, "hai")
    async with delivering(office):
        await office.until_row(second, state="sent")
        await office.until_row(first, state="failed")
    assert "too long" in office.row(first)["reason"]
    assert office.acts() == ["give up message"]


async def test_a_wrong_token_loses_nothing(office: Office) -> None:
    office.server.fails("sendMessage", faults.unauthorized())
    first, second = office.put(5, "một"), office.put(5, "hai")
    async with delivering(office):
        await office.until_row(first, leased_by=None)
        assert office.row(first)["state"] == "waiting"
        await office.clock.advance(30)
        await asyncio.sleep(0)
        assert len(office.server.calls_of("sendMessage")) == 1
        await office.clock.advance(30)
        await office.until_row(second, state="sent")
    assert office.texts(5) == ["một", "hai"]
    assert office.row(first)["attempts"] == 1


async def test_after_three_days_of_trouble_it_is_given_up_and_said_so(office: Office) -> None:
    office.server.fails("sendMessage", faults.server_error(), times=DOWN)
    id_ = office.put(5, "nhắc")
    async with delivering(office):
        tries = 0
        while office.row(id_)["state"] == "waiting":
            tries += 1
            await office.until_row(id_, attempts=tries, leased_by=None)
            await office.clock.advance(3600)
    assert office.row(id_)["state"] == "failed"
    assert 60 < office.row(id_)["attempts"] <= 72
    assert office.acts() == ["give up message"]


async def test_nobody_waits_for_somebody_elses_trouble(office: Office) -> None:
    office.server.fails("sendMessage", faults.held(), chat=5)
    slow, quick = office.put(5, "chậm"), office.put(6, "nhanh")
    async with delivering(office):
        await office.until_row(quick, state="sent")
        assert office.row(slow)["state"] == "waiting"
        office.server.let_go()
        await office.until_row(slow, state="sent")


async def test_a_crowd_leaves_no_faster_than_allowed(office: Office) -> None:
    office.rates = Rates.of(5, 5)
    ids = [office.put(chat, "nhắc") for chat in range(1, 10)]
    async with delivering(office):
        await office.server.until(lambda: len(office.server.sent) == 1)
        for sent in range(2, 10):
            await office.clock.advance(0.201)
            await office.server.until(lambda sent=sent: len(office.server.sent) == sent)
        for id_ in ids:
            await office.until_row(id_, state="sent")


async def test_a_database_that_is_down_at_the_receipt_is_told_again_and_nothing_is_sent_twice(
    office: Office,
) -> None:
    async with delivering(office) as delivery:
        reply = office.answer(5, "Đã ghi nhận")
        office.books.closed = 1
        delivery.hand_over([reply])
        await office.server.until(lambda: office.texts(5) == ["Đã ghi nhận"])
        await office.books.until(lambda _: office.books.closed == 0)
        await office.clock.advance(60)
        await office.until_row(reply.outbox_id, state="sent")
    assert office.texts(5) == ["Đã ghi nhận"]


async def test_a_database_that_is_down_at_the_start_is_waited_for(office: Office) -> None:
    office.books.closed = 3
    id_ = office.put(5, "nhắc")
    async with delivering(office, is_ready=False):
        for _ in range(3):
            await office.clock.advance(1)
        await office.until_row(id_, state="sent")


async def test_stopping_frees_what_is_in_hand_and_records_what_was_sent(office: Office) -> None:
    office.server.fails("sendMessage", faults.held(after_effect=True), chat=5)
    first, second = office.put(5, "một"), office.put(5, "hai")
    async with delivering(office):
        await office.server.until(lambda: office.texts(5) == ["một"])
        office.server.let_go()
    assert office.row(first)["state"] == "sent"
    assert (office.row(second)["state"], office.row(second)["leased_by"]) == ("waiting", None)


async def test_two_deliverers_send_each_message_once(office: Office) -> None:
    ids = [office.put(chat, f"{number}") for number in range(3) for chat in range(1, 6)]
    async with delivering(office, "one"), delivering(office, "two"):
        while any(office.row(id_)["state"] == "waiting" for id_ in ids):
            await office.clock.advance(1)
            await office.books.until_pieces(1)
    assert all(office.texts(chat) == ["0", "1", "2"] for chat in range(1, 6))
