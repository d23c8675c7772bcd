"""A channel that takes nothing from us: the office hears of it, and people's other channels are used meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from domain.office import Office
from domain.people import Role
from messages.channel import Address, DeliveryFailed, OutgoingMessage, Receipt
from scheduler.alarm import Alarm
from scheduler.delivery import Delivery
from scheduler.rates import Rates
from storage.queries import outbox
from storage.queries.outbox import Draft
from storage.session import Session, open_engine, unit_of_work
from storage.tables import addresses
from storage.tables import outbox as rows
from tests.harness.clock import StandingClock
from tests.harness.delivering import Reply, TestBooks
from tests.harness.district import add_person, lay_down
from tests.harness.patience import WITHIN


@dataclass
class Zalo:
    """A channel that takes nothing while `shut`."""

    name: str = "zalo"
    carries_files: bool = False
    fetches_pictures: bool = False
    shut: bool = True
    got: list[str] = field(default_factory=list)
    tries: int = 0

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        self.tries += 1
        if self.shut:
            raise DeliveryFailed("Zalo không nhận mã bot (ZALO_TOKEN sai)", closed=True)
        self.got.append(message.text)
        return Receipt("1")


@dataclass
class House:
    """Delivery on Zalo: an administrator and a secretary on two channels, and one on Zalo alone."""

    books: TestBooks
    clock: StandingClock = field(default_factory=StandingClock)
    zalo: Zalo = field(default_factory=Zalo)
    at: dict[tuple[str, str], int] = field(default_factory=dict)

    def people(self) -> None:
        with self.books.begin() as session:
            unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
            for name, role, channels in (
                ("Lan", Role.ADMIN, ("zalo", "web")),
                ("Sơn", Role.SECRETARY, ("zalo", "telegram")),
                ("Hoa", Role.SECRETARY, ("zalo",)),
            ):
                person = add_person(session, name, [(unit, role)], channels)
                mine = select(addresses.c.channel, addresses.c.id).where(addresses.c.person_id == person)
                self.at |= {(name, channel): id_ for channel, id_ in session.execute(mine)}

    def put(self, name: str, text: str) -> int:
        with self.books.begin() as session:
            draft = Draft(address_id=self.at[name, "zalo"], kind="reminder", text=text)
            return outbox.put(session, draft, self.clock.now())

    def where(self, id_: int) -> tuple[str, str]:
        with self.books.begin() as session:
            return self._where(session, id_)

    def _where(self, session: Session, id_: int) -> tuple[str, str]:
        row = session.execute(select(rows).where(rows.c.id == id_)).one()
        return next(key for key, address in self.at.items() if address == row.address_id)

    def notices(self) -> list[tuple[int, str]]:
        with self.books.begin() as session:
            return self._notices(session)

    def _notices(self, session: Session) -> list[tuple[int, str]]:
        told = select(rows.c.address_id, rows.c.text).where(rows.c.kind == "notice").order_by(rows.c.id)
        return [tuple(row) for row in session.execute(told)]

    async def until_at(self, id_: int, channel: str) -> None:
        await self.books.until(lambda session: self._where(session, id_)[1] == channel)

    async def until_told(self, times: int = 1) -> None:
        await self.books.until(lambda session: len(self._notices(session)) == times)

    async def until_tried(self, times: int) -> None:
        """Wait until so many tries have failed and that is in the books."""
        await self.books.until(lambda session: self.zalo.tries >= times and not self._held(session))

    def _held(self, session: Session) -> bool:
        held = select(rows.c.id).where(rows.c.state == "waiting", rows.c.leased_by.is_not(None))
        return session.execute(held).first() is not None

    async def until_got(self, *texts: str) -> None:
        await self.books.until(lambda _: self.zalo.got == list(texts))

    @asynccontextmanager
    async def delivering(self):
        stop = asyncio.Event()
        delivery = Delivery(
            channel=self.zalo,
            books=self.books,
            rates=Rates.of(1000, 1000),
            afresh=lambda _session, row, _now: row,
            now=self.clock.now,
            process="here",
            pause=self.clock.sleep,
            spread=lambda: 1.0,
            alarm=Alarm(office=Office()),
        )
        task = asyncio.create_task(delivery.run(stop))
        await self.books.until_pieces(2)
        try:
            yield delivery
        finally:
            stop.set()
            await asyncio.wait_for(task, WITHIN)


@pytest.fixture
def house(books_url):
    engine = open_engine(books_url)
    house = House(TestBooks(unit_of_work(engine)))
    house.people()
    yield house
    engine.dispose()


async def test_what_can_goes_by_another_channel_within_minutes_and_the_rest_waits(house):
    first, second, alone = house.put("Sơn", "một"), house.put("Sơn", "hai"), house.put("Hoa", "ba")
    async with house.delivering():
        await house.until_tried(2)
        await house.clock.advance(61)
        await house.until_tried(4)
        assert house.where(first) == ("Sơn", "zalo")  # a wrong answer on the way passes
        await house.clock.advance(61)
        await house.until_at(second, "telegram")
        await house.until_tried(6)
        assert [house.where(id_) for id_ in (first, alone)] == [("Sơn", "telegram"), ("Hoa", "zalo")]
        later = house.put("Sơn", "bốn")
        await house.clock.advance(61)
        await house.until_at(later, "telegram")
        await house.until_tried(8)
        house.zalo.shut = False
        await house.clock.advance(61)
        await house.until_got("ba")


async def test_the_administrators_are_told_at_once_by_another_channel_and_once_a_day(house):
    house.put("Hoa", "một")
    async with house.delivering():
        for times in (1, 2, 3):
            await house.until_tried(times)
            await house.clock.advance(61)
        ((address, words),) = house.notices()
        assert address == house.at["Lan", "web"]
        assert words.startswith("Zalo không nhận tin của chibo: Zalo không nhận mã bot")
        await house.clock.advance(24 * 3600)
        await house.until_told(2)


async def test_an_answer_on_a_shut_channel_goes_by_the_other_one(house):
    asked = house.put("Hoa", "một")
    async with house.delivering() as delivery:
        for times in (1, 2, 3):
            await house.until_tried(times)
            await house.clock.advance(61)
        answer = house.put("Sơn", "Đã ghi nhận")
        reply = Reply(answer, house.at["Sơn", "zalo"], "zalo", "zalo-1", OutgoingMessage(text="Đã ghi nhận"))
        delivery.hand_over([reply])
        for _ in range(3):
            await house.clock.advance(61)
        await house.until_at(answer, "telegram")
        assert house.where(asked) == ("Hoa", "zalo")


async def test_a_channel_that_was_open_again_is_not_left_at_once_when_it_shuts_the_next_time(house):
    house.put("Sơn", "một")
    async with house.delivering() as delivery:
        await house.until_tried(1)
        house.zalo.shut = False
        await house.clock.advance(61)
        await house.until_got("một")
        house.zalo.shut = True
        await house.clock.advance(3600)
        second = house.put("Sơn", "hai")
        delivery.look_now()
        await house.until_tried(3)
        assert house.where(second) == ("Sơn", "zalo")
