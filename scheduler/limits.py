"""What runs out on the lists of candidates: each week the units are told, of each limit once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Final

from domain.candidate import Candidate
from domain.candidate_limits import RunningOut, running_out
from domain.deadline import Recipient, Timetable, weekly_moments
from domain.office import Office
from domain.organisation import Unit, UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from messages import labels
from messages.say import Say
from scheduler.unasked import Unasked, put_all
from storage.queries import heartbeats, senders
from storage.queries.candidates import every_followed
from storage.queries.outbox import PATIENCE
from storage.queries.recipients import Reached, recipient_pages, roles_reached
from storage.queries.units import units_of
from storage.session import Session

HEARTBEAT: Final = "limits"
KIND: Final = "limits"
MOST: Final = 8
"""Limits in one message, which it holds whatever the names; what is left over is told a week later."""
_WEEK: Final = timedelta(days=7)
_FIRST: Final = frozenset({Role.SECRETARY, Role.CELL_SECRETARY})
_SECOND: Final = frozenset({Role.DEPUTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A candidate, where they are listed, and the limit that nears or has passed."""

    who: Candidate
    unit: Unit
    limit: RunningOut
    is_over: bool

    def key(self, person: PersonId) -> str:
        """The key of telling somebody of this limit."""
        return f"limit:{self.limit.key}:{person}"


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put this week's warnings into the outbox once their hour has come; answers how many messages."""
    if not timetable.may_speak(now):
        return 0
    since = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(timetable.today(now), time()))
    hours = weekly_moments(now, timetable.weekly_on, timetable.weekly_at, timetable)
    has_come = any(since < at <= now for at in hours)
    put = _warn(session, now, office, timetable) if has_come else 0
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _warn(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    places = _by_place(session, now, timetable)
    if not places:
        return 0
    put = 0
    for page in recipient_pages(session, REPORTING_ROLES, timetable.today(now)):
        reached = {recipient.person: at for recipient, at in page}
        wanted = _wanted((recipient for recipient, _ in page), places)
        put += _put(session, _claimed(session, wanted, now), reached, now, office)
    return put


def _by_place(
    session: Session, now: datetime, timetable: Timetable
) -> Mapping[tuple[UnitId, Role], Sequence[Told]]:
    """What nears or has passed, by the office that is told of it, the most urgent first."""
    today = timetable.today(now)
    found = [
        (one, limit)
        for one in every_followed(session)
        for limit in running_out(one, today, timetable.limits, timetable.is_holiday)
    ]
    units = units_of(session, {one.unit for one, _ in found}) if found else {}
    held = roles_reached(session, today) if found else frozenset()
    places: dict[tuple[UnitId, Role], list[Told]] = {}
    for one, limit in sorted(found, key=lambda each: each[1].by):
        told = Told(who=one, unit=units[one.unit], limit=limit, is_over=limit.by < today)
        for place in _told_at(units[one.unit], held):
            places.setdefault(place, []).append(told)
    return places


def _told_at(unit: Unit, held: frozenset[tuple[UnitId, Role]]) -> Iterable[tuple[UnitId, Role]]:
    """Who hears of a unit's candidates: its secretary, else its deputies, else those of the commune above it."""
    for place in filter(None, (unit.id, unit.parent)):
        for roles in (_FIRST, _SECOND):
            if offices := [(place, role) for role in roles if (place, role) in held]:
                return offices
    return ()


def _wanted(
    recipients: Iterable[Recipient], places: Mapping[tuple[UnitId, Role], Sequence[Told]]
) -> Iterator[tuple[PersonId, Sequence[Told]]]:
    for person, held in groupby(recipients, key=lambda each: each.person):
        told = {each.key(person): each for one in held for each in places.get((one.unit, one.role), ())}
        if told:
            yield person, sorted(told.values(), key=lambda each: each.limit.by)


def _claimed(
    session: Session, wanted: Iterable[tuple[PersonId, Sequence[Told]]], now: datetime
) -> Mapping[PersonId, Sequence[Told]]:
    """What each person is told now: what they were not told before, and not too much at once."""
    asked = {person: {each.key(person): each for each in told} for person, told in wanted}
    before = heartbeats.said_at(session, [key for told in asked.values() for key in told])
    fresh = {person: [key for key in told if key not in before][:MOST] for person, told in asked.items()}
    ours = heartbeats.claim(session, [key for keys in fresh.values() for key in keys], now)
    told_now = {
        person: tuple(asked[person][key] for key in keys if key in ours) for person, keys in fresh.items()
    }
    return {person: told for person, told in told_now.items() if told}


def _put(
    session: Session,
    told: Mapping[PersonId, Sequence[Told]],
    reached: Mapping[PersonId, Reached],
    now: datetime,
    office: Office,
) -> int:
    if not told:
        return 0
    senders.lock_addresses(session, [reached[person].address_id for person in told])
    letters = [
        Unasked(
            person=person,
            reached=reached[person],
            parts=[_words(limits)],
            key=limits[0].key(person),
            about=None,
            until=now + PATIENCE,
            offered_until=now + _WEEK,
        )
        for person, limits in told.items()
    ]
    put_all(session, letters, KIND, now, office)
    return len(letters)


def _words(limits: Sequence[Told]) -> Say:
    several = len({each.unit.id for each in limits}) > 1
    return Say("reminders/limits", {"limits": limits, "several": several}, (labels.CANDIDATES,))
