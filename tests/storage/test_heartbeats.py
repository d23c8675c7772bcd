"""What keeps the heartbeats harmless: they never go back, and a key belongs to whoever stored it first."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from storage.queries.heartbeats import claim, mark_seen, seen_until, unseen_since
from tests.harness.patience import WITHIN

AT = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


def test_a_heartbeat_that_never_beat_has_seen_nothing(begin):
    with begin() as session:
        assert seen_until(session, "reminders") is None


def test_a_heartbeat_never_goes_back(begin):
    for moment in (AT, AT + timedelta(hours=1), AT - timedelta(hours=1)):
        with begin() as session:
            mark_seen(session, "reminders", moment)
    with begin() as session:
        assert seen_until(session, "reminders") == AT + timedelta(hours=1)
        assert seen_until(session, "roll_up") is None


def test_a_heartbeat_looks_since_it_last_saw_to_everything(begin):
    morning = AT - timedelta(hours=3)
    with begin() as session:
        assert unseen_since(session, "reminders", AT, morning) == morning
        mark_seen(session, "reminders", AT)
        assert unseen_since(session, "reminders", AT + timedelta(days=2), morning) == AT
        # the clock was set back, as for a rehearsal of a time that has passed
        assert unseen_since(session, "reminders", AT - timedelta(hours=1), morning) == morning


def test_a_key_is_given_out_once(begin):
    with begin() as session:
        assert claim(session, ["a", "b", "a"], AT) == {"a", "b"}
        assert claim(session, ["b", "c"], AT) == {"c"}
        assert claim(session, [], AT) == frozenset()


def test_a_key_of_a_transaction_that_failed_is_free_again(begin):
    with begin() as session:
        claim(session, ["a"], AT)
        session.rollback()
    with begin() as session:
        assert claim(session, ["a"], AT) == {"a"}


def test_many_keys_are_given_out_in_pieces(begin):
    keys = [f"key {n}" for n in range(1000)]
    with begin() as session:
        assert claim(session, keys, AT) == set(keys)


def test_two_processes_never_share_a_key(begin):
    given, keys = list[frozenset[str]](), [f"key {n}" for n in range(300)]
    start = threading.Barrier(2)

    def process(wanted: list[str]) -> None:
        start.wait(WITHIN)
        with begin() as session:
            given.append(claim(session, wanted, AT))

    both = [threading.Thread(target=process, args=(wanted,)) for wanted in (keys, keys[::-1])]
    for each in both:
        each.start()
    for each in both:
        each.join(WITHIN)
    assert sorted(key for keys in given for key in keys) == sorted(keys)
