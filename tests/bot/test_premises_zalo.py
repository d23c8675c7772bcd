"""One process wired together, against the fake Zalo."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.access.invite import invite
from bot.clock import ShiftedClock
from bot.lines import Part
from bot.new_books import create
from bot.premises import Premises
from bot.settings import Settings
from domain.invitation import shown
from domain.people import Role
from scheduler.rates import Rates
from storage.queries.units import all_units
from storage.session import open_engine, unit_of_work
from storage.tables import inbox, revisions
from tests.harness import zalo_faults as faults
from tests.harness.patience import WITHIN
from tests.harness.port import Port
from tests.harness.zalo_server import ZaloServer

NOW = datetime(2022, 3, 23, 2, 0, tzinfo=UTC)  # no day of reminders


@pytest.fixture
async def zalo():
    async with ZaloServer(idle_seconds=0.2) as server:
        yield server


def _settings(url, zalo, **more):
    own = {
        "database_url": SecretStr(url),
        "zalo_token": SecretStr(zalo.token),
        "zalo_api_url": zalo.url,
        "web_port": 0,
        "clock_start": NOW.isoformat(),
    }
    return Settings(_env_file=None).model_copy(update={**own, **more})


@pytest.fixture
def port():
    """Where the webhook is, also while nobody listens there."""
    return Port()


def _with_webhook(url, zalo, port):
    more = {"public_url": port.url, "zalo_webhook_secret": SecretStr("mat-khau-dai")}
    return _settings(url, zalo, web_port=port.number, **more)


@contextlib.asynccontextmanager
async def _running(settings, parts=frozenset(Part), at=NOW):
    premises = Premises(settings, ShiftedClock(at), parts)
    stop = asyncio.Event()
    task = asyncio.create_task(premises.run(stop))
    try:
        yield premises
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)


def _new_books(url, role=Role.SECRETARY, at="Biên Sơn"):
    """Books with the plan of 2022, and a code for somebody at a unit."""
    engine = open_engine(url)
    create(engine, NOW, with_plan=True)
    with unit_of_work(engine)() as session:
        unit = next(unit for unit in all_units(session, NOW.date()) if unit.short == at)
        code = invite(session, unit, role, now=NOW, below=secrets.randbelow).code
    engine.dispose()
    return shown(code)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("bot.zalo_line.RATES", Rates.of(1000, 100))


async def test_a_secretary_joins_by_typing_the_code_and_reports_by_zalo(zalo, database_url, caplog, port):
    caplog.set_level(logging.INFO)
    code = _new_books(database_url)
    secretary = zalo.person("b7c0ffee")
    async with _running(_with_webhook(database_url, zalo, port)):
        await zalo.until(lambda: bool(zalo.probes))
        assert "mã mời" in (await secretary.asks("xin chào")).text
        assert "bí thư đảng ủy xã Biên Sơn" in (await secretary.asks(code)).text
        question = await secretary.asks("kn Nguyen Thi Hoa nu sn 1999 ngay 15/3")
        assert "\n1. Đúng" in question.text
        done = await secretary.asks("1")
        assert "BS-22-01" in done.text
        picture = secretary.event("message.image.received", photo="https://x/y.jpg")
        assert await zalo.hand_out(picture) == 200
        assert "chữ" in (await secretary.next_answer()).text
        assert await zalo.hand_out(picture) == 200, "the same event once more"
        await secretary.asks("tiến độ")
    assert len(secretary.received) == 6, "what came twice was answered once"
    assert zalo.probes == [200]
    assert zalo.token not in caplog.text
    assert "mat-khau-dai" not in caplog.text


async def test_five_messages_of_a_phone_that_was_away_for_a_day_count_in_order_each_once(
    zalo, sqlite_url, port
):
    code = _new_books(sqlite_url, at="Chũ")
    phone = zalo.person("b7c0ffee")
    names = ["Nguyễn Thị Hoa", "Trần Văn Minh", "Lý Thị Nga", "Vi Văn Toàn", "Hoàng Văn Nam"]
    lines = [f"kn {name} sn 1999 ngày {day}/3" for day, name in enumerate(names, 15)]
    settings = _with_webhook(sqlite_url, zalo, port)
    async with _running(settings):
        await zalo.until(lambda: bool(zalo.probes))
        await phone.asks(code)
    events = [phone.event("message.text.received", date=NOW, text=line) for line in lines]
    no_reminders = frozenset(Part) - {Part.SCHEDULER}
    async with _running(settings, no_reminders, at=NOW + timedelta(days=1)):
        await zalo.until(lambda: len(zalo.probes) == 2)
        for event in [*events, *events]:
            assert await zalo.hand_out(event) == 200
        for _ in lines:
            last = await phone.next_answer()
        for number in range(1, 6):
            assert "\n1. Đúng, ghi nhận" in last.text
            last = await phone.asks("1")
            assert f"ngày 24/3/2022 · mã CHU-22-0{number}" in last.text
    engine = open_engine(sqlite_url)
    with unit_of_work(engine)() as session:
        heard = session.execute(select(inbox.c.text).order_by(inbox.c.id)).scalars().all()
        booked = session.execute(select(revisions.c.name).order_by(revisions.c.admission_id)).scalars().all()
    engine.dispose()
    assert (heard[1:6], len(heard), booked) == (lines, 11, names)


async def test_a_group_is_refused_politely_and_once(zalo, sqlite_url, port):
    _new_books(sqlite_url)
    group = zalo.person("9100")
    async with _running(_with_webhook(sqlite_url, zalo, port)):
        await zalo.until(lambda: bool(zalo.probes))
        for _ in range(2):
            event = group.event(
                "message.text.received", text="@chibo", chat={"id": "9100", "chat_type": "GROUP"}
            )
            assert await zalo.hand_out(event) == 200
        assert "nhắn riêng" in (await group.next_answer()).text
    assert len(group.received) == 1


async def test_the_district_gets_its_table_as_a_link_and_its_chart_as_a_picture(zalo, sqlite_url, port):
    code = _new_books(sqlite_url, Role.DISTRICT, "Lục Ngạn")
    officer = zalo.person("d1")
    async with _running(_with_webhook(sqlite_url, zalo, port)), aiohttp.ClientSession() as browser:
        await zalo.until(lambda: bool(zalo.probes))
        await officer.asks(code)
        table = await officer.asks("xuất excel quý 1")
        chart = await officer.asks("gửi biểu đồ")
        picture = await officer.next_answer()
        link = next(word for word in chart.text.split() if "/files/" in word)
        async with browser.get(link) as page:
            assert page.status == 200, "the platform's fetching has used another link"
    assert "/files/" in table.text
    assert picture.picture.startswith(b"\x89PNG")


async def test_events_are_asked_for_where_there_is_no_secret(zalo, sqlite_url):
    code = _new_books(sqlite_url)
    secretary = zalo.person("b7")
    async with _running(_settings(sqlite_url, zalo), {Part.ZALO, Part.DELIVERY}) as premises:
        assert premises.port is None
        assert "Biên Sơn" in (await secretary.asks(code)).text


async def test_it_starts_while_zalo_is_silent(sqlite_url, zalo, monkeypatch):
    monkeypatch.setattr("bot.line.FIRST_WAIT", 0.01)
    code = _new_books(sqlite_url)
    zalo.fails("deleteWebhook", faults.server_error(), times=2)
    async with _running(_settings(sqlite_url, zalo)):
        assert "Biên Sơn" in (await zalo.person("b7").asks(code)).text


async def test_a_forged_event_is_not_even_kept(zalo, sqlite_url, port):
    _new_books(sqlite_url)
    async with _running(_with_webhook(sqlite_url, zalo, port)):
        await zalo.until(lambda: bool(zalo.probes))
        assert await zalo.push(b'{"event_name": "message.text.received"}', "falsch12") == 403
        assert await zalo.push(b"x" * 1_000_000) == 413
    engine = open_engine(sqlite_url)
    with unit_of_work(engine)() as session:
        assert session.execute(select(inbox.c.id)).all() == []
    engine.dispose()
