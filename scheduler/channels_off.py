"""Channels that were taken out of the settings: what waits there goes another way, and the administrators hear of it."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime

from domain.office import Office
from domain.people import Role
from messages.say import Hearer, Say, say
from scheduler.offer import withdraw
from storage.queries import channels_off, delivery, failovers, outbox
from storage.queries.channels_off import Off
from storage.queries.outbox import Draft
from storage.queries.recipients import Reached, recipients
from storage.session import Session

log = logging.getLogger(__name__)

_REASON = "kênh không còn trong cấu hình"


def tick(session: Session, running: Collection[str], now: datetime, office: Office) -> int:
    """Note on which channels this process delivers, and see to those on which none does; answers how many messages moved.

    What waits there goes by people's other channels, once; the rest waits for the channel to be set up again, and
    is given up when its time is over.
    """
    return sum(_see_to(session, off, now, office) for off in channels_off.note_running(session, running, now))


def _see_to(session: Session, off: Off, now: datetime, office: Office) -> int:
    moved = failovers.redirect_channel(session, off.channel, _REASON, now)
    over = delivery.expire(session, off.channel, now)
    withdraw(session, over, now)
    if moved or over:
        log.warning(
            "%s is off: %d messages go by other channels, %d were given up", off.channel, moved, len(over)
        )
    if off.is_new:
        moved += _tell(session, off, now, office)
    return moved


def _tell(session: Session, off: Off, now: datetime, office: Office) -> int:
    """Tell each administrator, once."""
    day = office.day_of(now)
    facts = {"channel": off.channel, "cut_off": channels_off.cut_off(session, off.channel, day)}
    reached: dict[int, Reached] = {
        one.person: there for one, there in recipients(session, (Role.ADMIN,), day)
    }
    for person, there in reached.items():
        words = say([Say("problems/channel_off", facts)], Hearer.on(there.channel, office))
        key = f"channel_off:{off.channel}:{off.since.isoformat()}:{person}"
        draft = Draft(address_id=there.address_id, kind="notice", text=words.text, key=key)
        outbox.put_once(session, draft, now)
    return len(reached)
