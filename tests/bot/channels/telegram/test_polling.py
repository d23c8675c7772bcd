"""Polling: nothing is confirmed before it is in the books, and nothing stalls it."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram import TelegramChannel
from messages.channel import Address, Choice, MessageKind, OutgoingMessage
from tests.bot.channels.telegram.conftest import polling
from tests.harness import telegram_faults as faults
from tests.harness.patience import WITHIN
from tests.harness.receiving import Desk
from tests.harness.telegram_server import TelegramServer


async def test_what_is_said_comes_in_and_is_confirmed(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    async with polling(channel, desk):
        said = server.person(5).says("xin chào")
        await server.until_confirmed(said)
    assert desk.texts == ["xin chào"]


async def test_nothing_is_confirmed_before_receive_has_returned(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    desk.gates["chậm"] = asyncio.Event()
    quick, slow = server.person(5).says("nhanh"), server.person(6).says("chậm")
    async with polling(channel, desk):
        await server.until(lambda: len(server.calls_of("getUpdates")) == 1)
        assert server.queue.confirmed == []
        desk.gates["chậm"].set()
        await server.until_confirmed(slow)
    assert server.queue.confirmed == [quick["update_id"], slow["update_id"]]


async def test_a_database_that_is_down_makes_it_ask_for_the_same_again(
    server: TelegramServer, channel: TelegramChannel, desk: Desk, waits: list[float]
) -> None:
    desk.closed = 3
    said = server.person(5).says("kết nạp Hoa")
    async with polling(channel, desk):
        await server.until_confirmed(said)
    assert desk.texts == ["kết nạp Hoa"]
    assert waits == [1, 2, 4]


async def test_one_chat_that_cannot_be_taken_in_keeps_its_order_and_its_place(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    desk.closed = 1
    server.person(5).says("một")
    last = server.person(5).says("hai")
    async with polling(channel, desk):
        await server.until_confirmed(last)
    assert desk.texts == ["một", "hai"]


async def test_the_messages_of_one_chat_are_handed_in_one_after_another_and_chats_side_by_side(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    desk.gates["một"] = asyncio.Event()
    server.person(5).says("một"), server.person(5).says("hai")
    other = server.person(6).says("khác")
    async with polling(channel, desk):
        await server.until(lambda: server.calls_of("getUpdates") != [])
        await asyncio.wait_for(desk.took.wait(), WITHIN)
        assert desk.texts == ["khác"]
        desk.gates["một"].set()
        await server.until_confirmed(other)
    assert desk.texts == ["khác", "một", "hai"]


async def test_poison_does_not_stall(server: TelegramServer, channel: TelegramChannel, desk: Desk) -> None:
    server.feed_poison()
    server.feed_poison(5)
    said = server.person(6).says("sau đó")
    async with polling(channel, desk):
        await server.until_confirmed(said)
    assert {message.kind for message in desk.taken if message.sender.value == "5"} == {MessageKind.OTHER}
    assert "sau đó" in desk.texts


async def test_more_than_a_batch_comes_whole(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    for number in range(250):
        last = server.person(1 + number % 7).says(str(number))
    async with polling(channel, desk):
        await server.until_confirmed(last)
    assert sorted(desk.texts, key=int) == [str(number) for number in range(250)]


async def test_numbers_that_start_anew_below_are_not_missed(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    async with polling(channel, desk):
        await server.until_confirmed(server.person(5).says("một"))
        await server.until(lambda: server.queue.is_polled)
        low = server.feed("message", server.person(5).says("hai")["message"], update_id=7)
        await server.until_confirmed(low)
    assert "hai" in desk.texts


@pytest.mark.parametrize(
    ("how", "wait"),
    [
        (faults.server_error(), 1),
        (faults.cut_before(), 1),
        (faults.cut_after(), 1),
        (faults.proxy_page(403), 1),
        (faults.Fault(status=201, body="<html>"), 1),
        (faults.Fault(status=201, body='{"ok": true, "result": 5}'), 1),
        (faults.too_many_requests(9), 9),
        (faults.unauthorized(), 1),
        (faults.Fault(status=409, description="Conflict: terminated by other getUpdates request"), 1),
    ],
)
async def test_it_goes_on_after_a_fault(
    server: TelegramServer,
    channel: TelegramChannel,
    desk: Desk,
    waits: list[float],
    how: faults.Fault,
    wait: float,
) -> None:
    said = server.person(5).says("xin chào")
    server.fails("getUpdates", how)
    async with polling(channel, desk):
        await server.until_confirmed(said)
    assert desk.texts == ["xin chào"]
    assert waits == [wait]


async def test_the_wait_between_tries_grows_and_ends_at_half_a_minute(
    server: TelegramServer, channel: TelegramChannel, desk: Desk, waits: list[float]
) -> None:
    server.fails("getUpdates", faults.server_error(), times=8)
    said = server.person(5).says("xin chào")
    async with polling(channel, desk):
        await server.until_confirmed(said)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


async def test_a_tap_is_answered_at_once_and_its_answer_is_nobodys_concern(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    person = server.person(5)
    await channel.send(
        Address("telegram", "5"), OutgoingMessage(text="?", choices=(Choice("y", "Đúng"),), question="q1")
    )
    server.fails("answerCallbackQuery", faults.server_error())
    async with polling(channel, desk):
        await server.until_confirmed(person.taps("Đúng"))
        await server.until_confirmed(person.taps("Đúng"))
        await server.until(lambda: len(server.calls_of("answerCallbackQuery")) == 2)
    assert [message.kind for message in desk.taken] == [MessageKind.CHOICE] * 2


async def test_stopping_ends_a_long_poll(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    async with polling(channel, desk):
        await server.until(lambda: server.queue.is_polled)
    assert desk.tries == 0


async def test_what_waits_is_kept_when_polling_begins(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    said = server.person(5).says("từ hôm qua")
    await channel.use_polling()
    async with polling(channel, desk):
        await server.until_confirmed(said)
    assert desk.texts == ["từ hôm qua"]


async def test_only_what_is_understood_is_asked_for(
    server: TelegramServer, channel: TelegramChannel, desk: Desk
) -> None:
    async with polling(channel, desk):
        await server.until(lambda: server.queue.is_polled)
    assert server.queue.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}
