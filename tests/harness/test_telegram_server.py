"""The fake Telegram keeps Telegram's rules, or the tests that stand on it show nothing."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests.harness import telegram_faults as faults
from tests.harness.telegram_methods import Limits
from tests.harness.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio


@dataclass
class Client:
    """A bare client of the Bot API."""

    session: aiohttp.ClientSession
    server: TelegramServer

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        url = f"{self.server.url}/bot{self.server.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            return {"status": answer.status, **await answer.json()}

    async def updates(self, **params: Any) -> list[int]:
        return [update["update_id"] for update in (await self.call("getUpdates", **params))["result"]]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with TelegramServer() as server, aiohttp.ClientSession() as session:
        yield Client(session, server)


async def test_get_me_names_the_bot(client: Client) -> None:
    answer = await client.call("getMe")
    assert answer["result"]["username"] == "chibo_bot"


async def test_a_wrong_token_is_refused(client: Client) -> None:
    async with client.session.post(f"{client.server.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401


async def test_an_unknown_method_is_not_found(client: Client) -> None:
    assert (await client.call("sendMessages"))["status"] == 404


async def test_parameters_may_come_in_the_query_or_a_form(client: Client) -> None:
    client.server.person(5)
    url = f"{client.server.url}/bot{client.server.token}/sendMessage"
    async with client.session.get(url, params={"chat_id": "5", "text": "một"}) as answer:
        assert answer.status == 200
    async with client.session.post(url, data={"chat_id": "5", "text": "hai"}) as answer:
        assert answer.status == 200
    assert [sent.text for sent in client.server.person(5).received()] == ["một", "hai"]


async def test_unconfirmed_updates_come_again_until_a_higher_offset(client: Client) -> None:
    first, second = client.server.person(5).says("một"), client.server.person(5).says("hai")
    both = [first["update_id"], second["update_id"]]
    assert await client.updates() == both
    assert await client.updates() == both
    assert await client.updates(offset=second["update_id"]) == [second["update_id"]]
    assert await client.updates(offset=second["update_id"] + 1) == []
    assert client.server.queue.confirmed == both


async def test_at_most_a_hundred_updates_come_at_once(client: Client) -> None:
    for number in range(120):
        client.server.person(5).says(str(number))
    assert len(await client.updates()) == 100
    assert len(await client.updates(limit=7)) == 7


async def test_a_negative_offset_forgets_all_but_the_newest(client: Client) -> None:
    for number in range(5):
        client.server.person(5).says(str(number))
    assert len(await client.updates(offset=-2)) == 2
    assert len(await client.updates()) == 2


async def test_a_long_poll_ends_when_something_is_said(client: Client) -> None:
    poll = asyncio.create_task(client.updates(timeout=50))
    await client.server.until(lambda: client.server.queue.is_polled)
    said = client.server.person(5).says("xin chào")
    assert await poll == [said["update_id"]]


async def test_a_second_poller_ends_the_first(client: Client) -> None:
    first = asyncio.create_task(client.call("getUpdates", timeout=50))
    await client.server.until(lambda: client.server.queue.is_polled)
    assert await client.updates() == []
    assert (await first)["status"] == 409


async def test_updates_that_are_not_allowed_do_not_come(client: Client) -> None:
    await client.call("getUpdates", allowed_updates=["callback_query"])
    client.server.person(5).says("một")
    assert await client.updates() == []


async def test_polling_is_refused_while_a_webhook_is_set(client: Client) -> None:
    await client.call("setWebhook", url="http://127.0.0.1:1/")
    assert (await client.call("getUpdates"))["status"] == 409
    await client.call("deleteWebhook")
    assert (await client.call("getUpdates"))["status"] == 200


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": " "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"chat_id": 6, "text": "x"}, "chat not found"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Đúng"}]]}}, "unallowed"),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "Đúng", "callback_data": "đ" * 33}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": "{"}, "can't parse"),
    ],
)
async def test_a_message_that_telegram_would_refuse_is_refused(
    client: Client, params: dict[str, Any], reason: str
) -> None:
    client.server.person(5)
    answer = await client.call("sendMessage", **{"chat_id": 5, **params})
    assert answer["status"] == 400
    assert reason in answer["description"]
    assert client.server.person(5).received() == []


async def test_a_message_reaches_the_phone_with_its_buttons_and_a_tap_comes_back(client: Client) -> None:
    person = client.server.person(5)
    keyboard = [[{"text": "Đúng, ghi vào", "callback_data": "q:1"}, {"text": "Sửa", "callback_data": "q:2"}]]
    await client.call("sendMessage", chat_id=5, text="Đúng chưa?", reply_markup={"inline_keyboard": keyboard})
    assert (await person.next_answer()).labels == ["Đúng, ghi vào", "Sửa"]
    tap = person.taps("Đúng")["callback_query"]
    assert (tap["data"], tap["message"]["text"]) == ("q:1", "Đúng chưa?")
    assert person.taps(2)["callback_query"]["data"] == "q:2"
    with pytest.raises(LookupError):
        person.taps("Hủy")
    assert (await client.call("answerCallbackQuery", callback_query_id=tap["id"]))["result"] is True
    assert (await client.call("answerCallbackQuery", callback_query_id="1"))["status"] == 400


async def test_a_keyboard_can_be_taken_away(client: Client) -> None:
    person = client.server.person(5)
    keyboard = {"inline_keyboard": [[{"text": "Đúng", "callback_data": "q:1"}]]}
    sent = (await client.call("sendMessage", chat_id=5, text="Đúng chưa?", reply_markup=keyboard))["result"]
    where = {"chat_id": 5, "message_id": sent["message_id"]}
    assert (await client.call("editMessageReplyMarkup", **where))["status"] == 200
    assert person.last.labels == []
    assert "not modified" in (await client.call("editMessageReplyMarkup", **where))["description"]


async def test_a_person_who_blocked_the_bot_gets_nothing(client: Client) -> None:
    blocked = client.server.person(5).blocks()["my_chat_member"]
    assert blocked["new_chat_member"]["status"] == "kicked"
    assert (await client.call("sendMessage", chat_id=5, text="x"))["status"] == 403
    client.server.person(5).unblocks()
    assert (await client.call("sendMessage", chat_id=5, text="x"))["status"] == 200


async def test_limits_answer_with_the_seconds_to_wait() -> None:
    limits = Limits(chat=(2, 3600.0))
    async with TelegramServer(limits=limits) as server, aiohttp.ClientSession() as session:
        client = Client(session, server)
        server.person(5), server.person(6)
        answers = [await client.call("sendMessage", chat_id=5, text="x") for _ in range(3)]
        assert [answer["status"] for answer in answers] == [200, 200, 429]
        assert 1800 < answers[2]["parameters"]["retry_after"] <= 3600
        assert (await client.call("sendMessage", chat_id=6, text="x"))["status"] == 200


async def test_a_fault_is_shown_as_often_as_asked_and_where_asked(client: Client) -> None:
    client.server.person(5), client.server.person(6)
    client.server.fails("sendMessage", faults.too_many_requests(7), times=2, chat=5)
    assert (await client.call("sendMessage", chat_id=6, text="x"))["status"] == 200
    first = await client.call("sendMessage", chat_id=5, text="x")
    assert (first["status"], first["parameters"]) == (429, {"retry_after": 7})
    assert (await client.call("sendMessage", chat_id=5, text="x"))["status"] == 429
    assert (await client.call("sendMessage", chat_id=5, text="x"))["status"] == 200
    assert [call.status for call in client.server.calls_of("sendMessage")] == [200, 429, 429, 200]


@pytest.mark.parametrize(("fault", "arrived"), [(faults.cut_before(), 0), (faults.cut_after(), 1)])
async def test_a_cut_connection_leaves_the_caller_in_doubt(
    client: Client, fault: faults.Fault, arrived: int
) -> None:
    person = client.server.person(5)
    client.server.fails("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await client.call("sendMessage", chat_id=5, text="x")
    assert len(person.received()) == arrived


async def test_a_held_call_waits_until_it_is_let_go(client: Client) -> None:
    person = client.server.person(5)
    client.server.fails("sendMessage", faults.held(after_effect=True))
    call = asyncio.create_task(client.call("sendMessage", chat_id=5, text="x"))
    await client.server.until(lambda: len(person.received()) == 1)
    assert not call.done()
    client.server.let_go()
    assert (await call)["status"] == 200


async def test_updates_can_come_twice_out_of_order_and_broken(client: Client) -> None:
    person = client.server.person(5)
    once = person.says("một")
    await client.updates(offset=once["update_id"] + 1)
    client.server.feed_again(once)
    assert await client.updates() == [once["update_id"]]
    with client.server.reordered():
        early, late = person.says("hai"), person.says("ba")
    assert early["update_id"] > late["update_id"]
    assert client.server.feed_poison()["message"] == 7
    assert client.server.feed_poison(5)["message"]["chat"]["id"] == 5


async def test_people_send_more_than_text(client: Client) -> None:
    person, group = client.server.person(5), client.server.group(-100)
    person.says("/start ABC")
    person.edits("/start ABD")
    person.sends_sticker(), person.sends_photo("ảnh"), person.sends_voice(), person.sends_document()
    group.hears(person, "chào bot"), group.adds_bot(person)
    updates = (await client.call("getUpdates"))["result"]
    assert updates[0]["message"]["entities"][0] == {"offset": 0, "length": 6, "type": "bot_command"}
    assert updates[1]["edited_message"]["message_id"] == updates[0]["message"]["message_id"]
    assert [
        kind
        for u in updates[2:6]
        for kind in ("sticker", "photo", "voice", "document")
        if kind in u["message"]
    ]
    assert updates[6]["message"]["chat"]["type"] == "supergroup"


@dataclass
class Hook:
    """A webhook that answers what it is told to."""

    url: str
    answers: list[web.Response]
    got: list[tuple[int, str]]


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook("", [], [])

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        hook.got.append(((await request.json())["update_id"], secret))
        return hook.answers.pop(0) if hook.answers else web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_in_the_order_of_the_chat(hook: Hook) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async with TelegramServer(pause=pause) as server, aiohttp.ClientSession() as session:
        hook.answers += [web.Response(status=500), web.Response(status=503, headers={"Retry-After": "9"})]
        hook.answers += [web.Response(status=500)]
        first, second = server.person(5).says("một"), server.person(5).says("hai")
        await Client(session, server).call("setWebhook", url=hook.url, secret_token="s3cret")
        await server.until_confirmed(second)
        assert hook.got == [(first["update_id"], "s3cret")] * 4 + [(second["update_id"], "s3cret")]
        assert waits == [0, 9, 4]
        info = (await Client(session, server).call("getWebhookInfo"))["result"]
        assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
        third = server.person(6).says("ba")
        await server.until_confirmed(third)


async def test_a_webhook_without_https_or_with_an_odd_secret_is_refused(client: Client) -> None:
    assert (await client.call("setWebhook", url="http://example.org/"))["status"] == 400
    assert (await client.call("setWebhook", url="https://example.org/", secret_token="ê"))["status"] == 400


async def test_it_can_be_played_by_hand(client: Client) -> None:
    control = f"{client.server.url}/control"
    async with client.session.post(f"{control}/says", json={"chat": 5, "text": "xin chào"}) as answer:
        assert (await answer.json())["message"]["text"] == "xin chào"
    await client.call("sendMessage", chat_id=5, text="Chào đồng chí")
    async with client.session.get(f"{control}/received", params={"chat": 5}) as answer:
        assert await answer.json() == [{"text": "Chào đồng chí", "buttons": []}]


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (90).to_bytes(4, "big") + (60).to_bytes(4, "big")


async def upload(client: Client, method: str, content: bytes, **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": "5", **fields})
    name = "document" if method == "sendDocument" else "photo"
    form.add_field(name, io.BytesIO(content), filename="bieu.xlsx", content_type="application/x-table")
    url = f"{client.server.url}/bot{client.server.token}/{method}"
    async with client.session.post(url, data=form) as answer:
        return {"status": answer.status, **await answer.json()}


async def test_an_uploaded_document_reaches_the_phone_with_its_caption_and_buttons(client: Client) -> None:
    person = client.server.person(5)
    keyboard = '{"inline_keyboard": [[{"text": "Menu", "callback_data": "q1:1"}]]}'
    answer = await upload(client, "sendDocument", b"PK", caption="Biểu", reply_markup=keyboard)
    assert answer["result"]["document"]["file_name"] == "bieu.xlsx"
    assert answer["result"]["caption"] == "Biểu"
    assert (person.last.text, person.last.labels) == ("Biểu", ["Menu"])
    assert person.last.file is not None
    assert (person.last.file.content, person.last.file.media_type) == (b"PK", "application/x-table")


async def test_an_uploaded_picture_is_shown_as_one(client: Client) -> None:
    person = client.server.person(5)
    assert "photo" in (await upload(client, "sendPhoto", PNG))["result"]
    assert person.last.file is not None
    assert person.last.file.shown_as == "photo"


@pytest.mark.parametrize(
    ("method", "content", "fields", "status", "words"),
    [
        ("sendDocument", b"", {}, 400, "file must be non-empty"),
        ("sendDocument", b"PK", {"caption": "ệ" * 1025}, 400, "message caption is too long"),
        ("sendDocument", b"PK", {"chat_id": "6"}, 400, "chat not found"),
        ("sendPhoto", b"PK", {}, 400, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", PNG[:16] + (9990).to_bytes(4, "big") + (60).to_bytes(4, "big"), {}, 400, "DIMENSIONS"),
        ("sendPhoto", PNG + bytes(10 * 2**20), {}, 413, "Too Large"),
    ],
)
async def test_a_file_that_telegram_would_not_take_is_refused(
    client: Client, method: str, content: bytes, fields: dict[str, str], status: int, words: str
) -> None:
    client.server.person(5)
    answer = await upload(client, method, content, **fields)
    assert answer["status"] == status
    assert words in answer["description"]


async def test_a_call_without_its_file_is_refused(client: Client) -> None:
    client.server.person(5)
    answer = await client.call("sendDocument", chat_id=5, document="/tmp/bieu.xlsx")
    assert (answer["status"], "no document" in answer["description"]) == (400, True)
