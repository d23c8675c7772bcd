"""Reminders around a quarter's end: computed from the books, said once, dropped when they are true no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from domain.closing import Period, undone_since
from domain.deadline import DAY, Moment, Promised, Recipient, Timetable, fired, promised
from domain.ladder import LADDER, Rung, echoes, reminder_moments, rung_of
from domain.office import Office
from domain.organisation import UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from domain.progress import UnitProgress
from domain.reminder import Ground, Reminder, announcement_key, announcements, due
from scheduler.reminder_letters import KIND, Beside, Wording, about, told_by, wording
from scheduler.unasked import Unasked, put_all
from storage.queries import heartbeats, senders
from storage.queries.filings import times_opened
from storage.queries.periods import closings_of, periods_of
from storage.queries.promises import promises_of
from storage.queries.recipients import PAGE, Reached, recipient_pages, roles_reached
from storage.queries.rollup import all_progress
from storage.session import Session

HEARTBEAT: Final = "reminders"
_CHUNK: Final = PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One quarter's reminders in one tick: what has fired, when, and by which rules."""

    period: Period
    moments: tuple[Moment, ...]
    """Those that have fired since the last tick."""
    all_moments: tuple[Moment, ...]
    now: datetime
    office: Office
    timetable: Timetable
    kept: Mapping[UnitId, Promised]
    """The promises whose day has come since the last tick."""
    ahead: Mapping[UnitId, date]
    """The units that are left alone, for the day that they promised is still to come."""

    @property
    def quarter(self) -> Quarter:
        return self.period.quarter

    @property
    def today(self) -> date:
        return self.timetable.today(self.now)

    @property
    def roles(self) -> frozenset[Role]:
        """Who may be told; a deputy may stand in for a secretary."""
        told = frozenset[Role]().union(*(moment.to for moment in self.moments))
        told |= frozenset[Role]().union(*(each.moment.to for each in self.kept.values()))
        return told | ({Role.DEPUTY} if told & REPORTING_ROLES else frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """How the units stand of which something may be said, and who may hear of it; `promised` by unit.

    `joined` are the units where somebody who reports for the unit as a whole is reached.
    """

    round: _Round
    standings: Mapping[UnitId, UnitProgress]
    promised: Mapping[UnitId, tuple[str, date]]
    ground: Ground
    joined: frozenset[UnitId]


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
    seen = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(today, time()))
    periods = periods_of(session)
    for period in filter(None, map(periods.of, periods.open_on(today))):
        quarter, since = period.quarter, _since(session, period, seen, now)
        every = reminder_moments(quarter, period.grace_days, timetable)
        moments = fired(sorted((*every, *echoes(every, timetable)), key=_when), since, now)
        promises = promises_of(session, quarter)
        made = {
            unit: promised(promise, quarter, period.last_day, timetable) for unit, promise in promises.items()
        }
        kept = {unit: each for unit, each in made.items() if since < each.moment.at <= now}
        if moments or kept:
            yield _Round(
                period=period,
                moments=moments,
                all_moments=every,
                now=now,
                office=office,
                timetable=timetable,
                kept=kept,
                ahead={unit: each.promise.day for unit, each in made.items() if each.moment.at > now},
            )


def _since(session: Session, period: Period, seen: datetime, now: datetime) -> datetime:
    """Since when to look: of a closing that was taken back just now from its moment on, for it has never been."""
    word = period.word
    if word is None or not word.takes_back or word.at <= seen:
        return seen
    return min(seen, undone_since(closings_of(session, period.quarter, now)) or seen)


def _when(moment: Moment) -> datetime:
    return moment.at


def _remind(session: Session, these: _Round) -> int:
    books = _books(session, these)
    if not books.standings:
        return 0
    put = 0
    for page in recipient_pages(session, these.roles, these.today):
        reached = {recipient.person: at for recipient, at in page}
        told = due(these.moments, books.standings, (recipient for recipient, _ in page), books.ground)
        clusters = _clusters(recipient for recipient, _ in page)
        put += sum(_put(session, books, chunk, reached, clusters) for chunk in _chunks(told))
    return put


