"""What units are told when the district closes a quarter before its date, or lets it take reports again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Final

from domain.closing import Closing, ClosingKind
from domain.deadline import Timetable
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId, Role
from messages.say import Say
from scheduler.unasked import put_unasked
from storage.queries import heartbeats
from storage.queries.periods import closings_of, periods_of
from storage.queries.recipients import recipients
from storage.queries.rollup import all_progress
from storage.session import Session

HEARTBEAT: Final = "closing_notices"
KIND: Final = "notice"
_HEADS: Final = frozenset({Role.SECRETARY, Role.DEPUTY})
_UNDER_WAY: Final = timedelta(minutes=5)
"""A word may be committed after a later moment was looked at by another process; keys keep it from being told twice."""
_FRESH: Final = timedelta(days=3)
"""How long such a notice is of use to anybody."""


def tell(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Tell of the officers' words that hold and are younger than the last round; answers how many messages."""
    first = timetable.instant(timetable.today(now), time())
    since = heartbeats.unseen_since(session, HEARTBEAT, now, first) - _UNDER_WAY
    words = [word for word in periods_of(session).words.values() if word.by is not None]
    told = sum(_tell_of(session, word, now, office) for word in words if since < word.at <= now)
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return told


def _tell_of(session: Session, word: Closing, now: datetime, office: Office) -> int:
    if word.kind is ClosingKind.CLOSED:
        rows = all_progress(session, word.quarter, word.at, office)
        waiting = {row.unit.id for row in rows if row.target.quarter and row.filed is None}
        return _put(session, "closed", word, waiting, None, now, office)
    if word.reason is not None:
        return _put(session, "reopened", word, None, None, now, office)
    return _put(session, "unclosed", word, None, _told_before(session, word), now, office)


def _told_before(session: Session, word: Closing) -> frozenset[PersonId]:
    """Who was told of the closing that is taken back."""
    before = [each for each in closings_of(session, word.quarter, word.at) if each.at < word.at]
    if not before:
        return frozenset()
    keys = heartbeats.said_with(session, f"closed:{before[-1].id}:")
    return frozenset(PersonId(int(key.rpartition(":")[2])) for key in keys)


def _put(
    session: Session,
    what: str,
    word: Closing,
    units: Collection[UnitId] | None,
    people: Collection[PersonId] | None,
    now: datetime,
    office: Office,
) -> int:
    found = recipients(session, _HEADS, office.day_of(now), units)
    reached = {
        f"{what}:{word.id}:{each.person}": (each.person, at)
        for each, at in found
        if people is None or each.person in people
    }
    ours = sorted(heartbeats.claim(session, reached, now))
    for key in ours:
        person, at = reached[key]
        put_unasked(
            session,
            person,
            at,
            _words(what, word),
            kind=KIND,
            key=key,
            about=None,
            now=now,
            until=now + _FRESH,
            office=office,
        )
    return len(ours)


def _words(what: str, word: Closing) -> Say:
    facts: dict[str, object] = {"quarter": word.quarter, "last": word.last}
    if what == "closed":
        return Say("close_quarter/notice", {**facts, "at": word.at})
    if what == "reopened":
        return Say("reopen_quarter/notice", {**facts, "because": word.reason})
    return Say("close_quarter/taken_back", facts)
