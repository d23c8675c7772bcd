"""Telegram answers 403: the reminder arrives on Zalo, and the call sheet says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from pydantic import SecretStr
from sqlalchemy import select

from bot.clock import ShiftedClock
from bot.new_books import create
from bot.premises import Premises
from bot.settings import Settings
from domain.people import Role
from scheduler.rates import Rates
from storage.queries import people, senders
from storage.queries.units import all_units
from storage.session import open_engine, unit_of_work
from storage.tables import addresses, failovers, outbox
from tests.harness.patience import WITHIN
from tests.harness.stage import bind_address
from tests.harness.telegram_faults import blocked
from tests.harness.telegram_server import TelegramServer
from tests.harness.zalo_server import ZaloServer

NOW = datetime(2022, 3, 24, 1, 5, tzinfo=UTC)  # 08:05, a day of reminders
BEFORE = datetime(2022, 3, 1, tzinfo=UTC)


def _books(url):
    """The plan of 2022; the secretary of Biên Sơn on Zalo and, used last, on Telegram; an officer on Zalo."""
    engine = open_engine(url)
    create(engine, BEFORE, with_plan=True)
    with unit_of_work(engine)() as session:
        units = {unit.short: unit for unit in all_units(session, NOW.date())}
        cast = (("Vi Văn Sơn", Role.SECRETARY, "Biên Sơn", ("zalo-5e", "telegram-11")),)
        officer = (("Trần Thị Lan", Role.DISTRICT, "Lục Ngạn", ("zalo-d1",)),)
        for name, role, unit, reached in (*cast, *officer):
            person = people.add(session, name, BEFORE)
            people.appoint(session, person, units[unit].id, role, since=BEFORE.date(), at=BEFORE)
            for number, place in enumerate(reached):
                channel, _, value = place.partition("-")
                used = datetime(2022, 3, 10 + number, tzinfo=UTC)
                senders.lock_senders(session, [(channel, value)], used, wrote=True)
                bind_address(session, channel, value, person)
    return engine


@asynccontextmanager
async def _at_work(url: str, **reached: object) -> AsyncIterator[Premises]:
    """The product on these books, with the messengers that it is told of."""
    own = {"database_url": SecretStr(url), "web_port": 0, "clock_start": NOW.isoformat(), **reached}
    premises = Premises(Settings(_env_file=None).model_copy(update=own), ShiftedClock(NOW))
    stop = asyncio.Event()
    task = asyncio.create_task(premises.run(stop))
    try:
        yield premises
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)


async def test_a_reminder_that_telegram_refuses_arrives_on_zalo_and_the_call_sheet_says_so(
    database_url, monkeypatch
):
    monkeypatch.setattr("bot.zalo_line.RATES", Rates.of(1000, 100))
    engine = _books(database_url)
    async with TelegramServer() as telegram, ZaloServer(idle_seconds=0.2) as zalo:
        telegram.person(11)
        telegram.fails("sendMessage", blocked(), chat=11)
        secretary, officer = zalo.person("5e"), zalo.person("d1")
        secretary.has_written = officer.has_written = True
        reached = {
            "telegram_token": SecretStr(telegram.token),
            "telegram_api_url": telegram.url,
            "zalo_token": SecretStr(zalo.token),
            "zalo_api_url": zalo.url,
        }
        async with _at_work(database_url, **reached) as premises:
            await premises.beat()
            reminder = await secretary.next_answer()
            sheet = await officer.asks("bảng gọi điện")
            while "Biên Sơn" not in sheet.text:
                sheet = await officer.asks("9")
    assert "Biên Sơn" in reminder.text
    (row,) = (line for line in sheet.text.splitlines() if "V.V.S." in line)
    assert row.endswith("Telegram không nhận, tin 24/3 đã chuyển qua Zalo")
    with unit_of_work(engine)() as session:
        sent = select(outbox.c.state).join(failovers, failovers.c.outbox_id == outbox.c.id)
        assert set(session.execute(sent).scalars()) == {"sent"}
    engine.dispose()


async def test_without_the_token_of_telegram_the_reminder_goes_to_zalo_and_who_has_no_zalo_is_to_be_called(
    database_url, monkeypatch
):
    """Both used Telegram last; since then its token was taken out of the settings."""
    monkeypatch.setattr("bot.zalo_line.RATES", Rates.of(1000, 100))
    engine = _books(database_url)
    with unit_of_work(engine)() as session:
        unit = next(unit for unit in all_units(session, NOW.date()) if unit.short == "Chũ")
        alone = people.add(session, "Leo Thị Mai", BEFORE)
        people.appoint(session, alone, unit.id, Role.SECRETARY, since=BEFORE.date(), at=BEFORE)
        senders.lock_senders(session, [("telegram", "12")], BEFORE, wrote=True)
        bind_address(session, "telegram", "12", alone)
    async with ZaloServer(idle_seconds=0.2) as zalo:
        secretary, officer = zalo.person("5e"), zalo.person("d1")
        secretary.has_written = officer.has_written = True
        reached = {"zalo_token": SecretStr(zalo.token), "zalo_api_url": zalo.url}
        async with _at_work(database_url, **reached) as premises:
            await premises.beat()
            reminder = await secretary.next_answer()
            sheet = await officer.asks("bảng gọi điện")
            while "L.T.M." not in sheet.text:
                sheet = await officer.asks("9")
    assert "Biên Sơn" in reminder.text
    (row,) = (line for line in sheet.text.splitlines() if "L.T.M." in line)
    assert row.endswith("kênh Telegram đã tắt từ 24/3, chưa nối kênh khác")
    engine.dispose()


async def test_at_the_start_with_a_token_that_zalo_does_not_know_the_administrators_are_told(database_url):
    engine = _books(database_url)
    with unit_of_work(engine)() as session:
        unit = next(unit for unit in all_units(session, NOW.date()) if unit.short == "Lục Ngạn")
        admin = people.add(session, "Lê Văn Tám", BEFORE)
        people.appoint(session, admin, unit.id, Role.ADMIN, since=BEFORE.date(), at=BEFORE)
        for channel in ("zalo", "web"):
            senders.lock_senders(session, [(channel, "a1")], BEFORE, wrote=True)
            bind_address(session, channel, "a1", admin)
    async with ZaloServer(idle_seconds=0.2) as zalo:
        wrong = {"zalo_token": SecretStr("1:wrong"), "zalo_api_url": zalo.url}
        async with _at_work(database_url, **wrong) as premises:
            for _ in range(2):
                await premises.beat()
    with unit_of_work(engine)() as session:
        reached = select(addresses.c.value, addresses.c.channel, outbox.c.text).join(
            addresses, addresses.c.id == outbox.c.address_id
        )
        told = session.execute(reached.where(outbox.c.key.startswith("channel_shut:"))).all()
    assert [(row.value, row.channel) for row in told] == [("a1", "web")]
    assert told[0].text.startswith("Zalo không nhận tin của chibo:")
    engine.dispose()
