"""Delivery between real books and the fake Telegram, on a clock that the test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from domain.enclosure import Enclosure
from domain.file_link import Linking
from domain.office import Office as Rules
from messages.channel import Channel, File, NotMade, OutgoingMessage
from scheduler.delivery import Delivery
from scheduler.enclosing import Enclosing
from scheduler.rates import Rates
from storage.queries import outbox, senders
from storage.queries.delivery import Leased
from storage.queries.outbox import Draft
from storage.session import Begin, Session
from storage.tables import addresses, audit
from storage.tables import outbox as rows
from tests.harness.clock import StandingClock
from tests.harness.patience import WITHIN
from tests.harness.telegram_server import TelegramServer

T = TypeVar("T")


@dataclass
class TestBooks:
    """The books, worked on at once; `closed` for so many pieces of work, as when the database is down."""

    __test__ = False

    begin: Begin
    closed: int = 0
    pieces: int = 0
    _worked: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, work: Callable[[Session], T]) -> T:
        await asyncio.sleep(0)
        self.pieces += 1
        if self.closed:
            self.closed -= 1
            self._worked.set()
            raise ConnectionError("the database is down")
        with self.begin() as session:
            result = work(session)
        self._worked.set()
        return result

    async def until(self, condition: Callable[[Session], bool], within: float = WITHIN) -> None:
        """Wait until work on the books has made the condition true."""
        async with asyncio.timeout(within):
            while True:
                with self.begin() as session:
                    if condition(session):
                        return
                self._worked.clear()
                await self._worked.wait()

    async def until_pieces(self, more: int, within: float = WITHIN) -> None:
        """Wait until so many more pieces of work have been asked for."""
        wanted = self.pieces + more
        async with asyncio.timeout(within):
            while self.pieces < wanted:
                self._worked.clear()
                await self._worked.wait()


async def no_files(enclosure: Enclosure) -> File:
    """In place of the workshop, where nothing is to be made."""
    raise NotMade(enclosure.subject)


@dataclass(frozen=True)
class Reply:
    outbox_id: int
    address_id: int
    channel: str
    address: str
    message: OutgoingMessage


@dataclass
class Office:
    """Everything that delivery stands between."""

    server: TelegramServer
    books: TestBooks
    clock: StandingClock
    channel: TelegramChannel
    rates: Rates = field(default_factory=lambda: Rates.of(1000, 1000))
    untrue: set[str] = field(default_factory=set)
    breaks: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    gone: Callable[[str, timedelta], bool] = lambda _name, _at_post: False
    make: Any = no_files
    quiet: Callable[[datetime], bool] = lambda _now: False

    def delivery(self, process: str = "here") -> Delivery:
        return Delivery(
            channel=self.channel,
            books=self.books,
            rates=self.rates,
            afresh=self._afresh,
            now=self.clock.now,
            process=process,
            enclose=self.enclosing(self.channel),
            is_gone=self.gone,
            is_quiet=self.quiet,
            pause=self.clock.sleep,
            spread=lambda: 1.0,
        )

    def enclosing(self, channel: Channel, public_url: str = "https://chibo.test") -> Enclosing:
        """What gives the letters of a channel their files; tokens are T1, T2, …"""
        tokens = (f"T{number}" for number in count(1))
        linking = Linking(public_url=public_url, lasts=timedelta(hours=24), new_token=lambda: next(tokens))
        return Enclosing(
            channel=channel,
            books=self.books,
            make=self.make,
            linking=linking,
            office=Rules(),
            now=self.clock.now,
        )

    def _afresh(self, session: Session, row: Leased, now: datetime) -> Leased | None:
        about: Mapping[str, object] = row.about or {}
        if about["unit"] in self.breaks:
            session.execute(select(addresses.c.id).where(addresses.c.id == "không phải số").limit(1))
            raise LookupError("a fault")
        if about["unit"] in self.untrue:
            return None
        return replace(row, text=self.words.get(str(about["unit"]), row.text))

    def address_of(self, session: Session, chat: int) -> int:
        senders.lock_senders(session, [("telegram", str(chat))], self.clock.now())
        own = select(addresses.c.id).where(addresses.c.value == str(chat))
        return int(session.execute(own).scalar_one())

    def put(self, chat: int, text: str, **more: Any) -> int:
        """Put a reminder for this chat into the outbox, in a process that does not tell delivery."""
        with self.books.begin() as session:
            draft = Draft(address_id=self.address_of(session, chat), kind="reminder", text=text, **more)
            return outbox.put(session, draft, self.clock.now())

    def answer(self, chat: int, text: str, process: str = "here") -> Reply:
        """Put a reply for this chat into the outbox, leased to this process."""
        now = self.clock.now()
        with self.books.begin() as session:
            address_id = self.address_of(session, chat)
            lease = {"leased_by": process, "leased_until": now + outbox.PATIENCE / 8640}
            draft = Draft(address_id=address_id, kind="reply", text=text, **lease)  # type: ignore[arg-type]
            id_ = outbox.put(session, draft, now)
        return Reply(id_, address_id, "telegram", str(chat), OutgoingMessage(text=text))

    def row(self, id_: int) -> dict[str, Any]:
        with self.books.begin() as session:
            return dict(session.execute(select(rows).where(rows.c.id == id_)).mappings().one())

    def acts(self) -> list[str]:
        with self.books.begin() as session:
            return list(session.execute(select(audit.c.act).order_by(audit.c.id)).scalars())

    async def until_row(self, id_: int, **values: object) -> None:
        """Wait until a message in the outbox has these values."""

        def has_them(session: Session) -> bool:
            row = session.execute(select(rows).where(rows.c.id == id_)).mappings().one()
            return all(row[name] == value for name, value in values.items())

        await self.books.until(has_them)

    def texts(self, chat: int) -> list[str]:
        return [sent.text for sent in self.server.person(chat).received()]


@asynccontextmanager
async def open_office(begin: Begin) -> AsyncIterator[Office]:
    """An office on these books, nine people with phones, and a Telegram between them."""
    clock = StandingClock()
    async with TelegramServer(now=clock.now) as server:
        channel = TelegramChannel(token=server.token, now=clock.now, api_url=server.url, pause=clock.sleep)
        for chat in range(1, 10):
            server.person(chat)
        yield Office(server, TestBooks(begin), clock, channel)
        await channel.close()


@asynccontextmanager
async def delivering(
    office: Office, process: str = "here", *, is_ready: bool = True
) -> AsyncIterator[Delivery]:
    """Delivery runs while inside; unless told otherwise, it has looked at the outbox once when it begins."""
    stop = asyncio.Event()
    delivery = office.delivery(process)
    task = asyncio.create_task(delivery.run(stop))
    if is_ready:
        await office.books.until_pieces(2)
    try:
        yield delivery
    finally:
        stop.set()
        await asyncio.wait_for(task, WITHIN)
