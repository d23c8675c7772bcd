"""Sparing the outbox at night: what waits there for the morning is not looked through each second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from storage.queries import night
from storage.session import Session

_AT_LEAST_EVERY: Final = timedelta(minutes=1)
"""So often it is looked through all the same: an address may be reached again that was blocked."""
_SETTLING: Final = timedelta(seconds=5)
"""So long after the newest message an older one may still be committed, by a transaction that began before."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class Night:
    """Knows until when the messages of a channel need no looking through, as long as none is put there."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._newest, self._put_at, self._until = 0, _LONG_AGO, _LONG_AGO

    def spares(self, session: Session, now: datetime) -> bool:
        """Whether nothing can have come to be due since it was looked last; one row of an index tells."""
        newest = night.newest(session)
        if newest != self._newest:
            self._newest, self._put_at, self._until = newest, now, _LONG_AGO
        return now < self._until

    def looked(self, session: Session, now: datetime) -> None:
        """Note that all was leased that may go now."""
        if now - self._put_at < _SETTLING:
            return
        due = night.next_due(session, self._channel, now)
        latest = now + _AT_LEAST_EVERY
        self._until = latest if due is None else min(due, latest)

    def wake(self) -> None:
        """Something has changed that the newest message does not tell of."""
        self._until = _LONG_AGO
