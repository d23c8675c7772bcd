"""What is to become of a message that did not go out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from messages.channel import DeliveryFailed
from scheduler.letters import Letter
from storage.queries.delivery import Blocked, GivenUp, Moved, Outcome, Postponed

SOONEST: Final = 2.0
SOONEST_IN_DOUBT: Final = 30.0
LATEST: Final = 3600.0
"""Seconds to wait after the first failure, after the first one in doubt, and at most."""

TRIES_IN_DOUBT: Final = 8
"""How often a message is tried that may have arrived each time."""


def what_follows(failed: DeliveryFailed, letter: Letter, *, now: datetime, spread: float) -> Outcome:
    """Decide on a letter after one more try.

    `spread`, between 0.5 and 1.5, keeps many that failed together from coming back together.
    """
    if failed.moved_to is not None:
        return Moved(id=letter.id, address_id=letter.address_id, value=failed.moved_to)
    if failed.gone:
        return Blocked(id=letter.id, address_id=letter.address_id, reason=failed.reason, count=failed.count)
    if failed.closed:
        return _later(letter, failed, now, tried=0)
    if failed.retry_after is not None:
        return _later(letter, failed, now + timedelta(seconds=failed.retry_after), tried=0)
    tries = letter.tries + 1
    later = now + timedelta(seconds=_backoff(tries, failed.ambiguous) * spread)
    if not _may_try_again(failed, tries) or later >= letter.expires_at:
        return GivenUp(id=letter.id, reason=failed.reason, over_quota=failed.over_quota, count=failed.count)
    return _later(letter, failed, later)


def _later(letter: Letter, failed: DeliveryFailed, due_at: datetime, *, tried: int = 1) -> Postponed:
    return Postponed(id=letter.id, due_at=due_at, reason=failed.reason, tried=tried, count=failed.count)


def _may_try_again(failed: DeliveryFailed, tries: int) -> bool:
    return failed.retryable or (failed.ambiguous and tries < TRIES_IN_DOUBT)


def _backoff(tries: int, in_doubt: bool) -> float:
    first = SOONEST_IN_DOUBT if in_doubt else SOONEST
    return float(min(LATEST, first * 2.0 ** min(tries - 1, 20)))
