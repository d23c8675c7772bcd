"""Those who are not signed in: nothing of theirs enters the books, and how much they may ask is bounded."""

from __future__ import annotations

import asyncio
import re
import uuid
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select, update
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.channels.web.guard import RateLimit
from bot.channels.web.strangers import Limits, Strangers, client_of
from bot.channels.web.visitor import COOKIE, SIGNED_IN, address_of, begin_anew, renewed_by
from bot.web_server import WebServer as Server
from bot.web_server import listen_at
from domain.invitation import Code, hash_of
from domain.people import Role
from storage.queries import invitations, people, senders
from storage.session import unit_of_work
from storage.tables import addresses, audit, inbox, outbox
from storage.tables import invitations as invitations_kept
from tests.bot.channels.web.conftest import START, ZONE
from tests.harness.district import lay_down
from tests.harness.stage import bind_address

INVENTED = "A" * 43
GOOD, UNKNOWN = "7K3MQ9XT2P4HB", "7K3MQ9XT2P4HC"
PLENTY = RateLimit(burst=1000, rate=1)


def few(number: int) -> RateLimit:
    return RateLimit(burst=number, rate=0.01, seconds=lambda: 0.0)


def strangers(bot, **limits: Limits) -> Strangers:
    return Strangers(now=bot.now, office="Huyện ủy", zone=ZONE, **limits)


@pytest.fixture
def site(build, bot):
    return build(strangers=strangers(bot))


def client(site, where="27.64.1.1", token: str | None = INVENTED) -> httpx.AsyncClient:
    """A browser at an address, with a session that somebody made up."""
    transport = httpx.ASGITransport(site.app, client=(where, 4711))
    cookies = httpx.Cookies()
    if token is not None:
        cookies.set(COOKIE, token, domain="chibo.test")
    return httpx.AsyncClient(transport=transport, base_url="http://chibo.test", cookies=cookies)


async def say(browser, text="xin chào", **more):
    return await browser.post("/chat/messages", json={"id": str(uuid.uuid4()), "text": text, **more})


def rows(bot) -> int:
    with unit_of_work(bot.engine)() as session:
        counts = [
            session.scalar(select(func.count()).select_from(t)) for t in (addresses, inbox, outbox, audit)
        ]
    return sum(counts)


def invite(bot, **more) -> None:
    with unit_of_work(bot.engine)() as session:
        unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
        invitations.keep(
            session,
            code_hash=hash_of(Code(GOOD)),
            unit=unit,
            role=Role.SECRETARY,
            name="Hoa",
            person=None,
            at=START,
            by=None,
            expires_at=more.get("expires_at", START + timedelta(days=1)),
        )


def sign_in(bot, token: str, name: str = "Hoa", person=None):
    return bind(bot, address_of(token), name, person)


def bind(bot, address: str, name: str = "Hoa", person=None):
    with unit_of_work(bot.engine)() as session:
        senders.lock_senders(session, [("web", address)], START)
        person = person or people.add(session, name, START)
        bind_address(session, "web", address, person)
        session.execute(update(invitations_kept).values(used_at=START, used_by_id=person))
    return person


async def test_what_is_said_under_an_invented_session_is_answered_and_not_written_down(site, bot):
    async with client(site) as browser:
        told = await say(browser)
        wrong = await say(browser, UNKNOWN)
        tap = {"id": str(uuid.uuid4()), "tap": {"question": "q1", "number": 1}}
        tapped = await browser.post("/chat/messages", json=tap)
        read = await browser.get("/chat/messages")
        stream = await browser.get("/chat/events")
    assert told.json()["stored"] is False
    assert "mã mời gồm 13 ký tự" in told.json()["said"]
    assert "Mã mời này không dùng được" in wrong.json()["said"]
    assert tapped.json()["said"] == told.json()["said"]
    assert (read.status_code, read.json()["lines"], read.json()["who"]) == (200, [], None)
    assert (stream.status_code, bot.taken, rows(bot)) == (204, [], 0)


async def test_a_code_that_opens_is_let_in_however_it_is_typed(site, bot):
    invite(bot)
    async with client(site) as browser:
        joined = await say(browser, " 7k3mq-9xt2p-4hb ")
    assert joined.json() == {"stored": True}
    assert [message.text for message in bot.taken] == ["7k3mq-9xt2p-4hb"]


async def test_a_code_among_words_is_let_in_and_one_that_is_a_character_short_is_told_to_be_wrong(site, bot):
    invite(bot)
    async with client(site) as browser:
        short = await say(browser, "7K3MQ-9XT2P-4H")
        joined = await say(browser, "Mã mời của đồng chí: 7K3MQ-9XT2P-4HB, dùng một lần.")
    assert "Mã mời này không dùng được" in short.json()["said"]
    assert joined.json() == {"stored": True}


