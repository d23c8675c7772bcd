"""Channels that are not in the settings any more: nobody is spoken to there until they are set up again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select

from storage.dialect import dialect_of, insert_for
from storage.queries import heartbeats
from storage.session import Session
from storage.tables import addresses, appointments, channels_off

ALIVE: Final = timedelta(minutes=3)
"""A process that delivers on a channel says so every minute; after so long without a word none does."""
_BEAT: Final = "delivery on "


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """A channel that is off, and since when; `is_new` where that was found out just now."""

    channel: str
    since: datetime
    is_new: bool = False


def is_off() -> ColumnElement[bool]:
    """Whether an address is on a channel that is off."""
    return addresses.c.channel.in_(select(channels_off.c.channel))


def is_open() -> ColumnElement[bool]:
    """Whether messages go out to an address: we are not blocked there, and its channel is not off."""
    return addresses.c.blocked_at.is_(None) & ~is_off()


_USED = select(addresses.c.channel).where(addresses.c.person_id.is_not(None)).distinct()
_OFF = select(channels_off).order_by(channels_off.c.channel)


def note_running(session: Session, running: Collection[str], now: datetime) -> tuple[Off, ...]:
    """Write down on which channels this process delivers; answers those on which people are and no process does."""
    session.execute(delete(channels_off).where(channels_off.c.channel.in_(running)))
    for channel in sorted(running):
        heartbeats.mark_seen(session, _BEAT + channel, now)
    known = {row.channel: Off(channel=row.channel, since=row.since) for row in session.execute(_OFF)}
    for channel in sorted(set(session.execute(_USED).scalars()) - set(running) - known.keys()):
        if not _is_alive(session, channel, now):
            known[channel] = Off(channel=channel, since=now, is_new=_put(session, channel, now))
    return tuple(known.values())


def _put(session: Session, channel: str, now: datetime) -> bool:
    """Write down that a channel is off; says whether no other process has done so just now."""
    once = insert_for(dialect_of(session), channels_off).on_conflict_do_nothing()
    put = once.values(channel=channel, since=now).returning(channels_off.c.channel)
    return session.execute(put).first() is not None


def _is_alive(session: Session, channel: str, now: datetime) -> bool:
    """Whether another process has delivered there lately; its clock may have been ahead of ours."""
    seen = heartbeats.seen_until(session, _BEAT + channel)
    return seen is not None and abs(now - seen) < ALIVE


_IN_OFFICE = select(appointments.c.person_id).where(
    appointments.c.since <= bindparam("on"),
    or_(appointments.c.until.is_(None), appointments.c.until > bindparam("on")),
)


def cut_off(session: Session, channel: str, today: date) -> int:
    """How many people who hold an office today have an address on a channel and none on which messages go out."""
    there = select(addresses.c.person_id).where(addresses.c.channel == channel)
    reached = select(addresses.c.person_id).where(is_open(), addresses.c.person_id.is_not(None))
    asked = select(func.count(addresses.c.person_id.distinct())).where(
        addresses.c.person_id.in_(there),
        addresses.c.person_id.in_(_IN_OFFICE),
        addresses.c.person_id.not_in(reached),
    )
    return int(session.execute(asked, {"on": today}).scalar_one())
