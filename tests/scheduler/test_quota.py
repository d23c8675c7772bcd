"""A messenger's month: counted in the books, told before it is used up, and spared for what counts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from domain.office import Office
from domain.people import Role
from domain.quota import Quota
from messages.channel import Address, DeliveryFailed, OutgoingMessage, Receipt
from scheduler.delivery import Delivery
from scheduler.quota import Meter
from scheduler.rates import Rates
from storage.queries import outbox, sent_counts
from storage.queries.delivery import Blocked, GivenUp, Postponed, Released, Sent
from storage.queries.outbox import COURTESY, Draft
from storage.queries.sent_counts import SentCount
from storage.tables import addresses
from storage.tables import outbox as rows
from tests.harness.clock import StandingClock
from tests.harness.delivering import Reply, TestBooks
from tests.harness.district import add_person, lay_down
from tests.harness.patience import WITHIN

NOW = datetime(2022, 3, 24, 1, tzinfo=UTC)
METER = Meter(channel="zalo", quota=Quota(monthly=10), office=Office())


def _address(session, role=Role.ADMIN, channel="zalo"):
    unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
    person = add_person(session, "Vi Văn Sơn", [(unit, role)], (channel,))
    return session.execute(select(addresses.c.id).where(addresses.c.person_id == person)).scalar_one()


def _sent(number):
    return [Sent(id=each, receipt="1") for each in range(number)]


def _texts(session):
    return list(session.execute(select(rows.c.text).order_by(rows.c.id)).scalars())


def test_messages_are_counted_by_the_month_where_the_office_is(begin):
    with begin() as session:
        METER.note(session, [*_sent(2), Sent(id=9, receipt="1", count=3), Released(id=8, due_at=NOW)], NOW)
        METER.note(session, _sent(1), datetime(2022, 3, 31, 18, tzinfo=UTC))
        counts = [sent_counts.count_of(session, "zalo", month) for month in ("2022-03", "2022-04", "2022-05")]
        assert counts == [SentCount(sent=5), SentCount(sent=1), SentCount()]
        assert sent_counts.count_of(session, "telegram", "2022-03") == SentCount()


def test_pieces_of_a_message_that_then_failed_are_counted_as_well(begin):
    with begin() as session:
        outcomes = [
            Postponed(id=1, due_at=NOW, reason="r", count=1),
            GivenUp(id=2, reason="429", over_quota=True, count=2),
            Blocked(id=3, address_id=7, reason="r", count=1),
        ]
        METER.note(session, outcomes, NOW)
        assert sent_counts.count_of(session, "zalo", "2022-03") == SentCount(sent=4, refused=1)


def test_the_administrators_are_told_once_at_four_fifths(begin):
    with begin() as session:
        _address(session)
        METER.note(session, _sent(7), NOW)
        assert _texts(session) == []
        METER.note(session, _sent(2), NOW)
        METER.note(session, _sent(1), NOW)
        (told,) = _texts(session)
        assert told.startswith("Zalo: tháng 3/2022 đã gửi 9 tin, được phép 10 tin.")


def test_they_are_told_once_when_zalo_itself_says_that_it_is_over(begin):
    with begin() as session:
        _address(session)
        for _ in range(2):
            METER.note(
                session, [GivenUp(id=1, reason="429", over_quota=True), GivenUp(id=2, reason="r")], NOW
            )
        assert sent_counts.count_of(session, "zalo", "2022-03") == SentCount(refused=2)
        (told,) = _texts(session)
        assert told.startswith("Zalo báo đã hết số tin")


def test_without_a_limit_it_is_counted_and_nobody_is_told(begin):
    with begin() as session:
        _address(session)
        meter = Meter(channel="zalo", quota=Quota(monthly=0), office=Office())
        meter.note(session, _sent(50), NOW)
        assert (_texts(session), meter.is_short(session, NOW)) == ([], False)
        assert sent_counts.count_of(session, "zalo", "2022-03").sent == 50


@dataclass
class Phone:
    """A channel whose package is used up after `left` messages."""

    name: str = "zalo"
    carries_files: bool = False
    fetches_pictures: bool = False
    left: int = 99
    got: list[str] = field(default_factory=list)
    tries: int = 0

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        self.tries += 1
        if not self.left:
            raise DeliveryFailed("429", over_quota=True)
        self.left -= 1
        self.got.append(message.text)
        return Receipt("1")


class _Running:
    def __init__(self, begin, phone):
        self.books, self.phone, self.stop = TestBooks(begin), phone, asyncio.Event()
        clock = StandingClock()
        self.clock = clock
        self.delivery = Delivery(
            channel=phone,
            books=self.books,
            rates=Rates.of(1000, 1000),
            afresh=lambda _session, row, _now: row,
            now=clock.now,
            process="here",
            pause=clock.sleep,
            meter=Meter(channel="zalo", quota=Quota(monthly=10), office=Office()),
        )

    async def __aenter__(self):
        self.task = asyncio.create_task(self.delivery.run(self.stop))
        await self.books.until_pieces(2)
        return self

    async def __aexit__(self, *_):
        self.stop.set()
        await asyncio.wait_for(self.task, WITHIN)

    async def until_settled(self, id_):
        def settled(session):
            state = session.execute(select(rows.c.state).where(rows.c.id == id_)).scalar_one()
            return state != "waiting"

        await self.books.until(settled)

    def put(self, address, text, **more):
        with self.books.begin() as session:
            made = outbox.put(
                session, Draft(address_id=address, kind="reply", text=text, **more), self.clock.now()
            )
        self.delivery.look_now()
        return made


async def test_when_it_runs_short_courtesies_are_left_unsaid_and_the_rest_goes_out(begin):
    with begin() as session:
        address = _address(session, Role.SECRETARY)
        sent_counts.add(session, "zalo", "2022-03", SentCount(sent=9))
    async with _Running(begin, Phone()) as running:
        lease = {"leased_by": "here", "leased_until": running.clock.now() + timedelta(seconds=30)}
        handed = running.put(address, "Không có gì", about=COURTESY, **lease)
        thanks = OutgoingMessage(text="Không có gì", is_courtesy=True)
        running.delivery.hand_over([Reply(handed, address, "zalo", "zalo-1", thanks)])
        await running.until_settled(handed)
        put = running.put(address, "đã tham gia", about=COURTESY)
        answer = running.put(address, "Đã ghi nhận")
        for id_ in (put, answer):
            await running.until_settled(id_)
    assert running.phone.got == ["Đã ghi nhận"]


async def test_while_there_is_enough_courtesies_are_said(begin):
    with begin() as session:
        address = _address(session, Role.SECRETARY)
    async with _Running(begin, Phone()) as running:
        await running.until_settled(running.put(address, "Không có gì", about=COURTESY))
    assert running.phone.got == ["Không có gì"]


async def test_what_is_refused_for_being_too_many_is_not_tried_again_and_counted(begin):
    with begin() as session:
        address = _address(session, Role.SECRETARY)
    async with _Running(begin, Phone(left=1)) as running:
        await running.until_settled(running.put(address, "eins"))
        second = running.put(address, "zwei")
        await running.until_settled(second)
    assert (running.phone.got, running.phone.tries) == (["eins"], 2)
    with begin() as session:
        assert session.execute(select(rows.c.state).where(rows.c.id == second)).scalar_one() == "failed"
        month = f"{date(2022, 3, 1):%Y-%m}"
        assert sent_counts.count_of(session, "zalo", month) == SentCount(sent=1, refused=1)
