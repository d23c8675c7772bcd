"""Who was reminded lately."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from storage.session import Session
from storage.tables import outbox

_CHUNK: Final = 500
_REMINDED = (
    select(outbox.c.address_id)
    .where(
        outbox.c.address_id.in_(bindparam("addresses", expanding=True)),
        outbox.c.kind == "reminder",
        outbox.c.created_at > bindparam("since"),
        outbox.c.state.in_(("waiting", "sent")),
    )
    .distinct()
)


def reminded_since(session: Session, address_ids: Collection[int], since: datetime) -> frozenset[int]:
    """At which of these addresses somebody was reminded after a moment; what was dropped does not count."""
    wanted = sorted(address_ids)
    found: set[int] = set()
    for start in range(0, len(wanted), _CHUNK):
        asked = {"addresses": wanted[start : start + _CHUNK], "since": since}
        found.update(session.execute(_REMINDED, asked).scalars())
    return frozenset(found)
