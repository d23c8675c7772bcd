"""The weekly digest: for the district of all units, for overseers of theirs, each by the weeks that are set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Final

from domain.deadline import Recipient, Timetable, is_closed, weekly_moments
from domain.digest import Week, is_last_month
from domain.enclosure import Enclosure, Output
from domain.office import Office
from domain.people import PersonId, Role
from domain.period import Quarter
from messages.digest_words import cluster_digest, district_digest
from messages.export_words import file_words
from messages.say import Say
from scheduler.unasked import Unasked, put_all
from storage.queries import heartbeats, senders
from storage.queries.issues import open_count
from storage.queries.progress import grace_days_of
from storage.queries.recipients import Reached, recipient_pages
from storage.queries.rollup import all_progress, risks
from storage.queries.unit_entry import district_unit
from storage.session import Session

HEARTBEAT: Final = "digest"
KIND: Final = "digest"
_WEEK: Final = timedelta(days=7)
_LAST: Final = 4
"""The last quarter of a year."""
_PUT_OFF: Final = timedelta(days=3)
"""For so long days off put it off; else it would come on the eve of the next one, which tells of both weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One week's digest: of which quarter, at which hour it was due, since when it tells, and who gets it."""

    quarter: Quarter
    due: datetime
    since: datetime
    now: datetime
    office: Office
    timetable: Timetable

    @property
    def roles(self) -> frozenset[Role]:
        rules, day = self.timetable.digest, self.timetable.today(self.due)
        told = {Role.DISTRICT: rules.district, Role.OVERSEER: rules.overseers}
        return frozenset(role for role, weeks in told.items() if weeks.holds(self.quarter, day))

    def key(self, person: PersonId) -> str:
        return f"digest:{self.timetable.today(self.due)}:{person}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What is said of the district alone: its name, how many issues wait for an answer, the year that has no plan yet."""

    district: str
    issues: int
    unplanned: int | None

    @classmethod
    def of(cls, session: Session, these: _Round) -> _Whole:
        """In the last month of a year the next one is to be planned: what is admitted in it cannot be booked before."""
        year_ends = these.quarter.number == _LAST and is_last_month(
            these.quarter, these.timetable.today(these.now)
        )
        following = these.quarter.year + 1
        is_planned = not year_ends or grace_days_of(session, following) is not None
        return cls(
            district=district_unit(session).short,
            issues=open_count(session, these.now, None),
            unplanned=None if is_planned else following,
        )


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put this week's digests into the outbox once their hour has come; answers how many messages.

    After a gap only the latest week's is said. In the days of grace there is none: reminders speak then.
    """
    if not timetable.may_speak(now):
        return 0
    since = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(timetable.today(now), time()))
    due = next((at for at in _moments(now, timetable) if since < at <= now), None)
    put = 0 if due is None else _tell(session, due, now, office, timetable)
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _moments(now: datetime, timetable: Timetable) -> Iterator[datetime]:
    return weekly_moments(now, timetable.digest.on, timetable.digest.at, timetable, _PUT_OFF)


def _begins(due: datetime, quarter: Quarter, grace_before: int | None, timetable: Timetable) -> datetime:
    """The moment of the digest before; the quarter's beginning where that one told of another quarter, or was left out."""
    before = next(at for at in _moments(due, timetable) if at < due)
    day = timetable.today(before)
    in_grace = grace_before is not None and not is_closed(quarter.previous, grace_before, day)
    if day < quarter.first_day or in_grace:
        return timetable.instant(quarter.first_day, time())
    return before


def _tell(session: Session, due: datetime, now: datetime, office: Office, timetable: Timetable) -> int:
    quarter = Quarter.of(timetable.today(now))  # a week of the quarter before is none of this one's
    grace, before = grace_days_of(session, quarter.year), grace_days_of(session, quarter.previous.year)
    in_grace = before is not None and not is_closed(quarter.previous, before, timetable.today(due))
    since = _begins(due, quarter, before, timetable)
    these = _Round(quarter=quarter, due=due, since=since, now=now, office=office, timetable=timetable)
    if grace is None or in_grace or not these.roles:
        return 0
    week, whole = _week(session, these), _Whole.of(session, these)
    put = 0
    for page in recipient_pages(session, these.roles, timetable.today(now)):
        reached = {recipient.person: at for recipient, at in page}
        said = {person: each for person, each in _said(page, week, these, whole) if each}
        put += _put(session, these, said, reached)
    return put


def _week(session: Session, these: _Round) -> Week:
    quarter, since = these.quarter, these.since
    late = is_last_month(quarter, these.timetable.today(these.now))
    return Week(
        quarter=quarter,
        since=since,
        until=these.now,
        rows=all_progress(session, quarter, these.now, these.office),
        before={row.unit.id: row for row in all_progress(session, quarter, since, these.office)},
        at_risk=risks(session, quarter, these.now, these.office) if late else (),
    )


def _said(
    page: tuple[tuple[Recipient, Reached], ...], week: Week, these: _Round, whole: _Whole
) -> Iterator[tuple[PersonId, tuple[Say, ...]]]:
    """What each person is told; an officer of the whole, an overseer of the own units, where there is anything."""
    today = these.timetable.today(these.now)
    for person, held in groupby((recipient for recipient, _ in page), key=lambda each: each.person):
        mine = list(held)
        if any(each.role is Role.DISTRICT for each in mine):
            words = district_digest(week, whole.district, today, whole.issues, whole.unplanned)
            yield person, (words, *_files(these))
        else:
            yield person, _of_cluster(week.only({each.unit for each in mine}), these)


def _of_cluster(week: Week, these: _Round) -> tuple[Say, ...]:
    return () if week.says_nothing else (cluster_digest(week, these.timetable.today(these.now)),)


def _files(these: _Round) -> tuple[Say, ...]:
    """In the last month the official table goes with it."""
    if not is_last_month(these.quarter, these.timetable.today(these.now)):
        return ()
    return (file_words(Enclosure(output=Output.XLSX, quarter=these.quarter, as_of=these.now)),)


def _put(
    session: Session,
    these: _Round,
    said: Mapping[PersonId, tuple[Say, ...]],
    reached: Mapping[PersonId, Reached],
) -> int:
    ours = heartbeats.claim(session, [these.key(person) for person in said], these.now)
    told = {person: each for person, each in said.items() if these.key(person) in ours}
    if not told:
        return 0
    senders.lock_addresses(session, [reached[person].address_id for person in told])
    letters = [
        letter for person, parts in told.items() for letter in _letters(these, person, reached[person], parts)
    ]
    put_all(session, letters, KIND, these.now, these.office)
    return len(told)


def _letters(these: _Round, person: PersonId, at: Reached, parts: tuple[Say, ...]) -> Iterator[Unasked]:
    """The words, and each file as a message after them."""
    first = Unasked(
        person=person,
        reached=at,
        parts=parts[:1],
        key=these.key(person),
        about=None,
        until=these.due + _WEEK,
        offered_until=these.due + _WEEK,
    )
    yield first
    for number, part in enumerate(parts[1:], 1):
        yield replace(first, parts=[part], key=f"{first.key}:{number}")
