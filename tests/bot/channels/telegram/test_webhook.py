"""The webhook: 200 only when it is in the books, never a refusal of what cannot be understood."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel, telegram_routes
from tests.harness.receiving import Desk, posted_to, served
from tests.harness.telegram_server import TelegramServer

SECRET = "s3cret_word"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


async def posted(hook: str, body: bytes, headers: dict[str, str] = HEADERS) -> aiohttp.ClientResponse:
    return await posted_to(hook, body, headers)


@pytest.fixture
async def hook(channel: TelegramChannel, desk: Desk) -> AsyncIterator[str]:
    async with served(Starlette(routes=telegram_routes(channel, desk.receive, SECRET))) as url:
        yield f"{url}/telegram/webhook"


async def test_telegram_pushes_and_its_order_and_retries_lose_nothing(
    server: TelegramServer, channel: TelegramChannel, desk: Desk, hook: str
) -> None:
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    server._pause = pause
    desk.closed = 2
    await channel.use_webhook(hook, SECRET)
    said = [server.person(5).says(str(number)) for number in range(5)]
    await server.until_confirmed(said[-1])
    assert desk.texts == ["0", "1", "2", "3", "4"]
    assert paused == [5, 5]
    assert server.webhook.url == hook
    assert server.queue.allowed is not None


async def test_going_back_to_polling_takes_the_webhook_away(
    server: TelegramServer, channel: TelegramChannel, hook: str
) -> None:
    await channel.use_webhook(hook, SECRET)
    await channel.use_polling()
    assert server.webhook.url == ""


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}])
async def test_without_the_secret_nothing_is_read(hook: str, desk: Desk, headers: dict[str, str]) -> None:
    assert (await posted(hook, b"{}", headers)).status == 403
    assert desk.tries == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"update_id": 5, "message": 7}',
        b'{"update_id": 5, "other": {}}',
        b"[" * 9999,
    ],
)
async def test_what_cannot_be_understood_is_taken_and_passed_over(hook: str, desk: Desk, body: bytes) -> None:
    assert (await posted(hook, body)).status == 200
    assert desk.tries == 0


async def test_more_than_any_update_is_refused(hook: str) -> None:
    assert (await posted(hook, b" " * (2**20 + 1))).status == 413


async def test_a_database_that_is_down_asks_for_it_again(
    server: TelegramServer, hook: str, desk: Desk
) -> None:
    desk.closed = 1
    body = b'{"update_id": 5, "message": {"date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}}'
    answer = await posted(hook, body)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await posted(hook, body)).status == 200
    assert desk.texts == ["x"]


def test_a_webhook_without_a_secret_is_not_opened(desk: Desk) -> None:
    with pytest.raises(ValueError, match="secret"):
        telegram_routes(object(), desk.receive, "")  # type: ignore[arg-type]
