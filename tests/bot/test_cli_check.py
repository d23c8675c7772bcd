"""`chibo check`: each thing in a line, how it is mended, and the code it leaves with."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from storage.queries import delivery, inbox, outbox, senders, sent_counts
from storage.queries.delivery import Sent
from storage.queries.inbox import Arrival
from storage.queries.outbox import Draft
from storage.queries.sent_counts import SentCount
from storage.session import open_engine, unit_of_work
from tests.harness.command_line import Left
from tests.harness.telegram_server import TOKEN as TELEGRAM
from tests.harness.telegram_server import TelegramServer
from tests.harness.web_server import WebServer
from tests.harness.zalo_server import TOKEN as ZALO
from tests.harness.zalo_server import ZaloServer


@pytest.fixture
def books(chibo, tmp_path):
    """The shipped plan, in the year that it is for."""
    chibo.set(clock_start="2022-03-24T07:55")
    assert chibo("init").code == 0
    return f"sqlite:///{tmp_path / 'chibo.db'}"


@pytest.fixture
async def telegram(chibo, books) -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        chibo.set(telegram_token=TELEGRAM, telegram_api_url=server.url)
        yield server


@pytest.fixture
async def zalo(chibo, books) -> AsyncIterator[ZaloServer]:
    async with ZaloServer() as server:
        chibo.set(zalo_token=ZALO, zalo_api_url=server.url)
        yield server


async def checked(chibo) -> Left:
    """What the command left, while the messengers answer."""
    return await asyncio.to_thread(chibo, "check")


def of(left: Left, subject: str) -> str:
    """The lines about one thing."""
    lines = left.out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{subject} "))
    following = itertools.takewhile(lambda line: line.startswith("  "), lines[at + 1 :])
    return " ".join(" ".join([lines[at], *following]).split())


def last_used(url: str, channel: str) -> None:
    """Let a channel have taken something in at 08:01 and brought something out at 08:02 on 23 March."""
    engine = open_engine(url)
    came = datetime(2022, 3, 23, 1, 1, tzinfo=UTC)
    with unit_of_work(engine)() as session:
        senders.lock_senders(session, [(channel, "7")], came, wrote=True)
        own = senders.sender_of(session, channel, "7", came.date()).address_id
        arrival = Arrival(
            channel=channel,
            external_id="1",
            address_id=own,
            kind="text",
            text="xin chào",
            tap=None,
            message_ref=None,
            sent_at=came,
            received_at=came,
            raw="{}",
        )
        inbox.accept(session, arrival)
        put = outbox.put(session, Draft(address_id=own, kind="reply", text="Chào đồng chí"), came)
        sent_at = came + timedelta(minutes=1)
        delivery.record(session, [Sent(id=put, receipt="1")], by="a", at=sent_at)
    engine.dispose()


USED = "gần nhất: nhận 08:01 23/3/2022, gửi 08:02 23/3/2022"


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A server that answers as the office's pages do; at /away as something else does."""

    async def healthz(request: Request) -> Response:
        database = request.path_params.get("database", "")
        return JSONResponse(
            {"status": "database unreachable" if database else "ok"}, 503 if database else 200
        )

    async def away(_: Request) -> Response:
        return PlainTextResponse("It works!")

    routes = [Route("/healthz", healthz), Route("/away/healthz", away), Route("/{database}/healthz", healthz)]
    with WebServer(Starlette(routes=routes)) as server:
        yield server


def test_without_books_it_says_what_to_run(chibo):
    left = chibo("check")
    assert (left.code, left.err) == (1, "Chưa có cơ sở dữ liệu; hãy chạy: chibo init\n")


def test_a_fresh_installation_is_well_and_told_what_is_missing(chibo, books):
    left = chibo("check")
    assert (left.code, left.err) == (0, "")
    assert of(left, "Kế hoạch") == "Kế hoạch tốt có kế hoạch năm 2022"
    assert of(left, "Người dùng").endswith("→ chibo people invite --every-unit")
    assert of(left, "Lịch nhắc") == "Lịch nhắc lưu ý chưa chạy lần nào → chibo run"
    assert "CHIBO_PUBLIC_URL" in of(left, "Trang chat")
    assert (
        of(left, "Telegram") == "Telegram không dùng chưa cấu hình → muốn dùng thì đặt CHIBO_TELEGRAM_TOKEN"
    )
    assert all(len(line) <= 80 for line in left.out.splitlines())


