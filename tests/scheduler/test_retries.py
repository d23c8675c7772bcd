"""What follows from each way to fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from messages.channel import Address, DeliveryFailed, OutgoingMessage
from scheduler.letters import Letter
from scheduler.retries import LATEST, TRIES_IN_DOUBT, what_follows
from storage.queries.delivery import Blocked, GivenUp, Moved, Outcome, Postponed

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
LETTER = Letter(
    id=1,
    address_id=7,
    address=Address("telegram", "5"),
    message=OutgoingMessage(text="x"),
    is_reply=True,
    tries=0,
    leased_until=NOW,
    expires_at=NOW + timedelta(days=3),
)


def after(failed: DeliveryFailed, tries: int = 0) -> Outcome:
    return what_follows(failed, replace(LETTER, tries=tries), now=NOW, spread=1.0)


@pytest.mark.parametrize(
    ("failed", "follows"),
    [
        (DeliveryFailed("r", gone=True), Blocked(id=1, address_id=7, reason="r")),
        (DeliveryFailed("r", gone=True, count=2), Blocked(id=1, address_id=7, reason="r", count=2)),
        (DeliveryFailed("r", over_quota=True, count=1), GivenUp(id=1, reason="r", over_quota=True, count=1)),
        (
            DeliveryFailed("r", closed=True, count=1),
            Postponed(id=1, due_at=NOW, reason="r", tried=0, count=1),
        ),
        (DeliveryFailed("r", moved_to="-9", retryable=True), Moved(id=1, address_id=7, value="-9")),
        (DeliveryFailed("r"), GivenUp(id=1, reason="r")),
        (DeliveryFailed("r", closed=True), Postponed(id=1, due_at=NOW, reason="r", tried=0)),
        (
            DeliveryFailed("r", retryable=True, retry_after=7),
            Postponed(id=1, due_at=NOW + timedelta(seconds=7), reason="r", tried=0),
        ),
        (
            DeliveryFailed("r", retryable=True),
            Postponed(id=1, due_at=NOW + timedelta(seconds=2), reason="r"),
        ),
        (
            DeliveryFailed("r", ambiguous=True),
            Postponed(id=1, due_at=NOW + timedelta(seconds=30), reason="r"),
        ),
    ],
)
def test_each_failure_has_its_consequence(failed: DeliveryFailed, follows: Outcome) -> None:
    assert after(failed) == follows


def test_waits_double_up_to_an_hour() -> None:
    waits = []
    for tries in range(14):
        outcome = after(DeliveryFailed("r", retryable=True), tries)
        assert isinstance(outcome, Postponed)
        waits.append((outcome.due_at - NOW).total_seconds())
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LATEST


def test_what_may_have_arrived_each_time_is_not_sent_for_ever() -> None:
    assert isinstance(after(DeliveryFailed("r", ambiguous=True), TRIES_IN_DOUBT - 2), Postponed)
    assert isinstance(after(DeliveryFailed("r", ambiguous=True), TRIES_IN_DOUBT - 1), GivenUp)


def test_after_three_days_it_is_given_up() -> None:
    old = replace(LETTER, expires_at=NOW + timedelta(seconds=1))
    outcome = what_follows(DeliveryFailed("r", retryable=True), old, now=NOW, spread=1.0)
    assert outcome == GivenUp(id=1, reason="r")


def test_retries_are_scattered() -> None:
    outcome = what_follows(DeliveryFailed("r", retryable=True), LETTER, now=NOW, spread=1.5)
    assert isinstance(outcome, Postponed)
    assert outcome.due_at == NOW + timedelta(seconds=3)
