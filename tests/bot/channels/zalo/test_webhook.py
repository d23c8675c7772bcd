"""The webhook: 200 only when it is in the books, never a refusal of what cannot be understood."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.channels.zalo import zalo_routes
from bot.channels.zalo.webhook import MOST_BYTES
from messages.channel import MessageKind
from tests.harness.receiving import Desk, posted_to, served

SECRET = "s3cret_word"


@pytest.fixture
async def hook(server, channel, desk):
    async with served(Starlette(routes=zalo_routes(channel, desk.receive, SECRET))) as url:
        await channel.use_webhook(f"{url}/zalo/webhook", SECRET)
        yield f"{url}/zalo/webhook"


@pytest.mark.parametrize("wraps", [False, True])
async def test_events_are_taken_flat_and_wrapped(server, desk, hook, wraps):
    server.wraps = wraps
    assert await server.person("b7c0").says("xin chào") == 200
    assert desk.texts == ["xin chào"]


async def test_a_probe_with_nothing_in_it_is_answered(server, hook, desk):
    assert server.probes == [200]
    assert await server.push(b"", secret="") == 200
    assert desk.tries == 0


@pytest.mark.parametrize("secret", ["", "s3cret", "s3cret_word2"])
async def test_without_the_secret_nothing_is_read(server, hook, desk, secret):
    body = json.dumps(server.person("b7c0").text_event("x")).encode()
    assert await server.push(body, secret) == 403
    assert await server.push(b" " * 500_000, secret) == 403
    assert desk.tries == 0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"{}",
        b"[" * 9999,
        b'{"event_name": "message.unsupported.received"}',
        b'{"ok": true, "result": {"event_name": "message.unsupported.received"}}',
        b'{"event_name": "message.text.received", "message": 7}',
        b'{"event_name": "user.followed", "message": {"chat": {"id": "1"}}}',
    ],
)
async def test_what_cannot_be_understood_is_taken_and_passed_over(server, hook, desk, body):
    assert await server.push(body) == 200
    assert desk.tries == 0


async def test_more_than_any_event_is_refused(server, hook, desk):
    assert await server.push(b" " * (MOST_BYTES + 1)) == 413
    assert desk.tries == 0


async def test_a_database_that_is_down_asks_for_it_again(server, hook, desk):
    desk.closed = 1
    body = json.dumps(server.person("b7c0").text_event("x")).encode()
    answer = await posted_to(hook, body, {"X-Bot-Api-Secret-Token": SECRET})
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert await server.push(body) == 200
    assert desk.texts == ["x"]


class Gate(asyncio.Event):
    """Tells when somebody waits at it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self) -> bool:
        self.reached.set()
        return await super().wait()


async def test_zalo_hears_that_it_arrived_when_it_is_in_the_books_and_not_before(server, hook, desk):
    desk.gates["x"] = gate = Gate()
    pushed = asyncio.create_task(server.push(json.dumps(server.person("b7c0").text_event("x")).encode()))
    await gate.reached.wait()
    assert (pushed.done(), desk.taken) == (False, [])
    gate.set()
    assert await pushed == 200
    assert desk.texts == ["x"]


async def test_whoever_opens_the_address_in_a_browser_is_answered_and_told_nothing(hook, desk):
    async with aiohttp.ClientSession() as session, session.get(hook) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert desk.tries == 0


async def test_a_picture_is_handed_in_as_one(server, hook, desk):
    picture = server.person("b7c0").event("message.image.received", photo_url="https://x/y.jpg")
    assert await server.hand_out(picture) == 200
    assert [message.kind for message in desk.taken] == [MessageKind.PICTURE]


def test_a_webhook_without_a_secret_is_not_opened(desk: Desk):
    with pytest.raises(ValueError, match="secret"):
        zalo_routes(object(), desk.receive, "")