async def test_the_pages_are_looked_for_at_their_public_address(chibo, books, site):
    last_used(books, "web")
    chibo.set(public_url=site.url)
    left = await checked(chibo)
    assert left.code == 0
    assert of(left, "Trang chat") == (
        f"Trang chat lưu ý {site.url} mở được, nhưng không mã hóa {USED} "
        "→ đặt CHIBO_PUBLIC_URL là một địa chỉ https"
    )


@pytest.mark.parametrize(
    ("path", "words", "mend"),
    [
        ("away", "có máy chủ trả lời (HTTP 200) nhưng không phải chibo", "CHIBO_WEB_PORT"),
        ("nothing/here", "có máy chủ trả lời (HTTP 404) nhưng không phải chibo", "CHIBO_WEB_PORT"),
        ("broken", "không đọc được cơ sở dữ liệu", "CHIBO_DATABASE_URL"),
    ],
)
async def test_pages_that_answer_wrongly_are_wrong_and_their_last_use_is_told(
    chibo, books, site, path, words, mend
):
    last_used(books, "web")
    chibo.set(public_url=f"{site.url}/{path}")
    left = await checked(chibo)
    assert left.code == 1
    told = of(left, "Trang chat")
    assert told.startswith("Trang chat SAI")
    assert all(each in told for each in (words, USED, mend))


async def test_pages_that_nobody_serves_are_wrong(chibo, books):
    chibo.set(public_url="https://127.0.0.1:9")
    left = await checked(chibo)
    assert left.code == 1
    assert "https://127.0.0.1:9: không kết nối được chưa có tin nào → chạy chibo run" in of(
        left, "Trang chat"
    )


async def test_where_the_house_does_not_lead_to_its_own_public_address_it_says_how_to_try_it(
    chibo, books, site
):
    """A router that leads nobody from inside back in: phones outside may open the pages all the same."""
    chibo.set(public_url="https://127.0.0.1:9", web_port=str(site.port.number))
    left = await checked(chibo)
    told = of(left, "Trang chat")
    assert left.code == 0
    assert told.startswith("Trang chat lưu ý https://127.0.0.1:9 chưa thử được từ trong máy")
    assert told.endswith("bộ định tuyến, máy chủ trung gian")
    assert "4G" in told


