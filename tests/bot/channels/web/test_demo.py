"""The demo's desk over HTTP."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from bot.channels.web.visitor import COOKIE, address_of


@pytest.fixture
async def desk_client(build):
    site = build(demo=True)
    async with site.client() as client:
        await client.get("/chat", params={"as": "khach"})
        yield client


async def say(client, text, **params):
    return await client.post("/chat/messages", params=params, json={"id": str(uuid.uuid4()), "text": text})


async def test_the_page_opens_with_the_first_person(desk_client):
    response = await desk_client.get("/chat")
    assert response.headers["location"] == "/chat?as=bien-son"


async def test_the_page_offers_the_people_and_marks_the_chosen_one(desk_client):
    html = (await desk_client.get("/chat?as=ban-to-chuc")).text
    assert '<a href="/chat?as=bien-son">bí thư Biên Sơn</a>' in html
    assert '<a href="/chat?as=ban-to-chuc" aria-current="true">cán bộ Ban Tổ chức</a>' in html


async def test_each_person_writes_from_their_own_address(desk_client, bot):
    await say(desk_client, "một", **{"as": "bien-son"})
    await say(desk_client, "hai", **{"as": "ban-to-chuc"})
    await say(desk_client, "ba", **{"as": "khach"})
    senders = [message.sender.value for message in bot.taken]
    assert senders == ["demo-bien-son", "demo-ban-to-chuc", address_of(desk_client.cookies[COOKIE])]
    seen = (await desk_client.get("/chat/messages?as=ban-to-chuc")).json()
    assert [line["text"] for line in seen["lines"]] == ["hai", "Đã nghe: hai"]


async def test_without_a_demo_nobody_can_write_as_somebody_else(client, bot):
    await say(client, "một", **{"as": "bien-son"})
    assert bot.taken[0].sender.value == address_of(client.cookies[COOKIE])


async def test_the_clock_shows_its_time_and_where_to_jump(desk_client):
    assert (await desk_client.get("/chat/clock")).json() == {
        "now": "2022-03-24T00:55:00+00:00",
        "next_reminder": "2022-03-24T01:00:00+00:00",
        "quarter_end": "2022-03-31T10:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("to", "moment"),
    [
        ("reminder", datetime(2022, 3, 24, 1, 0, tzinfo=UTC)),
        ("quarter_end", datetime(2022, 3, 31, 10, 0, tzinfo=UTC)),
        ("2022-03-28T08:00", datetime(2022, 3, 28, 1, 0, tzinfo=UTC)),
        ("2022-03-28T08:00:00+00:00", datetime(2022, 3, 28, 8, 0, tzinfo=UTC)),
    ],
)
async def test_the_clock_jumps(desk_client, bot, to, moment):
    response = await desk_client.post("/chat/clock", json={"to": to})
    assert response.status_code == 200
    assert response.json()["now"] == moment.isoformat()
    assert bot.time == moment


@pytest.mark.parametrize("to", ["2022-03-01T08:00", "0001-01-01T00:00", "mai", "", None, 5])
async def test_the_clock_goes_nowhere_else(desk_client, bot, to):
    before = bot.time
    response = await desk_client.post("/chat/clock", json={"to": to})
    assert response.status_code == 400
    assert response.json()["error"]
    assert bot.time == before


async def test_when_no_reminder_is_to_come_it_says_so(build):
    site = build(demo=True)
    site.desk.reminder = None
    async with site.client() as client:
        assert (await client.get("/chat/clock")).json()["next_reminder"] is None
        assert (await client.post("/chat/clock", json={"to": "reminder"})).status_code == 409


async def test_another_site_cannot_move_the_clock(desk_client):
    headers = {"sec-fetch-site": "cross-site"}
    assert (
        await desk_client.post("/chat/clock", json={"to": "reminder"}, headers=headers)
    ).status_code == 403
