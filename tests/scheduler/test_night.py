"""At night what waits for the morning is not looked through again and again, and nothing else waits for that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from scheduler.delivery import NOTICED, Delivery
from scheduler.night import Night
from storage.queries import delivery, outbox, senders
from storage.queries.outbox import Draft
from storage.session import Begin, Session
from storage.tables import addresses
from tests.harness.delivering import Office, delivering, open_office

LATE = datetime(2022, 3, 24, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def office(begin: Begin) -> AsyncIterator[Office]:
    async with open_office(begin) as office:
        yield office


def reply(office: Office, chat: int, at: datetime | None = None) -> int:
    """A reply that another process has put, which delivers nothing itself."""
    with office.books.begin() as session:
        draft = Draft(address_id=office.address_of(session, chat), kind="reply", text="Đã ghi nhận")
        return outbox.put(session, draft, at or office.clock.now())


def looks(begin: Begin) -> list[str]:
    """The statements, from now on, that look through what waits."""
    seen: list[str] = []
    engine = begin.__self__  # type: ignore[attr-defined]

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "AS earlier" in statement:
            seen.append(statement)

    return seen


def address(session: Session, chat: int) -> int:
    senders.lock_senders(session, [("telegram", str(chat))], LATE)
    own = select(addresses.c.id).where(addresses.c.value == str(chat))
    return int(session.execute(own).scalar_one())


async def a_second(office: Office) -> None:
    await office.clock.advance(1)
    await office.books.until_pieces(1)


async def test_a_backlog_is_looked_through_once_and_then_left_until_something_comes(
    office: Office, begin: Begin
) -> None:
    office.quiet = lambda _now: True
    waiting = [office.put(chat, "nhắc") for chat in (5, 6, 7)]
    async with delivering(office):
        for _ in range(7):
            await a_second(office)
        seen = looks(begin)
        for _ in range(10):
            await a_second(office)
        assert seen == []
        answered = reply(office, 8)
        await office.clock.advance(1)
        await office.until_row(answered, state="sent")
    assert [office.row(id_)["state"] for id_ in waiting] == ["waiting"] * 3


async def test_in_the_morning_all_leaves_within_a_second(office: Office) -> None:
    is_night = [True]
    office.quiet = lambda _now: is_night[0]
    waiting = [office.put(chat, "nhắc") for chat in (5, 6)]
    async with delivering(office):
        for _ in range(8):
            await a_second(office)
        is_night[0] = False
        await office.clock.advance(1)
        for id_ in waiting:
            await office.until_row(id_, state="sent")


@asynccontextmanager
async def spared(office: Office) -> AsyncIterator[tuple[Delivery, int]]:
    """A night on which nothing is looked through any more, and a reply to somebody who blocks us."""
    office.quiet = lambda _now: True
    before = office.clock.now() - 7200 * SECOND
    waiting = reply(office, 5, at=before)
    block(office, 5, before)
    async with delivering(office) as delivery:
        for _ in range(7):
            await a_second(office)
        yield delivery, waiting


def block(office: Office, chat: int, at: datetime | None) -> None:
    with office.books.begin() as session:
        senders.mark_blocked(session, office.address_of(session, chat), at)


async def test_whoever_says_that_something_was_put_is_heard_at_night_too(office: Office) -> None:
    """It may be an older message, which has come here from another channel."""
    async with spared(office) as (delivery, waiting):
        block(office, 5, None)
        await a_second(office)
        assert office.row(waiting)["state"] == "waiting"
        delivery.look_now()
        await office.until_row(waiting, state="sent")


async def test_a_clock_that_is_set_back_at_night_lengthens_it_by_nothing(office: Office) -> None:
    async with spared(office) as (_, waiting):
        block(office, 5, None)
        office.clock.set_back(3600)
        await office.clock.advance(1)
        await office.until_row(waiting, state="sent")


async def test_a_reply_of_a_process_that_lost_its_post_is_taken_over_at_night_too(office: Office) -> None:
    office.quiet = lambda _now: True
    office.gone = lambda _name, at_post: at_post >= NOTICED
    lost = office.answer(5, "Đã ghi nhận", "there")
    async with delivering(office):
        for _ in range(NOTICED // SECOND):
            await a_second(office)
        await office.until_row(lost.outbox_id, state="sent")


def test_what_waits_elsewhere_or_behind_another_message_is_no_reason_to_look(begin: Begin) -> None:
    night = Night("telegram")
    with begin() as session:
        senders.lock_senders(session, [("zalo", "9")], LATE)
        elsewhere = session.execute(select(addresses.c.id).where(addresses.c.value == "9")).scalar_one()
        here = address(session, 5)
        lease = {"leased_by": "there", "leased_until": LATE + 40 * SECOND}
        outbox.put(session, Draft(address_id=here, kind="reply", text="một", **lease), LATE)
        for each in (here, elsewhere):
            outbox.put(session, Draft(address_id=each, kind="reply", text="hai"), LATE)
        night.spares(session, LATE)
        night.looked(session, LATE + 6 * SECOND)
        assert night.spares(session, LATE + 39 * SECOND)
        assert not night.spares(session, LATE + 40 * SECOND)


def test_it_is_looked_again_when_the_next_one_is_due_and_every_minute(begin: Begin) -> None:
    night = Night("telegram")
    with begin() as session:
        address_id = address(session, 5)
        lease = {"leased_by": "here", "leased_until": LATE + 60 * SECOND}
        draft = Draft(address_id=address_id, kind="reply", text="Đã ghi nhận", **lease)
        put = outbox.put(session, draft, LATE)
        delivery.record(
            session,
            [delivery.Postponed(id=put, due_at=LATE + 30 * SECOND, reason="quá tải")],
            by="here",
            at=LATE,
        )
        assert not night.spares(session, LATE)
        night.looked(session, LATE)
        assert not night.spares(session, LATE + SECOND)  # what began before may still be committed
        night.looked(session, LATE + 6 * SECOND)
        assert night.spares(session, LATE + 29 * SECOND)
        assert not night.spares(session, LATE + 30 * SECOND)
        delivery.record(session, [delivery.Sent(id=put, receipt="1")], by="here", at=LATE)
        night.looked(session, LATE + 31 * SECOND)
        assert night.spares(session, LATE + 90 * SECOND)
        assert not night.spares(session, LATE + 91 * SECOND)


def test_a_lease_that_ends_is_a_moment_to_look_and_a_reminder_is_none(begin: Begin) -> None:
    night = Night("telegram")
    with begin() as session:
        reminder = Draft(address_id=address(session, 5), kind="reminder", text="nhắc")
        outbox.put(session, reminder, LATE)
        leased = Draft(
            address_id=address(session, 6),
            kind="reply",
            text="Đã ghi nhận",
            leased_by="elsewhere",
            leased_until=LATE + 40 * SECOND,
        )
        outbox.put(session, leased, LATE)
        night.spares(session, LATE)
        night.looked(session, LATE + 6 * SECOND)
        assert night.spares(session, LATE + 39 * SECOND)
        assert not night.spares(session, LATE + 40 * SECOND)


def test_whoever_is_woken_looks_at_once(begin: Begin) -> None:
    night = Night("telegram")
    with begin() as session:
        night.looked(session, LATE)
        assert night.spares(session, LATE + SECOND)
        night.wake()
        assert not night.spares(session, LATE + SECOND)
