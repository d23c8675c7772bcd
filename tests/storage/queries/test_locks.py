"""Two processes with the same people and units in hand, on PostgreSQL."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from bot.access.invite import invite
from domain.invitation import shown
from domain.people import Role
from storage.queries import outbox, senders
from storage.queries.outbox import Draft
from storage.queries.progress import lock_unit
from storage.session import DatabaseFault
from tests.harness.stage import Stage

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def stage(postgresql_plan_url):
    stage = Stage(postgresql_plan_url)
    yield stage
    stage.engine.dispose()


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "web")


def would_wait(stage, work):
    """Whether another process would have to wait for its turn to do this."""
    try:
        with stage.begin() as session:
            session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            work(session)
    except DatabaseFault as fault:
        return "lock timeout" in str(fault)
    return False


def taking(someone):
    return lambda session: senders.lock_senders(session, [(someone.channel, someone.address)], AT)


def test_one_persons_messages_are_handled_by_one_process_at_a_time(stage, secretary):
    with stage.begin() as session:
        taking(secretary)(session)
        assert would_wait(stage, taking(secretary))
    assert not would_wait(stage, taking(secretary))


def test_one_units_books_are_written_by_one_process_at_a_time(stage, secretary):
    with stage.begin() as session:
        lock_unit(session, secretary.unit.id)
        assert would_wait(stage, lambda other: lock_unit(other, secretary.unit.id))


def test_a_cell_and_the_commune_above_it_write_the_same_books(stage, secretary):
    stage.cell("Thôn Hạ", "Biên Sơn")
    cell, other = stage.unit("Thôn Hạ"), stage.unit("Trù Hựu")
    with stage.begin() as session:
        lock_unit(session, cell.id)
        assert would_wait(stage, lambda one: lock_unit(one, secretary.unit.id))
        assert not would_wait(stage, lambda one: lock_unit(one, other.id))


def test_somebody_can_be_written_to_while_a_message_of_theirs_is_handled(stage, secretary):
    def write_to(session):
        address = senders.sender_of(session, secretary.channel, secretary.address, AT.date()).address_id
        outbox.put(session, Draft(address_id=address, kind="notice", text="Kính gửi đồng chí."), AT)

    with stage.begin() as session:
        taking(secretary)(session)
        assert not would_wait(stage, write_to)


def test_whoever_joins_by_a_further_channel_is_locked_on_all_of_them(stage, secretary):
    with stage.begin() as session:
        invited = invite(
            session,
            secretary.unit,
            Role.SECRETARY,
            now=AT,
            below=lambda n: n - 1 if n < 10 else 7,
            person=secretary.id,
        )
    joining = stage.stranger("telegram")
    with stage.begin() as session:
        assert "Chào đồng chí" in stage.take(session, joining.message(shown(invited.code), AT)).text
        assert would_wait(stage, taking(secretary))