async def test_whoever_signs_in_gets_another_session_than_the_one_that_they_were_given(site, bot):
    """A cookie that somebody else has planted in the phone, and knows, is worth nothing afterwards."""
    invite(bot)
    async with client(site, token="P" * 43) as browser:
        joined = await say(browser, GOOD)
        bind(bot, bot.taken[0].sender.value)
        assert joined.json() == {"stored": True}
        assert re.match(SIGNED_IN + "=[A-Za-z0-9_-]{43}; HttpOnly;", joined.headers["set-cookie"])
        fresh = browser.cookies[SIGNED_IN]
        assert fresh != "P" * 43
        assert address_of(fresh) == bot.taken[0].sender.value
        assert (await browser.get("/chat/messages")).json()["whose"] != ""
    async with client(site, token="P" * 43) as planter:
        seen = (await planter.get("/chat/messages")).json()
        told = await say(planter, "menu")
        stream = await planter.get("/chat/events")
    assert (seen["lines"], seen["whose"], stream.status_code) == ([], "", 204)
    assert told.json()["stored"] is False
    assert len(bot.taken) == 1


def test_no_part_of_what_a_new_session_is_made_of_can_be_left_out():
    parts = [
        ("token", "key", "code"),
        ("other", "key", "code"),
        ("token", "other", "code"),
        ("token", "key", "other"),
    ]
    assert len({renewed_by(*each) for each in parts}) == len(parts)


def test_a_session_begun_anew_takes_the_one_that_was_signed_in_to_away():
    response = PlainTextResponse("")
    begin_anew(response, secure=True)
    gone, fresh = response.headers.getlist("set-cookie")
    assert gone.startswith(f'{SIGNED_IN}="";')
    assert "Max-Age=0" in gone
    assert fresh.startswith(f"{COOKIE}=")


async def test_a_sign_in_whose_answer_was_lost_is_sent_again_into_the_same_session(site, bot):
    invite(bot)
    key = str(uuid.uuid4())
    found = []
    for _ in range(2):
        async with client(site) as browser:
            assert (await say(browser, GOOD, id=key)).json() == {"stored": True}
            found.append(browser.cookies[SIGNED_IN])
        bind(bot, bot.taken[0].sender.value, person=None if len(found) == 1 else whose_first(bot))
    assert found[0] == found[1]
    assert len(bot.taken) == 1


def whose_first(bot):
    with unit_of_work(bot.engine)() as session:
        return session.scalar(select(addresses.c.person_id).where(addresses.c.person_id.is_not(None)))


async def test_the_used_code_alone_leads_nobody_else_into_the_session(site, bot):
    invite(bot)
    async with client(site) as browser:
        await say(browser, GOOD)
    bind(bot, bot.taken[0].sender.value)
    async with client(site) as planter:
        assert (await say(planter, GOOD)).json()["stored"] is False
        assert "set-cookie" not in (await planter.get("/chat")).headers


async def test_a_page_that_comes_late_does_not_bring_the_earlier_session_back(site, bot):
    """Two requests for the page were under way without a cookie; the answer to one comes after the sign-in."""
    sign_in(bot, "H" * 43)
    async with client(site, token=None) as late:
        brought = (await late.get("/chat")).headers["set-cookie"]
    async with client(site, token=None) as browser:
        browser.cookies.set(SIGNED_IN, "H" * 43, domain="chibo.test")
        browser.cookies.set(*brought.partition(";")[0].split("="), domain="chibo.test")
        assert (await browser.get("/chat/messages")).json()["whose"] != ""
    async with client(site, token="P" * 43) as slow:
        assert "set-cookie" not in (await slow.get("/chat")).headers
        assert "set-cookie" not in (await slow.get("/chat/messages")).headers
    async with client(site, token="H" * 43) as browser:
        assert "Max-Age" in (await browser.get("/chat/messages")).headers["set-cookie"]


async def test_what_somebody_wrote_goes_into_the_books_as_theirs_alone(site, bot):
    hoa, son = sign_in(bot, "H" * 43), sign_in(bot, "S" * 43, "Sơn")
    for token in (INVENTED, "S" * 43):
        async with client(site, token=token) as browser:
            held = await say(browser, of=str(hoa))
            assert held.json() == {"stored": False, "held": True}
    assert bot.taken == []
    async with client(site, token="H" * 43) as browser:
        assert (await say(browser, of=str(hoa))).json() == {"stored": True}
        assert (await say(browser, of=str(son))).json()["stored"] is False
    assert len(bot.taken) == 1


async def test_what_was_stored_before_the_session_was_lost_is_not_stored_again_in_the_next(site, bot):
    """The answer was lost with the session: the phone sends it once more after its owner has signed in again."""
    hoa, key = sign_in(bot, "H" * 43), str(uuid.uuid4())
    sign_in(bot, "J" * 43, person=hoa)
    for token in "HJ":
        async with client(site, token=token * 43) as browser:
            assert (await say(browser, id=key, of=str(hoa))).json() == {"stored": True}
    assert len(bot.taken) == 1


