"""The thread that groups and commits: what gathered is in the books before anybody is told so."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot import intake as intake_module
from bot.intake import Intake
from messages.channel import MessageKind
from storage.faults import Unavailable
from storage.tables import addresses, admissions, audit, inbox, outbox
from tests.harness.patience import WITHIN

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def handed():
    return []


@pytest.fixture
def intake(stage, handed):
    intake = Intake(stage.begin, stage.house, handed.extend)
    intake.start()
    yield intake
    intake.stop()


def count(stage, table, *where):
    with stage.begin() as session:
        return session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


async def test_many_people_at_once_are_all_committed_and_answered(stage, intake, handed):
    people = [
        stage.person("secretary", short, "telegram") for short in ("Biên Sơn", "Chũ", "Sa Lý", "Kim Sơn")
    ]
    lines = [p.message(f"kn Nguyễn Thị Hoa {n} ngày 15/3", AT) for n, p in enumerate(people)]
    await asyncio.gather(*(intake.receive(line) for line in lines))
    assert count(stage, inbox, inbox.c.state == "done") == len(people)
    assert len(handed) == count(stage, outbox) == len(people)


async def test_a_poisonous_message_is_parked_and_its_neighbours_go_on(stage, intake, handed):
    victim = stage.person("secretary", "Biên Sơn", "telegram")
    neighbour = stage.person("secretary", "Chũ", "telegram")
    real = intake_module.receive

    def poisoned(session, incoming, house):
        if incoming.text == "poison":
            session.execute(admissions.insert().values(unit_id=1, year=2022, serial=1, reported_at=AT))
            raise ZeroDivisionError("on purpose")
        return real(session, incoming, house)

    with patch.object(intake_module, "receive", poisoned):
        await asyncio.gather(
            intake.receive(victim.message("poison", AT)), intake.receive(neighbour.message("menu", AT))
        )
    assert count(stage, admissions) == 0
    assert count(stage, inbox, inbox.c.state == "parked", inbox.c.trace.contains("ZeroDivisionError")) == 1
    assert count(stage, inbox, inbox.c.state == "done") == 1
    assert any("trục trặc" in reply.message.text for reply in handed)


async def test_a_parked_message_that_comes_again_is_not_handled_again(stage, intake, handed):
    victim = stage.person("secretary", "Biên Sơn", "telegram")
    message = victim.message("poison", AT)
    with patch.object(intake_module, "receive", side_effect=ZeroDivisionError):
        await intake.receive(message)
    await intake.receive(message)
    assert count(stage, inbox) == 1


async def test_a_second_fault_in_a_row_begins_the_dialogue_afresh_so_that_nobody_is_stuck(
    stage, intake, handed
):
    victim = stage.person("secretary", "Biên Sơn", "telegram")
    await intake.receive(victim.message("kn Nguyễn Thị Hoa", AT))
    with patch.object(intake_module, "receive", side_effect=ZeroDivisionError):
        await intake.receive(victim.message("15/3", AT))
        assert count(stage, audit, audit.c.act == "forget dialogue") == 0
        await intake.receive(victim.message("16/3", AT))
        assert count(stage, audit, audit.c.act == "forget dialogue") == 1
        await intake.receive(victim.message("17/3", AT))
    with stage.begin() as session:
        noted = session.execute(select(audit).where(audit.c.act == "forget dialogue")).one()
    assert [(each["script"], each["answers"]) for each in noted.details["dialogue"]] == [
        ("report_admission", ["who"])
    ]
    assert "Hoa" not in str(noted.details)
    assert ["làm lại từ đầu" in reply.message.text for reply in handed] == [False, False, True, False]
    await intake.receive(victim.message("kn Nguyễn Thị Hoa 15/3", AT))
    assert "kiểm tra giúp" in handed[-1].message.text


async def test_administrators_are_told_of_a_fault_once(stage, intake, handed):
    stage.person("admin", "", "telegram")
    victim = stage.person("secretary", "Biên Sơn", "telegram")
    with patch.object(intake_module, "receive", side_effect=ZeroDivisionError):
        await intake.receive(victim.message("one", AT))
        await intake.receive(victim.message("two", AT))
    assert count(stage, outbox, outbox.c.kind == "notice") == 1


async def test_nothing_is_acknowledged_while_the_books_cannot_be_written(stage, intake):
    someone = stage.person("secretary", "Biên Sơn", "telegram")
    message = someone.message("menu", AT)
    down = OperationalError("insert", {}, Exception("disk full"))
    with patch.object(intake_module, "receive", side_effect=down), pytest.raises(Unavailable):
        await intake.receive(message)
    assert count(stage, inbox) == 0
    await intake.receive(message)
    assert count(stage, inbox) == 1


async def test_other_work_is_committed_too_and_its_fault_is_its_own(stage, intake):
    def broken(session):
        raise KeyError("mine")

    assert await intake.run(lambda session: session.execute(select(1)).scalar_one()) == 1
    with pytest.raises(KeyError, match="mine"):
        await intake.run(broken)


async def test_what_was_handed_in_before_the_end_is_finished(stage, handed):
    intake = Intake(stage.begin, stage.house, handed.extend)
    someone = stage.person("secretary", "Biên Sơn", "telegram")
    waiting = [asyncio.ensure_future(intake.receive(someone.message("menu", AT))) for _ in range(5)]
    await asyncio.sleep(0)
    intake.start()
    await asyncio.to_thread(intake.stop)
    await asyncio.gather(*waiting)
    assert count(stage, inbox) == 5


async def test_somebody_who_gave_up_waiting_does_not_stop_the_thread(stage, intake):
    person = stage.person("secretary", "Biên Sơn", "telegram")
    begun, go_on = threading.Event(), threading.Event()

    def slow(session):
        begun.set()
        go_on.wait()

    waiting = asyncio.create_task(intake.run(slow))
    await asyncio.to_thread(begun.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    async with asyncio.timeout(WITHIN):
        await intake.receive(person.message("menu", AT))
    assert count(stage, inbox, inbox.c.state == "done") == 1


async def test_a_reply_that_nobody_takes_over_stops_neither_its_message_nor_the_next(stage):
    def refuse(_replies):
        raise RuntimeError("on purpose")

    intake = Intake(stage.begin, stage.house, refuse)
    intake.start()
    person = stage.person("secretary", "Biên Sơn", "telegram")
    async with asyncio.timeout(WITHIN):
        await intake.receive(person.message("menu", AT))
        await intake.receive(person.message("menu", AT))
    await asyncio.to_thread(intake.stop)
    assert count(stage, inbox, inbox.c.state == "done") == 2


async def test_a_group_that_lost_against_another_process_is_done_again_from_its_beginning(
    stage, intake, handed
):
    person = stage.person("secretary", "Biên Sơn", "telegram")
    real, tries = intake_module.receive, []

    def deadlocked_once(session, incoming, house):
        reply = real(session, incoming, house)
        tries.append(reply)
        if len(tries) == 1:
            raise OperationalError("update", {}, DeadlockDetected())
        return reply

    with patch.object(intake_module, "receive", deadlocked_once):
        await intake.receive(person.message("menu", AT))
    assert len(tries) == 2
    assert handed == tries[1:]
    assert count(stage, inbox) == count(stage, outbox) == 1


async def test_blocking_the_bot_is_no_word_of_anybody(stage, intake):
    """Else whoever blocks one channel would count as heard, and a reminder on the other one as answered."""
    secretary, other = (stage.person("secretary", short, "telegram") for short in ("Biên Sơn", "Chũ"))
    await intake.receive(secretary.message("tiến độ", AT))
    blocks = replace(secretary.message("", AT), kind=MessageKind.BLOCKED)
    heard_at, stage.now = stage.now, stage.now + timedelta(days=1)
    await asyncio.gather(intake.receive(blocks), intake.receive(other.message("tiến độ", AT)))
    with stage.begin() as session:
        known = {row.value: row for row in session.execute(select(addresses)).all()}
    assert known[secretary.address].last_used_at == heard_at
    assert known[secretary.address].blocked_at == known[other.address].last_used_at == stage.now