def _books(session: Session, these: _Round) -> _Books:
    rows = [row for row in all_progress(session, these.quarter, these.now, these.office) if row.owes]
    standings = {row.unit.id: row for row in rows if row.unit.id not in these.ahead}
    promised = {
        row.unit.id: (row.unit.short, these.ahead[row.unit.id])
        for row in rows
        if row.unit.id in these.ahead and row.is_owed
    }
    held = roles_reached(session, these.today) if standings else frozenset()
    ground = Ground(
        kept=these.kept,
        reached=frozenset((unit, rung_of(role)) for unit, role in held),
        district=any(rung_of(role) is Rung.DISTRICT for _, role in held),
        announced=_announced(session, these, standings) if standings else frozenset(),
        spells=times_opened(session, these.quarter),
    )
    joined = frozenset(unit for unit, rung in ground.reached if rung in (Rung.SECRETARY, Rung.DEPUTY))
    return _Books(round=these, standings=standings, promised=promised, ground=ground, joined=joined)


def _announced(session: Session, these: _Round, units: Iterable[UnitId]) -> frozenset[tuple[UnitId, Rung]]:
    """The rungs of which the units were told on an earlier day that they would hear."""
    keys = {
        announcement_key(unit, these.quarter, rung): (unit, rung) for unit in units for rung in LADDER[1:]
    }
    stored = heartbeats.said_at(session, keys)
    return frozenset(keys[key] for key, at in stored.items() if these.timetable.today(at) < these.today)


def _clusters(recipients: Iterable[Recipient]) -> Mapping[PersonId, set[UnitId] | None]:
    """The units that each overseer answers for; None for who answers for all."""
    found: dict[PersonId, set[UnitId] | None] = {}
    for each in recipients:
        if rung_of(each.role) is Rung.DISTRICT:
            found[each.person] = None
        elif each.role is Role.OVERSEER and (cluster := found.setdefault(each.person, set())) is not None:
            cluster.add(each.unit)
    return found


def _chunks(reminders: Iterable[Reminder]) -> Iterator[list[Reminder]]:
    coming = iter(reminders)
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk


def _put(
    session: Session,
    books: _Books,
    chunk: Sequence[Reminder],
    reached: Mapping[PersonId, Reached],
    clusters: Mapping[PersonId, set[UnitId] | None],
) -> int:
    these = books.round
    keyed = [(each, each.keys) for each in chunk]
    ours = heartbeats.claim(session, (key for _, keys in keyed for key in keys), these.now)
    told = (each if ours.issuperset(keys) else each.only(ours) for each, keys in keyed)
    left = [each for each in told if each is not None]
    if not left:
        return 0
    senders.lock_addresses(session, [reached[each.person].address_id for each in left])
    units = {owed.progress.unit.id for each in left for owed in each.units}
    grounds = wording(session, these.period, units, these.now, these.office, books.joined)
    beside = {each.person: _beside(books, each, clusters.get(each.person, set())) for each in left}
    heartbeats.claim(session, _announcing(these.quarter, beside.values()), these.now)
    closing = these.timetable.instant(these.period.last_day + DAY, time())
    letters = [_letter(grounds, each, reached[each.person], beside[each.person], closing) for each in left]
    put_all(session, letters, KIND, these.now, these.office)
    return len(left)


def _beside(books: _Books, reminder: Reminder, cluster: set[UnitId] | None) -> Beside:
    these = books.round
    above = [owed for owed in reminder.units if owed.role not in REPORTING_ROLES]
    promised = [said for unit, said in books.promised.items() if cluster is None or unit in cluster]
    words = [owed.moment.words for owed in reminder.units if owed.moment.words and owed not in above]
    return Beside(
        next=announcements(reminder, these.all_moments, books.ground, these.timetable, these.now),
        promised=tuple(promised) if above else (),
        words=words[0] if words else "",
    )


def _announcing(quarter: Quarter, beside: Iterable[Beside]) -> Iterator[str]:
    for one in beside:
        yield from (announcement_key(each.unit, quarter, each.rung) for each in one.next)


def _letter(
    grounds: Wording, reminder: Reminder, reached: Reached, beside: Beside, closing: datetime
) -> Unasked:
    told = told_by(reminder)
    stored: dict[str, Any] = about(grounds, told, beside)
    return Unasked(
        person=reminder.person,
        reached=reached,
        parts=grounds.parts(reminder.person, told, beside),
        key=reminder.keys[0],
        about=stored,
        until=reminder.until,
        offered_until=closing,
    )