async def test_what_was_typed_before_anybody_signed_in_is_nobody_s(site, bot):
    sign_in(bot, "H" * 43)
    async with client(site, token="H" * 43) as browser:
        refused = await say(browser, "kn đc Nguyễn Thị Hoa", of="")
        assert "trước khi đăng nhập" in refused.json()["said"]
        assert (await say(browser, GOOD, of="")).json() == {"stored": True}
    assert bot.texts() == [GOOD]


async def test_a_code_signs_in_also_where_the_phone_was_somebody_s(site, bot):
    invite(bot)
    hoa = sign_in(bot, "H" * 43)
    invite_again(bot)
    async with client(site) as browser:
        assert (await say(browser, GOOD, of=str(hoa))).json() == {"stored": True}


def invite_again(bot) -> None:
    with unit_of_work(bot.engine)() as session:
        session.execute(update(invitations_kept).values(used_at=None, used_by_id=None))


@pytest.mark.parametrize("of", [7, "x", "1" * 19, ["1"]])
async def test_whose_a_message_is_has_a_form(site, bot, of):
    async with client(site) as browser:
        assert (await say(browser, of=of)).status_code == 400


async def test_a_code_whose_time_is_over_opens_nothing(site, bot):
    invite(bot, expires_at=START)
    async with client(site) as browser:
        assert (await say(browser, GOOD)).json()["stored"] is False
    assert bot.taken == []


async def test_who_tries_too_often_has_to_wait_under_whatever_session_and_others_have_not(build, bot):
    site = build(strangers=strangers(bot, joining=Limits(each=few(2), together=PLENTY)))
    async with client(site) as browser:
        assert [(await say(browser)).status_code for _ in range(2)] == [200, 200]
    async with client(site, token="B" * 43) as browser:
        refused = await say(browser)
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
    async with client(site, where="27.64.1.2") as browser:
        assert (await say(browser)).status_code == 200


async def test_all_strangers_together_have_a_limit(build, bot):
    site = build(strangers=strangers(bot, joining=Limits(each=PLENTY, together=few(2))))
    answers = []
    for where in ("27.64.1.1", "27.64.1.2", "27.64.1.3"):
        async with client(site, where) as browser:
            answers.append((await say(browser)).status_code)
    assert answers == [200, 200, 429]


async def test_people_behind_the_same_address_are_counted_one_by_one(build, bot):
    """A mobile operator puts a whole district behind one address."""
    none = Limits(each=few(0), together=few(0))
    site = build(strangers=strangers(bot, joining=none, asking=none), limit=few(2))
    hoa = sign_in(bot, "H" * 43)
    sign_in(bot, "P" * 43, person=hoa)
    sign_in(bot, "S" * 43, "Sơn")
    said = {}
    for token in "HPS":
        async with client(site, token=token * 43) as browser:
            assert (await browser.get("/chat/messages")).status_code == 200
            said[token] = (await say(browser)).status_code, (await say(browser)).status_code
    assert said == {"H": (200, 200), "P": (429, 429), "S": (200, 200)}


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/events", "/chat/anew"])
async def test_what_reads_the_books_for_a_stranger_is_bounded(build, bot, path):
    site = build(strangers=strangers(bot, asking=Limits(each=few(3), together=PLENTY)))
    async with client(site) as browser:
        statuses = [(await browser.get(path)).status_code for _ in range(4)]
    assert statuses[2:] == [statuses[0], 429]
    assert statuses[0] in (200, 204, 303)


@pytest.mark.parametrize(
    ("peer", "client_is"),
    [
        ("27.64.1.1", "27.64.1.1"),
        ("::ffff:27.64.1.1", "27.64.1.1"),
        ("2402:800:61ac:1::7", "2402:800:61ac:1::/64"),
        ("2402:800:61ac:1:ffff::9", "2402:800:61ac:1::/64"),
        ("testclient", "testclient"),
    ],
)
def test_where_a_request_comes_from(peer, client_is):
    assert client_of(Request({"type": "http", "headers": [], "client": (peer, 1)})) == client_is
    assert client_of(Request({"type": "http", "headers": [], "client": None})) == ""


@pytest.mark.parametrize(("proxies", "told"), [(None, "127.0.0.1"), ("127.0.0.1/32", "27.64.1.1")])
async def test_whom_somebody_speaks_for_is_heeded_of_proxies_alone_that_are_named(proxies, told, monkeypatch):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")

    async def tell(request: Request) -> PlainTextResponse:
        return PlainTextResponse(client_of(request))

    stop = asyncio.Event()
    server = Server([Route("/", tell)], listen_at("127.0.0.1", 0), proxies=proxies)
    task = asyncio.create_task(server.run(stop))
    headers = {"X-Forwarded-For": "1.1.1.1, 27.64.1.1"}  # what comes first anybody may have written
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(f"http://127.0.0.1:{server.port}/", headers=headers)
    stop.set()
    await task
    assert answer.text == told
