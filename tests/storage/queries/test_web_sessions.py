"""What a session on the web is worth, and whether a code opens, read without a lock: on each kind of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.invitation import Code, hash_of
from domain.people import Role
from storage.queries import channels, invitations, outbox, secret_words, senders, timeline
from storage.queries.channels import Standing
from storage.queries.outbox import Draft
from storage.session import open_engine, reading, unit_of_work
from tests.harness.district import add_person, lay_down

NOW = datetime(2022, 3, 24, 1, tzinfo=UTC)
CODE = hash_of(Code("7K3MQ9XT2P4HB"))


@pytest.fixture
def engine(books_url):
    engine = open_engine(books_url)
    yield engine
    engine.dispose()


def test_a_session_is_somebodys_when_they_joined_at_it_until_they_leave_it(engine):
    with unit_of_work(engine)() as session:
        unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
        person = add_person(session, "Hoa", [(unit, Role.SECRETARY)], ("web", "zalo"))
        senders.lock_senders(session, [("web", "stranger"), ("zalo", "z")], NOW)
        mine = channels.channels_of(session, person)
        address = f"web-{person}"
        own = timeline.known_at(session, "web", address, NOW.date())
        assert (len(mine), own is not None) == (2, True)
    with reading(engine)() as session:
        asked = [channels.standing_of(session, each) for each in (address, "stranger", "nowhere", "z")]
        assert asked == [Standing(person=person), Standing(), Standing(), Standing()]
    with unit_of_work(engine)() as session:
        assert channels.leave_web(session, person) == 1
    with reading(engine)() as session:
        assert channels.standing_of(session, address) == Standing(left=True)
        assert [used.channel for used in channels.channels_of(session, person)] == ["zalo"]


def test_a_code_opens_while_it_is_unused_and_its_time_is_not_over(engine):
    with unit_of_work(engine)() as session:
        unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
        person = add_person(session, "Hoa", [(unit, Role.SECRETARY)], ("web",))
        made = invitations.keep(
            session,
            code_hash=CODE,
            unit=unit,
            role=Role.DEPUTY,
            name=None,
            person=None,
            at=NOW,
            by=None,
            expires_at=NOW + timedelta(hours=1),
        )
    with reading(engine)() as session:
        asked = [(CODE, NOW), (CODE, NOW + timedelta(hours=1)), (hash_of(Code("7K3MQ9XT2P4HC")), NOW)]
        assert [invitations.opens(session, *each) for each in asked] == [True, False, False]
    with unit_of_work(engine)() as session:
        invitations.mark_used(session, made, person, NOW)
    with reading(engine)() as session:
        assert invitations.opens(session, CODE, NOW) is False


def test_a_code_that_was_taken_back_opens_nothing(engine):
    with unit_of_work(engine)() as session:
        unit = lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]
        about = {"unit": unit, "role": Role.DEPUTY, "name": None, "person": None, "by": None}
        until = NOW + timedelta(hours=1)
        made = invitations.keep(session, code_hash=CODE, at=NOW, expires_at=until, **about)
        assert invitations.opens(session, CODE, NOW)
        invitations.revoke(session, made, NOW)
        assert not invitations.opens(session, CODE, NOW)


def test_a_line_that_shows_a_code_says_so(engine):
    with unit_of_work(engine)() as session:
        senders.lock_senders(session, [("web", "a")], NOW)
        own = senders.sender_of(session, "web", "a", NOW.date()).address_id
        for number, key in enumerate((None, secret_words.key_of(7, "web", "reply"), "reminder:1")):
            id_ = outbox.put(session, Draft(address_id=own, kind="reply", text=f"{number}", key=key), NOW)
            session.execute(outbox.outbox.update().where(outbox.outbox.c.id == id_).values(state="sent"))
    with reading(engine)() as session:
        lines = timeline.newest(session, "web", "a").lines
    assert [line.secret for line in lines] == [False, True, False]
