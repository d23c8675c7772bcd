"""Reminders before a quarter's end: computed from the books, said once, dropped when they are true no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any, Final

from domain.deadline import Moment, Reminder, Timetable, closes_on, due, fired, is_closed, reminder_moments
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId
from domain.period import Quarter
from messages.reminder_words import READY, Ready, reminder_words
from messages.rollup_words import Named
from scheduler.offer import is_busy
from scheduler.unasked import put_unasked
from storage.queries import heartbeats, senders
from storage.queries.admissions import reported
from storage.queries.candidates import open_candidates
from storage.queries.progress import grace_days_of, progress_of
from storage.queries.recipients import Reached, recipients
from storage.queries.rollup import all_progress
from storage.queries.units import unit_by_id
from storage.session import Session

HEARTBEAT: Final = "reminders"
KIND: Final = "reminder"
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One quarter's reminders in one tick: what has fired, when, and by which rules."""

    quarter: Quarter
    grace_days: int
    moments: tuple[Moment, ...]
    now: datetime
    office: Office


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
        if moments:
            yield _Round(quarter=quarter, grace_days=grace, moments=moments, now=now, office=office)


def _remind(session: Session, these: _Round) -> int:
    owing = {
        row.unit.id: row
        for row in all_progress(session, these.quarter, these.now, these.office)
        if row.is_owed
    }
    roles = frozenset[Any]().union(*(moment.to for moment in these.moments))
    found = recipients(session, roles, these.office.day_of(these.now), owing) if owing else ()
    reached = {recipient.person: at for recipient, at in found}
    reminders = due(these.moments, owing, (recipient for recipient, _ in found))
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
    units = tuple({owed.progress.unit.id for each in left for owed in each.units})
    admitted, ready = _admitted(session, these, units), _ready(session, units)
    for each in left:
        words = reminder_words(
            each,
            these.office.day_of(these.now),
            closes_on(these.quarter, these.grace_days),
            admitted,
            ready,
            may_choose=not is_busy(session, each.person),
        )
        put_unasked(
            session,
            each.person,
            reached[each.person],
            words,
            kind=KIND,
            key=each.keys[0],
            about=_about(each),
            now=these.now,
            until=each.until,
            office=these.office,
        )
    return len(left)


def _admitted(session: Session, these: _Round, units: tuple[UnitId, ...]) -> dict[UnitId, list[Named]]:
    quarter, named = these.quarter, dict[UnitId, list[Named]]()
    for one in reported(session, units, quarter.first_day, quarter.last_day, these.office.count_by):
        named.setdefault(one.unit, []).append(Named(name=one.name, on=one.counted_on))
    return named


def _ready(session: Session, units: tuple[UnitId, ...]) -> dict[UnitId, list[Ready]]:
    able: dict[UnitId, list[Ready]] = {}
    for one in open_candidates(session, units):
        if one.step in READY:
            able.setdefault(one.unit, []).append(Ready(name=one.name, step=one.step))
    return able


def _about(reminder: Reminder) -> dict[str, object]:
    units = [owed.progress.unit.id for owed in reminder.units]
    return {"kind": KIND, "quarter": reminder.quarter.code, "units": units}


def still_true(session: Session, about: Mapping[str, Any], office: Office) -> bool:
    """Whether a message of the outbox is still worth sending: a reminder, while one of its units owes its report."""
    if about.get("kind") != KIND:
        return True
    quarter = Quarter.parse(about["quarter"])
    units = (unit_by_id(session, UnitId(unit)) for unit in about["units"])
    return any(progress_of(session, unit, quarter, office.count_by).is_owed for unit in units)
