"""The roll-up that the district gets by itself, with its files: at a quarter's end, and after its days of grace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from domain.deadline import AFTER_GRACE, Moment, Recipient, Timetable, fired, roll_up_key, roll_up_moments
from domain.enclosure import QUARTERLY, Enclosure, Output
from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from messages import places
from messages.export_words import file_words
from messages.rollup_words import rollup_words
from scheduler.offer import is_busy
from scheduler.unasked import put_unasked
from storage.queries import heartbeats, senders
from storage.queries.progress import grace_days_of
from storage.queries.recipients import Reached, recipients
from storage.queries.rollup import roll_up
from storage.session import Session

HEARTBEAT: Final = "roll_up"
KIND: Final = "rollup"
_LAST: Final = 4


def tick(session: Session, now: datetime, office: Office, timetable: Timetable) -> int:
    """Put the roll-ups that have fallen due since the last tick into the outbox; answers how many.

    After a gap only a quarter's latest one is said, with the figures as they are by then.
    """
    if not timetable.may_speak(now):
        return 0
    put = sum(_report(session, moment, now, office) for moment in _fired(session, now, timetable))
    heartbeats.mark_seen(session, HEARTBEAT, now)
    return put


def _fired(session: Session, now: datetime, timetable: Timetable) -> Iterator[Moment]:
    today = timetable.today(now)
    since = heartbeats.unseen_since(session, HEARTBEAT, now, timetable.instant(today, time()))
    for quarter in (Quarter.of(today).previous, Quarter.of(today)):
        grace = grace_days_of(session, quarter.year)
        if grace is not None:
            yield from fired(roll_up_moments(quarter, grace, timetable), since, now)[-1:]


def _report(session: Session, moment: Moment, now: datetime, office: Office) -> int:
    found = recipients(session, {Role.DISTRICT}, office.day_of(now))
    reached = {roll_up_key(moment, recipient.person): (recipient, at) for recipient, at in found}
    ours = sorted(heartbeats.claim(session, reached, now))
    if ours:
        _put(session, moment, {key: reached[key] for key in ours}, now, office)
    return len(ours)


def _put(
    session: Session,
    moment: Moment,
    reached: dict[str, tuple[Recipient, Reached]],
    now: datetime,
    office: Office,
) -> None:
    senders.lock_addresses(session, [at.address_id for _, at in reached.values()])
    figures = roll_up(session, moment.quarter, now, office)
    files = {o: file_words(Enclosure(output=o, quarter=moment.quarter, as_of=now)) for o in _outputs(moment)}
    reported = moment.quarter.next if figures.closed_on else moment.quarter
    # Its files go with it, and need not be offered.
    offered = places.offers(figures, reported, begun=False, cluster=False)
    for key, (recipient, at) in reached.items():
        choices = () if is_busy(session, recipient.person) else offered
        said = {key: rollup_words(figures, office.name, choices)}
        said |= {f"{key}:{output}": words for output, words in files.items()}
        for each, words in said.items():
            put_unasked(
                session,
                recipient.person,
                at,
                words,
                kind=KIND,
                key=each,
                about={"kind": KIND, "quarter": moment.quarter.code},
                now=now,
                until=moment.until,
                office=office,
            )


def _outputs(moment: Moment) -> tuple[Output, ...]:
    """The files of a quarter; with the year's last roll-up, when no report is waited for any more, its rating."""
    year_is_over = moment.quarter.number == _LAST and moment.name == AFTER_GRACE
    return (*QUARTERLY, *((Output.RATING,) if year_is_over else ()))
