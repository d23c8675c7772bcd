"""Sending through Telegram: what arrives on the phone, and what follows from each way to fail."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.telegram import TelegramChannel
from messages.channel import Address, Choice, DeliveryFailed, OutgoingMessage
from tests.harness import telegram_faults as faults
from tests.harness.telegram_server import TelegramServer

HOA = Address("telegram", "5")
HELLO = OutgoingMessage(text="Chào đồng chí")
QUESTION = OutgoingMessage(
    text="Đúng chưa?",
    choices=(Choice("yes", "Đúng, ghi vào sổ"), Choice("fix", "Sửa"), Choice("no", "Hủy")),
    question="q7",
)


async def failure(channel: TelegramChannel, message: OutgoingMessage = HELLO) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(HOA, message)
    return caught.value


async def test_a_message_arrives_protected_and_without_link_previews(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    receipt = await channel.send(HOA, HELLO)
    assert person.last.text == "Chào đồng chí"
    assert receipt.external_id == str(person.last.message_id)
    assert person.last.params["protect_content"] is True
    assert person.last.params["link_preview_options"] == {"is_disabled": True}


async def test_choices_become_buttons_that_bring_back_question_and_number(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    await channel.send(HOA, QUESTION)
    assert person.last.labels == ["Đúng, ghi vào sổ", "Sửa", "Hủy"]
    assert person.taps("Hủy")["callback_query"]["data"] == "q7:3"


async def test_choices_without_a_question_are_printed_as_numbers(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    await channel.send(HOA, OutgoingMessage(text="Chọn:", choices=(Choice("a", "Một"), Choice("b", "Hai"))))
    assert person.last.text == "Chọn:\n1. Một\n2. Hai"
    assert person.last.labels == []


async def test_too_many_requests_say_how_long_to_wait(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    server.fails("sendMessage", faults.too_many_requests(7))
    failed = await failure(channel)
    assert (failed.retryable, failed.retry_after, failed.ambiguous) == (True, 7, False)


@pytest.mark.parametrize("how", [faults.blocked(), faults.chat_not_found()])
async def test_a_person_who_is_away_is_gone(
    server: TelegramServer, channel: TelegramChannel, how: faults.Fault
) -> None:
    server.person(5)
    server.fails("sendMessage", how)
    failed = await failure(channel)
    assert (failed.gone, failed.retryable, failed.ambiguous) == (True, False, False)


async def test_a_page_of_some_proxy_that_forbids_does_not_make_the_person_gone(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    server.fails("sendMessage", faults.proxy_page(403))
    failed = await failure(channel)
    assert (failed.gone, failed.retryable) == (False, True)


async def test_a_group_that_moved_says_where(server: TelegramServer, channel: TelegramChannel) -> None:
    server.person(5)
    server.fails("sendMessage", faults.migrated(-1009))
    failed = await failure(channel)
    assert (failed.moved_to, failed.retryable) == ("-1009", True)


async def test_a_message_that_telegram_refuses_is_not_tried_again(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    failed = await failure(channel, OutgoingMessage(text="x" * 4097))
    assert (failed.retryable, failed.ambiguous, failed.gone, failed.closed) == (False, False, False, False)
    assert "message is too long" in failed.reason.lower()


async def test_an_address_that_is_none_is_refused(channel: TelegramChannel) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(Address("telegram", "@ai"), HELLO)
    assert (caught.value.retryable, caught.value.ambiguous) == (False, False)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_trouble_at_the_server_is_tried_again(
    server: TelegramServer, channel: TelegramChannel, status: int
) -> None:
    server.person(5)
    server.fails("sendMessage", faults.server_error(status))
    failed = await failure(channel)
    assert (failed.retryable, failed.ambiguous) == (True, False)


async def test_a_gateway_that_waited_in_vain_leaves_it_open(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    server.fails("sendMessage", faults.server_error(504))
    assert (await failure(channel)).ambiguous


@pytest.mark.parametrize("how", [faults.unauthorized(), faults.not_found()])
async def test_a_wrong_token_closes_the_channel_and_does_not_name_itself(
    server: TelegramServer, channel: TelegramChannel, how: faults.Fault
) -> None:
    server.person(5)
    server.fails("sendMessage", how)
    failed = await failure(channel)
    assert (failed.closed, failed.retryable, failed.gone) == (True, False, False)
    assert "TELEGRAM_TOKEN" in failed.reason
    assert server.token not in failed.reason


@pytest.mark.parametrize("how", [faults.cut_before(), faults.cut_after()])
async def test_a_cut_connection_is_ambiguous(
    server: TelegramServer, channel: TelegramChannel, how: faults.Fault
) -> None:
    server.person(5)
    server.fails("sendMessage", how)
    failed = await failure(channel)
    assert (failed.ambiguous, failed.retryable) == (True, False)


async def test_no_answer_in_time_is_ambiguous(server: TelegramServer) -> None:
    person = server.person(5)
    server.fails("sendMessage", faults.held(after_effect=True))
    channel = TelegramChannel(token=server.token, now=server._now, api_url=server.url, read_seconds=0.05)
    failed = await failure(channel)
    assert failed.ambiguous
    assert [sent.text for sent in person.received()] == ["Chào đồng chí"]
    await channel.close()


async def test_a_success_without_a_result_is_ambiguous(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    server.fails("sendMessage", faults.Fault(status=201, body="<html>"))
    assert (await failure(channel)).ambiguous
    server.fails("sendMessage", faults.Fault(status=201, body="{}"))
    assert (await failure(channel)).ambiguous


async def test_a_server_that_is_down_was_surely_not_reached(server: TelegramServer) -> None:
    await server.stop()
    channel = TelegramChannel(token=server.token, now=server._now, api_url=server.url)
    failed = await failure(channel)
    assert (failed.retryable, failed.ambiguous) == (True, False)
    await channel.close()


async def test_the_token_is_in_no_log_and_no_trace(
    server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = server.token.split(":")[1]
    channel = TelegramChannel(token=server.token, now=server._now, api_url=server.url)
    server.person(5)
    await channel.send(HOA, HELLO)
    for how in (faults.unauthorized(), faults.cut_before(), faults.proxy_page(), faults.server_error()):
        server.fails("sendMessage", how)
        try:
            await channel.send(HOA, HELLO)
        except DeliveryFailed:
            logging.getLogger("test").exception("it failed")
    await server.stop()
    try:
        await channel.send(HOA, HELLO)
    except DeliveryFailed:
        logging.getLogger("test").exception("it failed")
    await channel.close()
    assert "it failed" in caplog.text
    assert secret not in caplog.text
    assert "đồng chí" not in caplog.text


async def test_a_hundred_messages_at_once_arrive_once_each(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    people = [server.person(number) for number in range(1, 201)]
    await asyncio.gather(*(channel.send(Address("telegram", str(p.chat_id)), HELLO) for p in people))
    assert [len(person.received()) for person in people] == [1] * 200


async def test_typing_is_shown_and_its_failure_is_nobodys_concern(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.person(5)
    server.fails("sendChatAction", faults.server_error())
    for _ in range(2):
        await channel.show_typing(HOA)
    await server.until(lambda: len(server.calls_of("sendChatAction")) == 2)


async def test_the_bots_name_is_asked_for(server: TelegramServer, channel: TelegramChannel) -> None:
    assert await channel.bot_name() == "chibo_bot"
    server.fails("getMe", faults.unauthorized())
    with pytest.raises(DeliveryFailed):
        await channel.bot_name()
