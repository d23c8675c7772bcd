"""Messages that cannot be brought to one address of somebody, and go by another one: once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, bindparam, exists, insert, or_, select, update

from domain.contact import Detour
from storage.queries import audit
from storage.queries.recipients import Reached, where_else_reached
from storage.queries.secret_words import holds_code
from storage.session import Session
from storage.tables import addresses, channels_off, failovers, outbox

_OWN_SERVER: Final = "web"
"""What was put for the web chat holds names in full, and is not to leave the house by a foreign messenger."""


_AT_ONCE: Final = 300
"""So many messages go another way in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Why:
    """Why messages go by another way, when, and until when they are of use where that is a new moment."""

    reason: str
    at: datetime
    until: datetime | None = None


def redirect(
    session: Session, outbox_id: int, reason: str, at: datetime, until: datetime | None = None
) -> bool:
    """Let a waiting message go by another address of its person, on another channel; says whether there is one."""
    row = session.execute(_WAITS.where(outbox.c.id == outbox_id)).mappings().first()
    return row is not None and _redirected(session, row, _Why(reason=reason, at=at, until=until))


def redirect_all(session: Session, address_id: int, reason: str, at: datetime, by: str = "") -> None:
    """Let what waits for an address go by another one of its person, but for what another process than `by` has in hand."""
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= at, outbox.c.leased_by == by)
    for row in session.execute(_WAITS.where(outbox.c.address_id == address_id, free)).mappings().all():
        _redirected(session, row, _Why(reason=reason, at=at))


def redirect_channel(session: Session, channel: str, reason: str, at: datetime) -> int:
    """Let what waits on a channel, in nobody's hand, go by other channels where people have one; answers how many.

    Some hundred at most: whoever calls comes again.
    """
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= at)
    waits = _WAITS.where(addresses.c.channel == channel, free, _HAS_ANOTHER).limit(_AT_ONCE)
    why = _Why(reason=reason, at=at)
    return sum(_redirected(session, row, why) for row in session.execute(waits).mappings().all())


# A code is shown to whoever asked for it and where they did; it goes no other way.
_WAITS: Final = (
    select(outbox.c.id, outbox.c.address_id, outbox.c.expires_at, addresses.c.person_id, addresses.c.channel)
    .join(addresses, addresses.c.id == outbox.c.address_id)
    .where(
        outbox.c.state == "waiting",
        or_(outbox.c.key.is_(None), ~holds_code(outbox.c.key)),
        addresses.c.person_id.is_not(None),
        addresses.c.channel != _OWN_SERVER,
        ~exists().where(failovers.c.outbox_id == outbox.c.id),
    )
    .order_by(outbox.c.id)
)


_OTHER: Final = addresses.alias("another_address")
_HAS_ANOTHER: Final = exists().where(
    _OTHER.c.person_id == addresses.c.person_id,
    _OTHER.c.channel != addresses.c.channel,
    _OTHER.c.blocked_at.is_(None),
    _OTHER.c.channel.not_in(select(channels_off.c.channel)),
)


def _redirected(session: Session, row: RowMapping, why: _Why) -> bool:
    there = where_else_reached(session, row["person_id"], row["channel"])
    if there is None:
        return False
    session.execute(
        update(outbox)
        .where(outbox.c.id == row["id"])
        .values(
            address_id=there.address_id,
            due_at=why.at,
            expires_at=why.until or row["expires_at"],
            attempts=0,
            leased_by=None,
            leased_until=None,
        )
    )
    _note(session, row, there, why)
    return True


def _note(session: Session, row: RowMapping, there: Reached, why: _Why) -> None:
    values = {
        "outbox_id": row["id"],
        "from_address_id": row["address_id"],
        "at": why.at,
        "reason": why.reason,
    }
    session.execute(insert(failovers).values(values))
    details: dict[str, object] = {"from": row["channel"], "to": there.channel, "reason": why.reason}
    audit.note(
        session,
        "fail over message",
        at=why.at,
        person=row["person_id"],
        subject=f"outbox:{row['id']}",
        details=details,
    )


_BEFORE, _NOW = addresses.alias("address_before"), addresses.alias("address_now")
_DETOURS: Final = (
    select(
        _NOW.c.person_id,
        _BEFORE.c.channel.label("off"),
        _NOW.c.channel.label("onto"),
        failovers.c.at,
    )
    .select_from(failovers)
    .join(outbox, outbox.c.id == failovers.c.outbox_id)
    .join(_BEFORE, _BEFORE.c.id == failovers.c.from_address_id)
    .join(_NOW, _NOW.c.id == outbox.c.address_id)
    .where(failovers.c.at >= bindparam("since"))
    .order_by(failovers.c.at, failovers.c.outbox_id)
)


def detours_since(session: Session, since: datetime) -> Mapping[int, Detour]:
    """For each person the latest way by which a message went since a moment that it was not put for."""
    return {
        row.person_id: Detour(off=row.off, onto=row.onto, at=row.at)
        for row in session.execute(_DETOURS, {"since": since})
    }
