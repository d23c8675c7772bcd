"""The web chat on real books, with a bot that answers by rote."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from starlette.applications import Starlette

from bot.channels.web import DemoPerson, WebChannel, web_routes
from bot.channels.web.guard import RateLimit
from bot.channels.web.strangers import Limits, Strangers
from domain.people import PersonId
from messages.channel import IncomingMessage
from storage import tables
from storage.queries import inbox, outbox, senders
from storage.queries.channels import Standing
from storage.queries.inbox import Arrival
from storage.queries.outbox import Draft
from storage.session import Engine, Session, open_engine, reading, unit_of_work
from tests.harness.patience import WITHIN
from tests.harness.telephone import OpenDevice, devices

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2022, 3, 24, 0, 55, tzinfo=UTC)
CHOICES = (("yes", "Đúng, ghi nhận"), ("edit", "Sửa"), ("drop", "Bỏ"))


@dataclass
class Bot:
    """Writes what came and an answer, as the intake would; `closed` for so many tries, as when the database is down."""

    engine: Engine
    time: datetime = START
    closed: int = 0
    taken: list[IncomingMessage] = field(default_factory=list)
    answer: Callable[[str], tuple[str, bool]] = lambda text: (f"Đã nghe: {text}", False)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        return self.time

    async def receive(self, incoming: IncomingMessage) -> None:
        with self.guard:
            self._receive(incoming)

    def _receive(self, incoming: IncomingMessage) -> None:
        if self.closed:
            self.closed -= 1
            raise ConnectionError("the database is down")
        self.time += timedelta(seconds=1)
        with unit_of_work(self.engine)() as session:
            address = (incoming.sender.channel, incoming.sender.value)
            senders.lock_senders(session, [address], self.time)
            own = senders.sender_of(session, *address, self.time.date()).address_id
            tap = incoming.tap and {"question": incoming.tap.question, "number": incoming.tap.number}
            arrival = Arrival(
                channel=incoming.channel,
                external_id=incoming.external_id,
                message_ref=None,
                address_id=own,
                kind=incoming.kind.value,
                text=incoming.text,
                tap=tap and {**tap, "label": CHOICES[incoming.tap.number - 1][1]},
                sent_at=incoming.at,
                received_at=self.time,
                raw=incoming.raw,
            )
            inbox_id = inbox.accept(session, arrival)
            if inbox_id is None:
                return
            self.taken.append(incoming)
            text, asks = self.answer(incoming.text or CHOICES[incoming.tap.number - 1][1])
            draft = Draft(
                address_id=own,
                kind="reply",
                text=text,
                choices=CHOICES if asks else (),
                question=f"q{inbox_id}" if asks else "",
                inbox_id=inbox_id,
            )
            outbox.put(session, draft, self.time)

    def remind(self, text: str) -> None:
        """Say something unasked to whoever wrote last, and have it sent."""
        self.time += timedelta(days=1)
        sender = self.taken[-1].sender
        with unit_of_work(self.engine)() as session:
            own = senders.sender_of(session, sender.channel, sender.value, self.time.date()).address_id
            outbox_id = outbox.put(session, Draft(address_id=own, kind="reminder", text=text), self.time)
            table = tables.outbox
            session.execute(table.update().where(table.c.id == outbox_id).values(state="sent"))

    def texts(self) -> list[str]:
        return [message.text for message in self.taken]


class Desk:
    """A demo with two people and a clock."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.reminder: datetime | None = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)

    def people(self) -> Sequence[DemoPerson]:
        return [
            DemoPerson(key="bien-son", label="bí thư Biên Sơn", address="demo-bien-son"),
            DemoPerson(key="ban-to-chuc", label="cán bộ Ban Tổ chức", address="demo-ban-to-chuc"),
        ]

    def now(self) -> datetime:
        return self.bot.time

    def next_reminder(self) -> datetime | None:
        return self.reminder

    def quarter_end(self) -> datetime:
        return datetime(2022, 3, 31, 10, 0, tzinfo=UTC)

    async def jump(self, to: datetime) -> None:
        if to < self.bot.time:
            raise ValueError("time does not run backwards")
        self.bot.time = to


@pytest.fixture
def bot(sqlite_books_url: str) -> Iterator[Bot]:
    engine = open_engine(sqlite_books_url)
    yield Bot(engine)
    engine.dispose()


@dataclass
class Site:
    """The application, and what stands behind it."""

    app: Starlette
    bot: Bot
    channel: WebChannel
    desk: Desk | None

    def client(self) -> httpx.AsyncClient:
        """A browser of its own, with its own cookies."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://chibo.test")


class Everybody(Strangers):
    """Whoever has not signed out is taken for somebody who has joined."""

    def standing(self, session: Session, address: str) -> Standing:
        found = super().standing(session, address)
        return found if found.left or found.person else Standing(person=PersonId(crc32(address.encode())))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers may ask twice; to be named before the site."""

    def few(**own) -> Strangers:
        limits = [RateLimit(burst=2, rate=0.001, seconds=lambda: 0.0) for _ in range(2)]
        return Strangers(**own, asking=Limits(each=limits[0], together=limits[1]))

    monkeypatch.setattr("bot.channels.web.routes.Strangers", few)


BuildSite = Callable[..., Site]


@pytest.fixture
def build(bot: Bot) -> BuildSite:
    def build(
        *,
        demo: bool = False,
        limit: RateLimit | None = None,
        public_url: str | None = None,
        strangers: Strangers | None = None,
        office: str = "Ban Tổ chức Huyện ủy Lục Ngạn",
    ) -> Site:
        channel = WebChannel()
        desk = Desk(bot) if demo else None
        routes = web_routes(
            receive=bot.receive,
            read=reading(bot.engine),
            channel=channel,
            now=bot.now,
            office=office,
            zone=ZONE,
            demo=desk,
            public_url=public_url,
            limit=limit,
            strangers=strangers or Everybody(now=bot.now, office="", zone=ZONE),
        )
        return Site(Starlette(routes=routes), bot, channel, desk)

    return build


@pytest.fixture
def site(build: BuildSite) -> Site:
    return build()


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has opened the page."""
    async with site.client() as client:
        await client.get("/chat")
        yield client


FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """A browser for the tests of one module: while it is open, its loop keeps asynchronous tests from running."""
    expect.set_options(timeout=WITHIN * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=list(FLAGS), timeout=WITHIN * 1000
        )
        yield browser
        browser.close()


@pytest.fixture
def open_device(chromium: Browser) -> Iterator[OpenDevice]:
    """Opens devices of a size; what goes wrong in a page of theirs fails the test at its end."""
    with devices(chromium) as open_device:
        yield open_device
