"""One person on several channels: a typed code opens a further one, and what is said unasked goes where they wrote last."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import pytest

from bot.access.invite import invite
from domain.invitation import shown
from domain.people import Role
from messages.channel import Address, IncomingMessage, MessageKind
from storage.queries.recipients import where_reached
from tests.harness.stage import Stage

AT = datetime.fromisoformat("2022-03-23T08:00:00+07:00")
REMINDED = datetime.fromisoformat("2022-03-24T08:01:00+07:00")


@pytest.fixture
def stage(plan_url):
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


@pytest.fixture
def on_both(stage):
    """The secretary of Biên Sơn on Telegram, who has joined on Zalo, too."""
    on_telegram = stage.person("secretary", "Biên Sơn", "telegram")
    with stage.begin() as session:
        made = invite(
            session, on_telegram.unit, Role.SECRETARY, now=AT, below=secrets.randbelow, person=on_telegram.id
        )
    on_zalo = stage.stranger("zalo")
    assert "Biên Sơn" in on_zalo.says(shown(made.code), AT)
    return on_telegram, on_zalo


def channel_of(stage, person):
    with stage.begin() as session:
        return where_reached(session, person.id).channel


def test_a_code_typed_on_zalo_makes_no_second_person(stage, on_both):
    on_telegram, on_zalo = on_both
    on_telegram.says("kn Nguyen Thi Hoa nu sn 1999 ngay 15/3", AT + timedelta(minutes=1))
    done = on_zalo.says("1", AT + timedelta(minutes=2))
    assert "BS-22-01" in done, "what was begun on one channel is finished on the other"


@pytest.mark.parametrize("last", [0, 1])
def test_reminders_go_where_somebody_wrote_last(stage, on_both, last):
    on_both[last].says("tiến độ", AT + timedelta(minutes=5))
    stage.heartbeats(REMINDED)
    assert [address for address, _ in stage.unasked()] == [on_both[last].address]


def test_whoever_blocks_the_bot_on_one_channel_is_told_on_the_other_what_waited(stage, on_both):
    on_telegram, on_zalo = on_both
    on_telegram.says("tiến độ", AT + timedelta(minutes=5))
    stage.heartbeats(REMINDED)
    blocks = IncomingMessage(
        channel="telegram",
        external_id="1:block",
        sender=Address("telegram", on_telegram.address),
        kind=MessageKind.BLOCKED,
        at=REMINDED,
    )
    assert stage.receive(blocks) is None
    assert channel_of(stage, on_telegram) == "zalo"
    assert [address for address, _ in stage.unasked()] == [on_zalo.address]
    answered = on_zalo.says("2", REMINDED + timedelta(minutes=1))
    assert "không phát sinh" in answered, "the choices under it wait for the person, whatever the channel"
