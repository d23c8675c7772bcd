"""When something leaves for others: at once, or, out of hours, in the morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dialogue.talk import Asker, Talk
from messages import labels
from messages.channel import Choice
from messages.readers import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The next hour fit for speaking to others unasked; `is_now` where this one is."""

    next: datetime
    is_now: bool
    zone: ZoneInfo

    @classmethod
    def of(cls, asker: Asker) -> Hour:
        """The hour as the asker's office has it."""
        following = asker.timetable.next_hour(asker.now)
        return cls(next=following, is_now=following == asker.now, zone=asker.office.timezone)


def hour_chosen(talk: Talk, hour: Hour) -> datetime | None:
    """None for at once; asked for only out of hours, in the question `hour`."""
    if hour.is_now:
        return None
    local = hour.next.astimezone(hour.zone)
    at_once: datetime | None = None
    morning = Choice("morning", labels.at_hour(local))
    options = ((morning, hour.next), (Choice("now", labels.SEND_NOW), at_once))
    return talk.ask("hour", OneOf(options), {"next": hour.next})