@pytest.mark.parametrize(
    ("error", "verdict"),
    [(socket.EAI_NONAME, "SAI"), (socket.EAI_AGAIN, "lưu ý")],
    ids=["no such name", "nobody to ask"],
)
async def test_a_name_that_does_not_exist_is_wrong_and_one_that_nobody_could_be_asked_about_may_be_right(
    chibo, books, site, monkeypatch, error, verdict
):
    known = socket.getaddrinfo

    def ask(host, *more, **named):
        if host in ("chibo.example", b"chibo.example"):
            raise socket.gaierror(error, "")
        return known(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    chibo.set(public_url="https://chibo.example", web_port=str(site.port.number))
    left = await checked(chibo)
    assert of(left, "Trang chat").startswith(f"Trang chat {verdict} https://chibo.example")
    assert left.code == int(verdict == "SAI")


async def test_without_a_public_address_it_says_whether_the_pages_run_here(chibo, books, site):
    chibo.set(web_port=str(site.port.number))
    assert f"cổng {site.port.number}, đang chạy" in of(await checked(chibo), "Trang chat")
    site.stop()
    stopped = of(await checked(chibo), "Trang chat")
    site.start()
    assert f"cổng {site.port.number}, chưa chạy" in stopped
    assert "chibo run" in stopped


async def test_a_bot_that_answers_is_named_with_the_way_its_messages_come(chibo, telegram):
    left = await checked(chibo)
    assert left.code == 0
    assert of(left, "Telegram").endswith("trả lời, tự hỏi tin chưa có tin nào")


async def test_a_webhook_that_leads_elsewhere_is_wrong(chibo, books, telegram):
    last_used(books, "telegram")
    telegram.webhook.url = "https://other.example/telegram/webhook"
    left = await checked(chibo)
    assert left.code == 1
    assert "webhook đang là https://other.example/telegram/webhook, cần là không đặt" in of(left, "Telegram")
    assert USED in of(left, "Telegram")


async def test_a_wrong_token_is_wrong_and_not_shown(chibo, books, telegram):
    last_used(books, "telegram")
    wrong = "7000000001:AAanother_token-for_tests"
    chibo.set(telegram_token=wrong)
    left = await checked(chibo)
    assert left.code == 1
    assert "kiểm tra CHIBO_TELEGRAM_TOKEN" in of(left, "Telegram")
    assert USED in of(left, "Telegram")
    assert wrong not in left.out + left.err


@pytest.mark.parametrize(
    ("sent", "refused", "words", "code"),
    [
        (79, 0, "tốt tháng này còn 21/100 tin, đã gửi 79", 0),
        (80, 0, "lưu ý tháng này còn 20/100", 0),
        (103, 0, "SAI tháng này còn 0/100 tin, đã gửi 103", 1),
        (50, 2, "SAI tháng này còn 50/100 tin, đã gửi 50; Zalo đã từ chối 2 tin", 1),
    ],
)
async def test_what_is_left_of_the_quota_is_told(chibo, books, zalo, sent, refused, words, code):
    chibo.set(zalo_monthly_quota="100")
    engine = open_engine(books)
    with unit_of_work(engine)() as session:
        sent_counts.add(session, "zalo", "2022-03", SentCount(sent=sent, refused=refused))
    engine.dispose()
    left = await checked(chibo)
    assert left.code == code
    assert of(left, "Zalo: hạn mức").startswith(f"Zalo: hạn mức {words}")
    assert "tự hỏi tin" in of(left, "Zalo")


async def test_without_a_limit_nothing_runs_out(chibo, books, zalo):
    chibo.set(zalo_monthly_quota="0")
    left = await checked(chibo)
    assert (left.code, of(left, "Zalo: hạn mức").split(" ", 3)[3]) == (
        0,
        "tốt không giới hạn; tháng này đã gửi 0 tin",
    )


async def test_events_of_zalo_that_are_asked_for_may_be_lost(chibo, zalo):
    left = await checked(chibo)
    told = of(left, "Zalo")
    assert (left.code, told.split()[:3]) == (0, ["Zalo", "lưu", "ý"])
    assert told.endswith("→ chỉ để thử; dùng thật thì đặt CHIBO_PUBLIC_URL và CHIBO_ZALO_WEBHOOK_SECRET")


@pytest.mark.parametrize(
    ("rules", "words"),
    [(None, "không mở được tệp"), ("x = [", "không đúng dạng TOML")],
    ids=["gone", "faulty"],
)
async def test_rules_of_reminders_with_which_nothing_would_run_are_wrong(
    chibo, books, tmp_path, rules, words
):
    path = tmp_path / "reminders.toml"
    if rules is not None:
        path.write_text(rules)
    chibo.set(reminders=str(path))
    left = await checked(chibo)
    assert left.code == 1
    assert words in of(left, "Lịch nhắc")
    assert "CHIBO_REMINDERS" in of(left, "Lịch nhắc")


async def test_a_messenger_that_is_silent_is_wrong(chibo, books):
    chibo.set(zalo_token=ZALO, zalo_api_url="http://127.0.0.1:9")
    left = await checked(chibo)
    assert left.code == 1
    assert "đường mạng" in of(left, "Zalo")


@pytest.mark.parametrize(("told", "code"), [("https://zalo.example/zalo/webhook", 0), ("", 1)])
async def test_a_webhook_that_is_set_by_hand_has_only_to_be_set(chibo, zalo, told, code):
    chibo.set(zalo_webhook_secret="a-long-secret")
    zalo.webhook_url = told
    left = await checked(chibo)
    assert left.code == code
    assert ("đặt CHIBO_PUBLIC_URL" in of(left, "Zalo")) is bool(code)
