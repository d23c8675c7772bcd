"""Sending through Telegram: what arrives on the phone, and what follows from each way to fail."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.channels.telegram import TelegramChannel
from messages.channel import Address, Choice, DeliveryFailed, File, OutgoingMessage
from tests.harness import telegram_faults as faults
from tests.harness.port import Port
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
    server.person(5)
    server.fails("sendMessage", faults.held())
    channel = TelegramChannel(token=server.token, now=server._now, api_url=server.url, read_seconds=0.05)
    failed = await failure(channel)
    assert failed.ambiguous
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
    nobody = Port()
    channel = TelegramChannel(token=server.token, now=server._now, api_url=nobody.url)
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


TABLE = File(name="Bieu-ket-nap-quy-I-2022.xlsx", media_type="application/x-table", content=b"PK\x03\x04")


def picture(width: int, height: int) -> File:
    """The head of a PNG of this size, which is all that anybody looks at here."""
    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + sides
    return File(name="Bieu-do-ket-nap-quy-I-2022.png", media_type="image/png", content=content)


async def test_a_file_arrives_as_a_document_with_the_text_under_it_and_the_buttons(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    receipt = await channel.send(HOA, replace(QUESTION, file=TABLE))
    sent = person.last
    assert receipt.external_id == str(sent.message_id)
    assert sent.file is not None
    assert (sent.file.name, sent.file.content) == (TABLE.name, TABLE.content)
    assert (sent.file.shown_as, sent.file.media_type) == ("document", "application/x-table")
    assert (sent.text, sent.labels) == ("Đúng chưa?", ["Đúng, ghi vào sổ", "Sửa", "Hủy"])
    assert person.count == 1


async def test_a_file_may_be_saved_and_passed_on(server: TelegramServer, channel: TelegramChannel) -> None:
    person = server.person(5)
    await channel.send(HOA, replace(HELLO, file=TABLE))
    assert "protect_content" not in person.last.params


@pytest.mark.parametrize(
    ("size", "shown_as"),
    [((1080, 1900), "photo"), ((1080, 1921), "document"), ((2000, 100), "document")],
)
async def test_a_picture_is_shown_as_one_while_it_stays_readable(
    server: TelegramServer, channel: TelegramChannel, size: tuple[int, int], shown_as: str
) -> None:
    person = server.person(5)
    await channel.send(HOA, replace(HELLO, file=picture(*size)))
    assert person.last.file is not None
    assert person.last.file.shown_as == shown_as


async def test_a_picture_that_telegram_does_not_take_as_one_goes_as_a_document(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    await channel.send(HOA, replace(HELLO, file=picture(1900, 90)))
    assert [call.method for call in server.calls] == ["sendPhoto", "sendDocument"]
    assert person.last.text == "Chào đồng chí"


async def test_a_text_too_long_to_stand_under_a_file_follows_it(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    person = server.person(5)
    await channel.send(HOA, replace(QUESTION, text="ệ" * 1025, file=TABLE))
    first, second = person.received()
    assert (first.text, first.labels) == ("", [])
    assert (len(second.text), second.labels[-1]) == (1025, "Hủy")


@pytest.mark.parametrize(
    ("fault", "follows"),
    [
        (faults.too_many_requests(7), {"retry_after": 7, "retryable": True}),
        (faults.server_error(), {"retryable": True, "ambiguous": False}),
        (faults.cut_after(), {"ambiguous": True}),
    ],
)
async def test_a_file_that_does_not_get_through_is_judged_as_a_text_is(
    server: TelegramServer, channel: TelegramChannel, fault: faults.Fault, follows: dict[str, object]
) -> None:
    server.person(5)
    server.fails("sendDocument", fault)
    failed = await failure(channel, replace(HELLO, file=TABLE))
    assert {name: getattr(failed, name) for name in follows} == follows
