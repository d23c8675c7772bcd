"""At night what waits for the morning is not looked through again and again, and nothing else waits for that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

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


def reply(office: Office, chat: int, text: str = "Đã ghi nhận") -> int:
    """A reply that another process has put, which delivers nothing itself."""
    with office.books.begin() as session:
        draft = Draft(address_id=office.address_of(session, chat), kind="reply", text=text)
        return outbox.put(session, draft, office.clock.now())


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
