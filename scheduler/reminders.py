"""Reminders before a quarter's end: computed from the books, said once, dropped when they are true no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any, Final

from domain.deadline import (
    Moment,
    Promised,
    Reminder,
    Timetable,
    due,
    fired,
    is_closed,
    promised,
    reminder_moments,
)
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId
from domain.period import Quarter
from scheduler.offer import is_busy
from scheduler.reminder_letters import KIND, about, told_by, wording
from scheduler.unasked import put_unasked
from storage.queries import heartbeats, senders
from storage.queries.progress import grace_days_of
from storage.queries.promises import promises_of
from storage.queries.recipients import Reached, recipients
from storage.queries.rollup import all_progress
from storage.session import Session

HEARTBEAT: Final = "reminders"
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One quarter's reminders in one tick: what has fired, when, and by which rules."""

    quarter: Quarter
    grace_days: int
    moments: tuple[Moment, ...]
    now: datetime
    office: Office
    kept: Mapping[UnitId, Promised]
    """The promises whose day has come since the last tick."""
    ahead: frozenset[UnitId]
    """The units that are left alone, for the day that they promised is still to come."""


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put the reminders that have fallen due since the last tick into the outbox; answers how many.

    At night, on Sundays and on holidays it waits, and catches up in the morning.
    """
    if not timetable.may_speak(now):
        return 0
    put = sum(_remind(session, each) for each in _rounds(session, now, office, timetable))
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _rounds(session: Session, now: datetime, office: Office, timetable: Timetable) -> Iterator[_Round]:
    today = timetable.today(now)
    # The first tick of all looks back to the morning, so that a start at noon does not cost a reminder.
    since = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(today, time()))
    for quarter in (Quarter.of(today).previous, Quarter.of(today)):
        grace = grace_days_of(session, quarter.year)
        if grace is None or is_closed(quarter, grace, today):
            continue
        moments = fired(reminder_moments(quarter, grace, timetable), since, now)
        promises = promises_of(session, quarter)
        made = {unit: promised(promise, quarter, grace, timetable) for unit, promise in promises.items()}
        kept = {unit: each for unit, each in made.items() if since < each.moment.at <= now}
        if moments or kept:
            yield _Round(
                quarter=quarter,
                grace_days=grace,
                moments=moments,
                now=now,
                office=office,
                kept=kept,
                ahead=frozenset(unit for unit, each in made.items() if each.moment.at > now),
            )


def _remind(session: Session, these: _Round) -> int:
    owing = {
        row.unit.id: row
        for row in all_progress(session, these.quarter, these.now, these.office)
        if row.is_owed and row.unit.id not in these.ahead
    }
    all_moments = (*these.moments, *(each.moment for each in these.kept.values()))
    roles = frozenset[Any]().union(*(moment.to for moment in all_moments))
    found = recipients(session, roles, these.office.day_of(these.now), owing) if owing else ()
    reached = {recipient.person: at for recipient, at in found}
    reminders = due(these.moments, owing, (recipient for recipient, _ in found), these.kept)
    return sum(_put(session, these, chunk, reached) for chunk in _chunks(reminders))


def _chunks(reminders: Iterable[Reminder]) -> Iterator[list[Reminder]]:
    coming = iter(reminders)
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk


def _put(session: Session, these: _Round, chunk: list[Reminder], reached: Mapping[PersonId, Reached]) -> int:
    ours = heartbeats.claim(session, (key for each in chunk for key in each.keys), these.now)
    left = [each for reminder in chunk if (each := reminder.only(ours)) is not None]
    if not left:
        return 0
    addresses = [(reached[each.person].channel, reached[each.person].value) for each in left]
    senders.lock_senders(session, addresses, these.now)
    units = {owed.progress.unit.id for each in left for owed in each.units}
    grounds = wording(session, these.quarter, these.grace_days, units, these.now, these.office)
    for each in left:
        told = told_by(each)
        put_unasked(
            session,
            each.person,
            reached[each.person],
            grounds.words(each.person, told, may_choose=not is_busy(session, each.person)),
            kind=KIND,
            key=each.keys[0],
            about=about(these.quarter, grounds.today, told),
            now=these.now,
            until=each.until,
            office=these.office,
        )
    return len(left)
