"""One process wired together, and two of them on one database, against the fake Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import io
import secrets
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from pydantic import SecretStr
from sqlalchemy import select

from bot.access.invite import invite
from bot.clock import ShiftedClock
from bot.lines import Part
from bot.new_books import create
from bot.premises import Premises
from bot.settings import Settings
from bot.web_server import PortTaken, listen_at
from domain.invitation import shown
from domain.people import Role
from storage.queries.units import all_units
from storage.session import open_engine, unit_of_work
from storage.tables import outbox
from tests.harness.patience import WITHIN
from tests.harness.port import Port
from tests.harness.telegram_faults import server_error
from tests.harness.telegram_server import TelegramServer

NOW = datetime(2022, 3, 23, 2, 0, tzinfo=UTC)  # no day of reminders
ALL = frozenset(Part)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


def _settings(url: str, telegram: TelegramServer, **more: object) -> Settings:
    own = {
        "database_url": SecretStr(url),
        "telegram_token": SecretStr(telegram.token),
        "telegram_api_url": telegram.url,
        "web_port": 0,
        "clock_start": NOW.isoformat(),
    }
    return Settings(_env_file=None).model_copy(update={**own, **more})


@contextlib.asynccontextmanager
async def _running(settings: Settings, parts: Collection[Part] = ALL) -> AsyncIterator[Premises]:
    premises = Premises(settings, ShiftedClock(NOW), parts)
    stop = asyncio.Event()
    task = asyncio.create_task(premises.run(stop))
    try:
        yield premises
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)


def _new_books(url: str, role: Role = Role.SECRETARY, at: str = "Biên Sơn") -> str:
    """Books with the plan of 2022, and a code for the secretary of Biên Sơn, or for somebody else."""
    engine = open_engine(url)
    create(engine, NOW, with_plan=True)
    with unit_of_work(engine)() as session:
        unit = next(unit for unit in all_units(session, NOW.date()) if unit.short == at)
        code = invite(session, unit, role, now=NOW, below=secrets.randbelow).code
    engine.dispose()
    return shown(code)


def _outbox(url: str) -> list[tuple[str, str | None]]:
    engine = open_engine(url)
    with unit_of_work(engine)() as session:
        rows = session.execute(select(outbox.c.state, outbox.c.leased_by).order_by(outbox.c.id)).all()
    engine.dispose()
    return [(row.state, row.leased_by) for row in rows]


async def test_a_process_does_not_start_with_a_question_that_has_no_words(sqlite_url, telegram, monkeypatch):
    monkeypatch.setattr("bot.premises.questions_without_words", lambda: ("report_nil/why",))
    with pytest.raises(LookupError, match="report_nil/why"):
        Premises(_settings(sqlite_url, telegram), ShiftedClock(NOW))


async def test_a_secretary_joins_and_reports_by_telegram(telegram, database_url):
    code = _new_books(database_url)
    secretary = telegram.person(11)
    async with _running(_settings(database_url, telegram)):
        welcome = await secretary.asks(f"/start {code}")
        assert "bí thư đảng ủy xã Biên Sơn" in welcome.text
        question = await secretary.asks("kn Nguyen Thi Hoa nu sn 1999 ngay 15/3")
        assert question.labels[0].startswith("Đúng")
        done = await secretary.asks("1")
        assert "BS-22-01" in done.text
        assert "Quý I: 1/1 · Cả năm: 1/5" in done.text
    assert {state for state, _ in _outbox(database_url)} == {"sent"}


async def test_the_district_gets_its_files_by_telegram(telegram, database_url):
    code = _new_books(database_url, Role.DISTRICT, "Lục Ngạn")
    officer = telegram.person(11)
    async with _running(_settings(database_url, telegram)):
        await officer.asks(f"/start {code}")
        table = await officer.asks("xuất excel quý 1")
        chart = await officer.asks("gửi biểu đồ")
    assert table.file is not None
    assert table.file.name == "Bieu-ket-nap-quy-I-2022.xlsx"
    assert load_workbook(io.BytesIO(table.file.content)).sheetnames == ["Biểu tổng hợp", "Tình hình báo cáo"]
    assert "Báo cáo (Word)" in table.labels
    assert chart.file is not None
    assert chart.file.content.startswith(b"\x89PNG")
    assert {state for state, _ in _outbox(database_url)} == {"sent"}


async def test_a_sent_message_that_is_edited_amends_the_report_with_one_yes(telegram, sqlite_url):
    code = _new_books(sqlite_url)
    secretary = telegram.person(11)
    async with _running(_settings(sqlite_url, telegram)):
        await secretary.asks(f"/start {code}")
        line = secretary.says("kn Nguyen Thi Hoa nu sn 1999 ngay 15/3")["message"]["message_id"]
        await secretary.next_answer()
        await secretary.asks("1")
        edit = secretary.edits("kn Nguyen Thi Hoa nu sn 1999 ngay 16/3", line)
        offered = await secretary.next_answer()
        assert "Ngày: 15/3/2022 → 16/3/2022" in offered.text
        telegram.feed_again(edit)
        assert "BS-22-01" in (await secretary.asks("1")).text
    assert secretary.count == 5, "the same edit, delivered twice, is answered once"


async def test_what_was_confirmed_to_telegram_survives_a_stop(telegram, sqlite_url):
    code = _new_books(sqlite_url)
    settings, secretary = _settings(sqlite_url, telegram), telegram.person(11)
    async with _running(settings):
        await secretary.asks(f"/start {code}")
        await secretary.asks("kn Nguyen Thi Hoa nu sn 1999 ngay 15/3")
    async with _running(settings):
        done = await secretary.asks("1")
    assert "BS-22-01" in done.text


async def test_a_webhook_takes_updates_where_the_settings_say_so(telegram, sqlite_url):
    code = _new_books(sqlite_url)
    port = Port()
    hook = {
        "telegram_webhook_url": f"{port.url}/telegram/webhook",
        "telegram_webhook_secret": SecretStr("mat-khau"),
        "web_port": port.number,
    }
    async with _running(_settings(sqlite_url, telegram, **hook)):
        assert "Biên Sơn" in (await telegram.person(11).asks(f"/start {code}")).text
    assert telegram.calls_of("getUpdates") == []


async def test_it_starts_while_telegram_is_silent(telegram, sqlite_url, monkeypatch):
    monkeypatch.setattr("bot.line.FIRST_WAIT", 0.01)
    code = _new_books(sqlite_url)
    telegram.fails("deleteWebhook", server_error(), times=2)
    async with _running(_settings(sqlite_url, telegram)) as premises:
        assert premises.port
        assert "Biên Sơn" in (await telegram.person(11).asks(f"/start {code}")).text


async def test_of_two_processes_one_polls_and_either_can_take_over(telegram, postgresql_url):
    code = _new_books(postgresql_url)
    settings, secretary = _settings(postgresql_url, telegram), telegram.person(11)
    async with contextlib.AsyncExitStack() as second:
        async with _running(settings):
            await secretary.asks(f"/start {code}")
            await second.enter_async_context(_running(settings))
            await secretary.asks("tiến độ")
        assert "Quý I" in (await secretary.asks("tiến độ")).text
    assert len(secretary.received()) == 3


async def test_a_reply_is_leased_only_where_somebody_delivers(telegram, sqlite_url):
    code = _new_books(sqlite_url)
    settings, secretary = _settings(sqlite_url, telegram), telegram.person(11)
    async with _running(settings, {Part.TELEGRAM}):
        await telegram.until_confirmed(secretary.says(f"/start {code}"))
    assert _outbox(sqlite_url) == [("waiting", None)]
    async with _running(settings, {Part.DELIVERY}):
        assert "Biên Sơn" in (await secretary.next_answer()).text


async def test_a_port_that_is_taken_is_told(telegram, sqlite_url):
    _new_books(sqlite_url)
    with listen_at("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            Premises(_settings(sqlite_url, telegram, web_port=port), ShiftedClock(NOW))
