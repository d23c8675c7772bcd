"""Sending through Zalo: what arrives on the phone, and what follows from each way to fail."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.zalo import ZaloChannel
from messages.channel import Address, Choice, DeliveryFailed, OutgoingMessage
from tests.harness import zalo_faults as faults
from tests.harness.zalo_server import Person, ZaloServer

HOA = Address("zalo", "b7c0")
HELLO = OutgoingMessage(text="Chào đồng chí")


@pytest.fixture
def hoa(server: ZaloServer) -> Person:
    person = server.person("b7c0")
    person.has_written = True
    return person


async def failure(channel: ZaloChannel, message: OutgoingMessage = HELLO) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(HOA, message)
    return caught.value


def traits(failed: DeliveryFailed) -> set[str]:
    names = ("retryable", "ambiguous", "gone", "closed", "over_quota")
    return {name for name in names if getattr(failed, name)}


async def test_choices_are_printed_as_numbered_lines(channel, hoa):
    choices = (Choice("yes", "Đúng, ghi vào sổ"), Choice("no", "Hủy"))
    receipt = await channel.send(HOA, OutgoingMessage(text="Đúng chưa?", choices=choices, question="q7"))
    assert [sent.text for sent in hoa.received] == ["Đúng chưa?\n1. Đúng, ghi vào sổ\n2. Hủy"]
    assert (receipt.external_id, receipt.count) == (hoa.received[0].message_id, 1)


async def test_a_long_text_arrives_whole_in_pieces(channel, hoa):
    lines = [f"{number}. {'đơn vị ' * 20}😀".strip() for number in range(40)]
    receipt = await channel.send(HOA, OutgoingMessage(text="\n".join(lines)))
    assert "\n".join(sent.text for sent in hoa.received) == "\n".join(lines)
    assert receipt.count == len(hoa.received) == 4


async def test_what_broke_off_goes_on_where_it_broke_off(server, channel, hoa):
    long = OutgoingMessage(text="\n".join(["x" * 1500, "y" * 1500, "z" * 1500]))
    server.fails("sendMessage", faults.held(), times=1)
    server.fails("sendMessage", faults.server_error())
    sending = asyncio.create_task(failure(channel, long))
    await server.until(lambda: bool(server.calls))
    server.let_go()
    failed = await sending
    assert (traits(failed), failed.count) == ({"retryable"}, 1)
    receipt = await channel.send(HOA, long)
    assert [sent.text[0] for sent in hoa.received] == ["x", "y", "z"]
    assert receipt.count == 2


async def test_the_words_of_what_was_given_up_begin_anew_in_another_message(server, channel, hoa):
    long = OutgoingMessage(text="\n".join(["x" * 1500, "y" * 1500]))
    server.fails("sendMessage", faults.held(), times=1)
    server.fails("sendMessage", faults.refused(429, "Quota exceeded"))
    sending = asyncio.create_task(failure(channel, long))
    await server.until(lambda: bool(server.calls))
    server.let_go()
    failed = await sending
    assert (traits(failed), failed.count) == ({"over_quota"}, 1)
    await channel.send(HOA, long)
    assert [sent.text[0] for sent in hoa.received] == ["x", "x", "y"]


async def test_who_has_not_written_first_is_out_of_reach(server, channel):
    server.person("b7c0")
    assert traits(await failure(channel)) == {"gone"}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.gone(), {"gone"}),
        (faults.refused(403, "Forbidden"), {"gone"}),
        (faults.refused(403, "Internal server error"), {"retryable"}),
        (faults.refused(404, "Chat not found"), {"gone"}),
        (faults.refused(429, "Bot is blocked: too many messages"), {"over_quota"}),
        (faults.refused(401, "The bot was blocked"), {"closed"}),
        (faults.refused(500, "Cannot resolve chat_id"), {"retryable"}),
        (faults.refused(504, "chat_id: upstream timed out"), {"ambiguous"}),
        (faults.refused(401, "Unauthorized"), {"closed"}),
        (faults.refused(404, "Not found"), {"closed"}),
        (faults.refused(429, "Quota exceeded"), {"over_quota"}),
        (faults.refused_in_words("429", "Quota exceeded"), {"over_quota"}),
        (faults.refused_in_words("401", "Unauthorized"), {"closed"}),
        (faults.refused_in_words("no number", "?"), set()),
        (faults.refused(400, "Bad request: text"), set()),
        (faults.refused(-7, "?"), set()),
        (faults.timed_out(), {"ambiguous"}),
        (faults.server_error(502), {"retryable"}),
        (faults.server_error(504), {"ambiguous"}),
        (faults.proxy_page(403), {"retryable"}),
        (faults.proxy_page(429), {"over_quota"}),
        (faults.proxy_page(200), {"ambiguous"}),
        (faults.cut_before(), {"ambiguous"}),
        (faults.cut_after(), {"ambiguous"}),
    ],
    ids=repr,
)
async def test_what_follows_from_each_way_to_fail(server, channel, hoa, fault, expected):
    server.fails("sendMessage", fault)
    assert traits(await failure(channel)) == expected


async def test_no_answer_in_time_leaves_it_open(server, hoa):
    channel = ZaloChannel(token=server.token, now=lambda: None, api_url=server.url, read_seconds=0.05)
    server.fails("sendMessage", faults.held())
    assert traits(await failure(channel)) == {"ambiguous"}
    await channel.close()


async def test_where_nobody_listens_nothing_was_sent():
    channel = ZaloChannel(token="1:x", now=lambda: None, api_url="http://127.0.0.1:9")
    assert traits(await failure(channel)) == {"retryable"}
    await channel.close()


async def test_a_wrong_token_closes_the_channel_and_is_named_nowhere(server, hoa, caplog):
    caplog.set_level(logging.DEBUG)
    channel = ZaloChannel(token="1:falsches-geheimnis", now=lambda: None, api_url=server.url)
    failed = await failure(channel)
    assert traits(failed) == {"closed"}
    with pytest.raises(DeliveryFailed):
        await channel.use_polling()
    server.fails("sendMessage", faults.refused(400, "no such thing as bot1:falsches-geheimnis"))
    told = await failure(channel)
    assert "falsches-geheimnis" not in failed.reason + told.reason + repr(failed.__cause__) + caplog.text
    await channel.close()


async def test_an_address_that_is_none_is_refused(channel):
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(Address("zalo", "a b"), HELLO)
    assert traits(caught.value) == set()


async def test_a_picture_that_cannot_be_shown_does_not_stop_its_words(server, channel, hoa):
    with_picture = OutgoingMessage(text="Biểu đồ", picture_url=f"{server.url}/botx/nothing")
    receipt = await channel.send(HOA, with_picture)
    assert ([sent.text for sent in hoa.received], receipt.count) == (["Biểu đồ"], 1)
    assert len(server.calls_of("sendPhoto")) == 1


async def test_the_bot_tells_its_name(channel):
    assert await channel.bot_name() == "bot.chibo"
