"""`chibo check`: each thing in a line, how it is mended, and the code it leaves with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.queries import sent_counts
from storage.queries.sent_counts import SentCount
from storage.session import open_engine, unit_of_work
from tests.harness.command_line import Left
from tests.harness.telegram_server import TOKEN as TELEGRAM
from tests.harness.telegram_server import TelegramServer
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
    after = lines[at + 1].strip() if at + 1 < len(lines) and "→" in lines[at + 1] else ""
    return f"{' '.join(lines[at].split())} {after}".strip()


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
    assert all(len(line) <= 110 for line in left.out.splitlines())


async def test_a_bot_that_answers_is_named_with_the_way_its_messages_come(chibo, telegram):
    left = await checked(chibo)
    assert left.code == 0
    assert of(left, "Telegram").endswith("tự hỏi tin; chưa có tin nào")


async def test_a_webhook_that_leads_elsewhere_is_wrong(chibo, telegram):
    telegram.webhook.url = "https://other.example/telegram/webhook"
    left = await checked(chibo)
    assert left.code == 1
    assert "webhook đang là https://other.example/telegram/webhook, cần là không đặt" in of(left, "Telegram")


async def test_a_wrong_token_is_wrong_and_not_shown(chibo, telegram):
    wrong = "7000000001:AAanother_token-for_tests"
    chibo.set(telegram_token=wrong)
    left = await checked(chibo)
    assert left.code == 1
    assert "kiểm tra CHIBO_TELEGRAM_TOKEN" in of(left, "Telegram")
    assert wrong not in left.out + left.err


@pytest.mark.parametrize(
    ("sent", "words", "code"),
    [(79, "tốt tháng này đã gửi 79/100 tin", 0), (80, "lưu ý tháng này đã gửi 80/100", 0), (100, "SAI", 1)],
)
async def test_the_quota_is_told_before_it_is_used_up(chibo, books, zalo, sent, words, code):
    chibo.set(zalo_monthly_quota="100")
    engine = open_engine(books)
    with unit_of_work(engine)() as session:
        sent_counts.add(session, "zalo", "2022-03", SentCount(sent=sent))
    engine.dispose()
    left = await checked(chibo)
    assert left.code == code
    assert of(left, "Zalo: hạn mức").startswith(f"Zalo: hạn mức {words}")
    assert "tự hỏi tin" in of(left, "Zalo")


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
