"""The fake Zalo has the traps that it is said to have."""

from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from tests.harness import zalo_faults as faults
from tests.harness.zalo_server import ZaloServer

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
async def server():
    async with ZaloServer(now=lambda: NOW, idle_seconds=0.01) as server:
        yield server


async def called(server, method, token=None, **params):
    url = f"{server.url}/bot{token or server.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return answer.status, await answer.json()


def written(server, chat="b7c0"):
    person = server.person(chat)
    person.has_written = True
    return person


async def test_a_refusal_comes_inside_http_200(server):
    status, answer = await called(server, "sendMessage", chat_id="b7c0", text="x")
    assert status == 200
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert "chat not found" in answer["description"]


async def test_a_wrong_token_and_an_unknown_method_are_refused(server):
    assert (await called(server, "getMe", token="1:x"))[1]["error_code"] == 401
    assert (await called(server, "editMessage"))[1]["error_code"] == 404


async def test_an_idle_poll_is_answered_408(server):
    assert (await called(server, "getUpdates", timeout=1))[0] == 408


async def test_an_event_is_handed_out_once_and_alone(server):
    person = server.person("b7c0")
    await person.says("một")
    await person.says("hai")
    answers = [await called(server, "getUpdates") for _ in range(3)]
    assert [a["result"]["message"]["text"] for _, a in answers[:2]] == ["một", "hai"]
    assert answers[2][0] == 408


async def test_dates_are_in_milliseconds_and_ids_hexadecimal(server):
    message = server.person("b7c0").text_event("x")["message"]
    assert message["date"] == NOW.timestamp() * 1000
    assert int(message["message_id"], 16)
    assert message["from"]["id"] == message["chat"]["id"]


async def test_a_webhook_shuts_polling_out_and_must_have_a_long_secret(server):
    assert not (await called(server, "setWebhook", url="http://127.0.0.1:9/", secret_token="kurz"))[1]["ok"]
    assert (await called(server, "setWebhook", url="http://127.0.0.1:9/", secret_token="12345678"))[1]["ok"]
    assert (await called(server, "getUpdates"))[1]["error_code"] == 400
    await called(server, "deleteWebhook")
    assert (await called(server, "getWebhookInfo"))[1]["result"]["url"] == ""


async def test_a_message_has_2000_units_of_utf_16(server):
    person = written(server)
    for text, ok in (("x" * 2000, True), ("x" * 2001, False), ("😀" * 1001, False), ("", False)):
        assert (await called(server, "sendMessage", chat_id="b7c0", text=text))[1]["ok"] is ok
    assert len(person.received) == 1


async def test_the_package_is_used_up(server):
    server.package = 1
    written(server)
    answers = [await called(server, "sendMessage", chat_id="b7c0", text="x") for _ in range(2)]
    assert [(a["ok"], a.get("error_code")) for _, a in answers] == [(True, None), (False, 429)]


async def test_a_picture_is_fetched_twice_from_where_it_is_said_to_be(server):
    person, fetched = written(server), []

    async def picture(request: web.Request) -> web.Response:
        fetched.append(request.path)
        return web.Response(body=b"\x89PNG", content_type="image/png")

    app = web.Application()
    app.router.add_get("/p.png", picture)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    assert (await called(server, "sendPhoto", chat_id="b7c0", photo=f"{url}/p.png", caption="x"))[1]["ok"]
    assert not (await called(server, "sendPhoto", chat_id="b7c0", photo=f"{url}/none"))[1]["ok"]
    assert not (await called(server, "sendPhoto", chat_id="b7c0", photo="p.png"))[1]["ok"]
    await runner.cleanup()
    assert (person.received[0].picture, fetched) == (b"\x89PNG", ["/p.png"] * 2)


async def test_faults_are_shown_as_often_as_asked(server):
    written(server)
    server.fails("sendMessage", faults.gone())
    server.fails("sendMessage", faults.server_error(503))
    assert (await called(server, "sendMessage", chat_id="b7c0", text="x"))[1]["error_code"] == 403
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, json={"chat_id": "b7c0"}) as answer:
        assert answer.status == 503
    assert (await called(server, "sendMessage", chat_id="b7c0", text="x"))[1]["ok"]
