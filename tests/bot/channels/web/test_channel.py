"""The web as a channel."""

from __future__ import annotations

import asyncio

from bot.channels.web import WebChannel
from messages.channel import Address, Channel, OutgoingMessage
from tests.harness.patience import WITHIN

HELLO = OutgoingMessage(text="Chào đồng chí.")


async def test_sending_wakes_the_pages_that_are_open_at_the_address_and_no_others():
    channel: Channel = WebChannel()
    with channel.listening("a") as mine, channel.listening("b") as other:
        await channel.send(Address(channel.name, "a"), HELLO)
        await asyncio.wait_for(mine.wait(3600), WITHIN)
        assert not other._rung.is_set()


async def test_each_sending_has_its_own_receipt():
    channel = WebChannel()
    receipts = {(await channel.send(Address("web", "a"), HELLO)).external_id for _ in range(3)}
    assert len(receipts) == 3


async def test_a_ring_before_the_wait_is_not_lost():
    channel = WebChannel()
    with channel.listening("a") as bell:
        channel.ring("a")
        await asyncio.wait_for(bell.wait(3600), WITHIN)


async def test_nobody_listens_after_the_stream_is_gone():
    channel = WebChannel()
    with channel.listening("a"):
        assert channel.listeners("a") == 1
    assert channel.listeners("a") == 0
    assert not channel._bells


async def test_a_closed_channel_wakes_everybody_for_the_last_time():
    channel = WebChannel()
    with channel.listening("a") as bell:
        channel.close()
        await asyncio.wait_for(bell.wait(3600), WITHIN)
        assert bell.closed
    with channel.listening("a") as late:
        assert late.closed
