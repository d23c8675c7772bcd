"""The addresses that somebody writes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Text, bindparam, func, literal, select, update

from domain.people import PersonId
from storage.session import Session
from storage.tables import addresses, channels_off

_WEB: Final = "web"
LEFT: Final = "left-"
"""Before an address that was left: no cookie leads to it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A channel that somebody uses: at how many addresses, when last, and whether they blocked us at all of them.

    `off`: nothing goes out on the channel, for it is not in the settings any more.
    """

    channel: str
    addresses: int
    last_used_at: datetime | None
    blocked: bool
    off: bool = False


def channels_of(session: Session, person: PersonId) -> Sequence[Used]:
    """The channels that somebody uses, the one used last in front."""
    blocked = func.count(addresses.c.blocked_at)
    last = func.max(addresses.c.last_used_at)
    off = func.count(channels_off.c.channel)
    query = (
        select(
            addresses.c.channel,
            func.count().label("all"),
            last.label("last"),
            blocked.label("blocked"),
            off.label("off"),
        )
        .outerjoin(channels_off, channels_off.c.channel == addresses.c.channel)
        .where(addresses.c.person_id == person)
        .group_by(addresses.c.channel)
        .order_by(last.desc().nulls_last(), addresses.c.channel)
    )
    return [
        Used(
            channel=row.channel,
            addresses=row.all,
            last_used_at=row.last,
            blocked=row.blocked == row.all,
            off=row.off > 0,
        )
        for row in session.execute(query)
    ]


def leave_web(session: Session, person: PersonId) -> int:
    """Take every address on the web from somebody, and from whoever holds its cookie; answers how many there were."""
    left = (
        update(addresses)
        .where(addresses.c.person_id == person, addresses.c.channel == _WEB)
        .values(person_id=None, value=literal(LEFT, Text) + addresses.c.value)
        .returning(addresses.c.id)
    )
    return len(session.execute(left).all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a session on the web is worth: whose it is, if anybody's.

    `left` when it was ended: whoever still has its cookie is given another.
    """

    person: PersonId | None = None
    left: bool = False


_STANDING: Final = select(addresses.c.value, addresses.c.person_id).where(
    addresses.c.channel == _WEB, addresses.c.value.in_([bindparam("own"), bindparam("once_own")])
)


def standing_of(session: Session, address: str) -> Standing:
    """What the session of an address on the web is worth; that of an address which never joined: nothing."""
    found = session.execute(_STANDING, {"own": address, "once_own": LEFT + address}).all()
    if any(row.value != address for row in found):
        return Standing(left=True)
    person = next((row.person_id for row in found), None)
    return Standing(person=None if person is None else PersonId(person))
