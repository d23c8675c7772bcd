"""Telegram behind a proxy."""

from __future__ import annotations

import pytest

from bot.channels.telegram import TelegramChannel
from messages.channel import Address, DeliveryFailed, OutgoingMessage
from tests.bot.channels.telegram.conftest import NOW
from tests.harness.port import Port
from tests.harness.proxy import proxy
from tests.harness.telegram_server import TelegramServer

HOA = Address("telegram", "5")
HELLO = OutgoingMessage(text="Chào đồng chí")


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_messages_go_through_the_proxy(server: TelegramServer, scheme: str) -> None:
    async with proxy() as between:
        through = f"{scheme}://127.0.0.1:{between.port}"
        channel = TelegramChannel(token=server.token, now=lambda: NOW, api_url=server.url, proxy=through)
        server.person(5)
        await channel.send(HOA, HELLO)
        await channel.close()
    assert between.carried == 1
    assert [sent.text for sent in server.person(5).received()] == ["Chào đồng chí"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_down_was_surely_not_passed(server: TelegramServer, scheme: str) -> None:
    nobody = Port()
    nowhere = f"{scheme}://127.0.0.1:{nobody.number}"
    channel = TelegramChannel(token=server.token, now=lambda: NOW, api_url=server.url, proxy=nowhere)
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(HOA, HELLO)
    await channel.close()
    assert (caught.value.retryable, caught.value.ambiguous) == (True, False)
