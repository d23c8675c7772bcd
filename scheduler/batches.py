"""What came of a batch of decisions: told to the unit once, on the working day after it was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from domain.batch import Batch
from domain.deadline import Timetable
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from messages import labels
from messages.say import Say
from scheduler.offer import is_busy
from scheduler.unasked import put_unasked
from storage.queries import heartbeats, senders
from storage.queries.batches import batches
from storage.queries.progress import progress_of
from storage.queries.recipients import Reached, recipients
from storage.session import Session

HEARTBEAT: Final = "batches"
KIND: Final = "batch"
_FRESH: Final = timedelta(days=14)
"""How long after its report a batch is still news."""
_LATEST: Final = timedelta(days=90)
"""Decisions that are older are entered for the record, and nobody is told what came of them."""
_ROLES: Final = (Role.SECRETARY, Role.DEPUTY)
"""Who is told: the first of them that somebody reached holds."""


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put into the outbox what came of the batches that were reported by yesterday; answers how many messages."""
    if not timetable.may_speak(now):
        return 0
    today = timetable.today(now)
    midnight = timetable.instant(today, time())
    since = heartbeats.unseen_since(session, HEARTBEAT, now, midnight)
    has_come = since < timetable.instant(today, timetable.batch_at) <= now
    put = 0
    if has_come:
        found = batches(session, today - _LATEST, today)
        put = _tell(
            session, [b for b in found if now - _FRESH < b.told_at < midnight], now, office, timetable
        )
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _tell(
    session: Session, told: Sequence[Batch], now: datetime, office: Office, timetable: Timetable
) -> int:
    if not told:
        return 0
    heads = _heads(session, {batch.unit.id for batch in told}, now, timetable)
    reached = {
        f"batch:{batch.unit.id}:{batch.day}:{person}": (batch, person, at)
        for batch in told
        for person, at in heads.get(batch.unit.id, {}).items()
    }
    # Whoever follows in an office need not hear what the one before has heard.
    before = {key.rpartition(":")[0] for key in _said(session, told)}
    fresh = [key for key in reached if key.rpartition(":")[0] not in before]
    ours = sorted(heartbeats.claim(session, fresh, now))
    if not ours:
        return 0
    senders.lock_addresses(session, [reached[key][2].address_id for key in ours])
    for key in ours:
        _put(session, key, *reached[key], now, office, timetable)
    return len(ours)


def _said(session: Session, told: Sequence[Batch]) -> Iterator[str]:
    for batch in told:
        yield from heartbeats.said_with(session, f"batch:{batch.unit.id}:{batch.day}:")


def _heads(
    session: Session, units: set[UnitId], now: datetime, timetable: Timetable
) -> Mapping[UnitId, Mapping[PersonId, Reached]]:
    """Who is told of each unit's batches: its secretary, else its deputies, as far as they can be reached."""
    found = recipients(session, _ROLES, timetable.today(now), units)
    heads: dict[UnitId, dict[PersonId, Reached]] = {}
    for role in _ROLES:
        held = [(one, at) for one, at in found if one.role is role and one.unit not in heads]
        for one, at in held:
            heads.setdefault(one.unit, {})[one.person] = at
    return heads


def _put(
    session: Session,
    key: str,
    batch: Batch,
    person: PersonId,
    reached: Reached,
    now: datetime,
    office: Office,
    timetable: Timetable,
) -> None:
    standing = progress_of(session, batch.unit, Quarter.of(batch.day), office.count_by)
    about = {"batch": batch, "now": standing, "limits": timetable.limits}
    words = Say("batch/result", about, (labels.lesson(batch.code, batch.day), labels.MENU))
    put_unasked(
        session,
        person,
        reached,
        replace(words, choices=()) if is_busy(session, person) else words,
        kind=KIND,
        key=key,
        about=None,
        now=now,
        until=now + _FRESH,
        office=office,
    )
