"""A channel that takes nothing from us: a fault of the office, not of the people, which it is told of and helped around."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.office import Office
from domain.people import Role
from messages.say import Hearer, Say, say
from storage.queries import failovers, outbox
from storage.queries.outbox import Draft
from storage.queries.recipients import recipients, where_else_reached
from storage.session import Session

log = logging.getLogger(__name__)

PATIENCE: Final = timedelta(minutes=2)
"""After so long what can goes by other channels: a token is mended in hours, a wrong answer on the way in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """A channel takes nothing from us, since when, and why."""

    channel: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What follows when a channel of this office is shut."""

    office: Office

    def sound(self, session: Session, shut: Shut, now: datetime) -> None:
        """Tell the administrators, once a day; after a while let what waits go by people's other channels."""
        self.tell(session, shut, now)
        if now - shut.since >= PATIENCE:
            moved = failovers.redirect_channel(session, shut.channel, shut.reason, now)
            log.warning("%s is shut: %d messages go by other channels", shut.channel, moved)

    def tell(self, session: Session, shut: Shut, now: datetime) -> None:
        """Tell each administrator whom another channel reaches, once a day."""
        day = self.office.day_of(now)
        facts = {"channel": shut.channel, "reason": shut.reason}
        for person in {one.person for one, _ in recipients(session, (Role.ADMIN,), day)}:
            there = where_else_reached(session, person, shut.channel)
            if there is None:
                continue
            words = say([Say("problems/channel_shut", facts)], Hearer.on(there.channel, self.office))
            key = f"channel_shut:{shut.channel}:{day}:{person}"
            draft = Draft(address_id=there.address_id, kind="notice", text=words.text, key=key)
            outbox.put_once(session, draft, now)
