"""When each channel was used last, both ways: what tells an administrator whether it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.session import Session
from storage.tables import addresses, inbox, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class LastUse:
    """When something was received last over a channel, and when something was sent; None where never."""

    received_at: datetime | None = None
    sent_at: datetime | None = None


_RECEIVED = select(inbox.c.channel, func.max(inbox.c.received_at)).group_by(inbox.c.channel)
_SENT = (
    select(addresses.c.channel, func.max(outbox.c.settled_at))
    .join(addresses, addresses.c.id == outbox.c.address_id)
    .where(outbox.c.state == "sent")
    .group_by(addresses.c.channel)
)


def last_uses(session: Session) -> Mapping[str, LastUse]:
    """The last use of every channel that was ever used."""
    received, sent = ({row[0]: row[1] for row in session.execute(query)} for query in (_RECEIVED, _SENT))
    return {
        channel: LastUse(received_at=received.get(channel), sent_at=sent.get(channel))
        for channel in {**received, **sent}
    }
