"""What happens by itself here: which heartbeats beat, and how often."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.hearing import Hearing
from bot.intake import Intake
from bot.line import Line
from bot.lines import Part
from bot.links import KnownLinks
from domain.deadline import Timetable
from domain.office import Office
from scheduler import (
    batches,
    channels_off,
    class_list,
    digest,
    limits,
    mailings,
    periods,
    reminders,
    roll_up,
    upkeep,
)
from scheduler.alarm import Alarm, Shut
from scheduler.clockwork import Heartbeat
from storage.queries import file_links, secret_words
from storage.session import Session

_MINUTE: Final = timedelta(minutes=1)
_UNITS_ARE_READ_EVERY: Final = timedelta(minutes=5)
_OLD_CODES_ARE_FORGOTTEN_EVERY: Final = timedelta(hours=1)
_UPKEEP_EVERY: Final = timedelta(hours=1)

Tick = Callable[[Session, datetime, Office, Timetable], int]
"""Looks at the books at a moment and puts what has fallen due into the outbox; answers how many."""


def all_ticks() -> Mapping[str, Tick]:
    """Everything that speaks to people unasked, in the order in which it is looked after."""
    ticks: dict[str, Tick] = {
        "periods": periods.tick,
        "mailings": mailings.tick,
        "reminders": reminders.tick,
        "roll_up": roll_up.tick,
        "limits": limits.tick,
        "digest": digest.tick,
        "class_list": class_list.tick,
        "batches": batches.tick,
    }
    return ticks


def speaking(
    intake: Intake, office: Office, timetable: Timetable, put: Callable[[], None]
) -> list[Heartbeat]:
    """The heartbeats that speak to people unasked; `put` is called when something was put into the outbox."""

    def heartbeat(name: str, tick: Tick) -> Heartbeat:
        async def beat(now: datetime) -> None:
            if await intake.run(lambda session: tick(session, now, office, timetable)):
                put()

        return Heartbeat(name=name, every=_MINUTE, tick=beat)

    return [heartbeat(name, tick) for name, tick in all_ticks().items()]


def listening(intake: Intake, hearing: Hearing, office: Office) -> Heartbeat:
    """The heartbeat that keeps the names of the units fresh, for another process may import a plan."""

    async def beat(now: datetime) -> None:
        await intake.run(lambda session: hearing.refresh(session, office.day_of(now)))

    return Heartbeat(name="units", every=_UNITS_ARE_READ_EVERY, tick=beat)


def rostering(intake: Intake, running: Collection[str], office: Office, put: Callable[[], None]) -> Heartbeat:
    """The heartbeat that says on which channels this process delivers, and sees to those that nobody runs any more."""

    async def beat(now: datetime) -> None:
        if await intake.run(lambda session: channels_off.tick(session, running, now, office)):
            put()

    return Heartbeat(name="channels", every=_MINUTE, tick=beat)


def finding(intake: Intake, links: KnownLinks, part: Part, line: Line, alarm: Alarm) -> Heartbeat:
    """The heartbeat that asks a messenger for the bot's name, until it is known: invitations need it.

    Where the messenger knows no such bot the administrators are told, before a message has to go out.
    """

    async def beat(now: datetime) -> None:
        failed = await links.find(part, line.bot_name)
        if failed is not None and failed.closed:
            shut = Shut(channel=line.channel.name, since=now, reason=failed.reason)
            await intake.run(lambda session: alarm.tell(session, shut, now))

    return Heartbeat(name=f"bot name on {part}", every=_MINUTE, tick=beat)


def forgetting(intake: Intake) -> Heartbeat:
    """The heartbeat that forgets the codes of old invitations, and old links to files."""

    async def beat(now: datetime) -> None:
        await intake.run(lambda session: secret_words.forget_old(session, now))
        await intake.run(lambda session: file_links.forget_old_links(session, now))

    return Heartbeat(name="old codes", every=_OLD_CODES_ARE_FORGOTTEN_EVERY, tick=beat)


def keeping(intake: Intake, office: Office) -> Heartbeat:
    """The heartbeat that erases who left the lists of candidates long ago."""

    async def beat(now: datetime) -> None:
        await intake.run(lambda session: upkeep.tick(session, now, office))

    return Heartbeat(name="upkeep", every=_UPKEEP_EVERY, tick=beat)
