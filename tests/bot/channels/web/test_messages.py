"""Sending and reading over HTTP."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from bot.channels.web.guard import MOST_BYTES, RateLimit
from bot.channels.web.visitor import COOKIE, address_of
from messages.channel import MessageKind, Tap

A, B = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


async def send(client, **body):
    return await client.post("/chat/messages", json={"id": A, **body})


async def lines(client, after=""):
    reading = (await client.get("/chat/messages", params={"after": after})).json()
    return [line["text"] for line in reading["lines"]], reading["mark"]


async def test_a_message_is_acknowledged_when_it_is_in_the_books(client, bot):
    response = await send(client, text="xin chào")
    assert response.status_code == 200
    assert (await lines(client))[0] == ["xin chào", "Đã nghe: xin chào"]
    message = bot.taken[0]
    token = client.cookies[COOKIE]
    assert message.sender.value == address_of(token)
    assert token not in message.raw + message.external_id + message.sender.value
    assert message.external_id.endswith(A)


async def test_a_message_sent_again_under_its_id_is_written_once(client, bot):
    for _ in range(3):
        assert (await send(client, text="một")).status_code == 200
    assert (await lines(client))[0] == ["một", "Đã nghe: một"]


async def test_the_same_id_from_two_people_is_two_messages(site, client, bot):
    await send(client, text="một")
    async with site.client() as other:
        await other.get("/chat")
        await send(other, text="hai")
        assert (await lines(other))[0] == ["hai", "Đã nghe: hai"]
    assert bot.texts() == ["một", "hai"]


async def test_what_the_books_did_not_take_is_answered_503_and_may_come_again(client, bot):
    bot.closed = 1
    refused = await send(client, text="một")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert (await send(client, text="một")).status_code == 200
    assert bot.texts() == ["một"]


async def test_a_tap_comes_with_its_question_and_number(client, bot):
    assert (await send(client, tap={"question": "q7", "number": 2})).status_code == 200
    assert bot.taken[0].kind is MessageKind.CHOICE
    assert bot.taken[0].tap == Tap(question="q7", number=2)


async def test_a_message_that_waited_on_the_phone_keeps_the_time_when_it_was_written(client, bot):
    asked_at = bot.time
    await send(client, text="hôm qua", age=3600)
    assert bot.taken[0].at == asked_at - timedelta(hours=1)


@pytest.mark.parametrize("age", [-5, "1", None, True, 1e300, []])
async def test_an_age_that_makes_no_sense_is_none(client, bot, age):
    asked_at = bot.time
    assert (await send(client, text="một", age=age)).status_code == 200
    assert bot.taken[0].at == asked_at


async def test_after_a_mark_only_what_is_new_is_read(client):
    await send(client, text="một")
    _, mark = await lines(client)
    await client.post("/chat/messages", json={"id": B, "text": "hai"})
    new, mark = await lines(client, mark)
    assert new == ["hai", "Đã nghe: hai"]
    assert await lines(client, mark) == ([], mark)


@pytest.mark.parametrize("mark", ["", "x", "-1-2", "1", "9" * 40 + "-1", "1-2.x", "١-٢"])
async def test_a_mark_that_is_none_of_ours_begins_anew(client, mark):
    await send(client, text="một")
    assert (await lines(client, mark))[0] == ["một", "Đã nghe: một"]


async def test_text_comes_to_the_books_as_text_that_a_database_can_keep(client, bot):
    body = f'{{"id": "{A}", "text": "a\\u0000b\\ud800c \\ud83d\\ude42"}}'
    headers = {"content-type": "application/json"}
    assert (await client.post("/chat/messages", content=body, headers=headers)).status_code == 200
    assert bot.texts() == ["ab?c 🙂"]


async def test_ten_thousand_characters_are_left_to_the_dialogue(client, bot):
    assert (await send(client, text="ế" * 10_000)).status_code == 200
    assert len(bot.texts()[0]) == 10_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "x", "text": "a"}, 400),
        ({"text": "a"}, 400),
        ({"id": A}, 400),
        ({"id": A, "text": "  \n "}, 400),
        ({"id": A, "text": 5}, 400),
        ({"id": A, "text": "a" * 20_001}, 413),
        ({"id": A, "text": "a" * MOST_BYTES}, 413),
        ({"id": A, "text": "a" * 2**20}, 413),
        ({"id": A, "tap": {"question": "q1"}}, 400),
        ({"id": A, "tap": {"question": "q1", "number": True}}, 400),
        ({"id": A, "tap": {"question": "q1", "number": 0}}, 400),
        ({"id": A, "tap": {"question": "<b>", "number": 1}}, 400),
        ({"id": A, "tap": "q1"}, 400),
        ([], 400),
        ("xin chào", 400),
    ],
)
async def test_what_is_no_message_is_refused_with_a_sentence(client, bot, body, status):
    response = await client.post("/chat/messages", json=body)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert bot.taken == []


async def test_more_than_any_message_is_not_read_whatever_it_says(client, bot):
    response = await client.post("/chat/messages", json={"id": A, "text": "một", "more": "x" * MOST_BYTES})
    assert response.status_code == 413
    assert bot.taken == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 50_000])
async def test_what_is_no_json_is_refused(client, bot, content):
    response = await client.post(
        "/chat/messages", content=content, headers={"content-type": "application/json"}
    )
    assert response.status_code == 400
    assert bot.taken == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "null"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"origin": "http://chibo.test"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "https://office.example"}, 200),
        ({}, 200),
    ],
)
async def test_only_our_own_page_may_send(client, headers, status):
    sent = {"content-type": "application/json", **headers}
    body = json.dumps({"id": A, "text": "một"})
    assert (await client.post("/chat/messages", content=body, headers=sent)).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://chibo.example", 200), ("https://evil.test", 403), ("null", 403), ("https://", 403)],
)
async def test_behind_a_proxy_our_page_is_known_by_its_public_address(build, origin, status):
    """Old telephones tell nothing but the origin, and a proxy may ask us by a name of its own."""
    async with build(public_url="https://chibo.example/").client() as client:
        client.base_url = "https://127.0.0.1:8080"
        await client.get("/chat")
        sent = await client.post("/chat/messages", json={"id": A, "text": "một"}, headers={"origin": origin})
        assert sent.status_code == status


async def test_without_a_session_nothing_is_sent_or_read(site, bot):
    async with site.client() as stranger:
        assert (await send(stranger, text="một")).status_code == 401
        assert (await stranger.get("/chat/messages")).status_code == 401
        assert (await stranger.get("/chat/events")).status_code == 401
        stranger.cookies.set(COOKIE, "short")
        assert (await send(stranger, text="một")).status_code == 401
    assert bot.taken == []


async def test_who_sends_too_fast_is_asked_to_wait_and_others_are_not(build, bot):
    clock = [0.0]
    site = build(limit=RateLimit(burst=2, rate=0.5, seconds=lambda: clock[0]))
    async with site.client() as fast, site.client() as other:
        await fast.get("/chat")
        await other.get("/chat")
        assert [(await send(fast, text="a")).status_code for _ in range(3)] == [200, 200, 429]
        assert (await send(fast, text="a")).headers["retry-after"] == "2"
        assert (await send(other, text="a")).status_code == 200
        clock[0] += 2
        assert (await send(fast, text="a")).status_code == 200


async def test_a_reading_says_who_the_person_has_become(client):
    assert (await client.get("/chat/messages")).json()["who"] is None
