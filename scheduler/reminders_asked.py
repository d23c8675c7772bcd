"""Reminders that the district has asked for: to the people who were chosen, in the words of every reminder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from domain.closing import Period
from domain.deadline import Timetable
from domain.mailing import Mailing, Reach
from domain.office import Office
from domain.people import PersonId, Role
from scheduler.reminder_letters import KIND, Told, about, wording
from scheduler.unasked import Unasked, put_all
from storage.queries import senders
from storage.queries.periods import periods_of
from storage.queries.promises import promises_of
from storage.queries.recipients import Reached, recipients
from storage.queries.rollup import all_progress
from storage.session import Session

_HEADS: Final = (Role.SECRETARY, Role.DEPUTY)
_DAY: Final = timedelta(days=1)
_NOBODY: Final = Reach(reached=0, blocked=0, unlinked=0, units=0)


@dataclass(frozen=True, slots=True)
class _Hearer:
    """Somebody to be reminded: where they are reached, and of which units."""

    at: Reached
    told: tuple[Told, ...]


def remind(session: Session, mailing: Mailing, now: datetime, office: Office, timetable: Timetable) -> Reach:
    """Put the reminders of what is still owed; answers how many people and units that was."""
    period = periods_of(session).of(mailing.quarter)
    if period is None or period.is_closed(office.day_of(now)):
        return _NOBODY
    hearers = _hearers(session, mailing, now, office)
    if not hearers:
        return _NOBODY
    senders.lock_addresses(session, [each.at.address_id for each in hearers.values()])
    _put(session, mailing, period, hearers, now=now, office=office, timetable=timetable)
    units = {told.progress.unit.id for each in hearers.values() for told in each.told}
    return Reach(reached=len(hearers), blocked=0, unlinked=0, units=len(units))


def _hearers(session: Session, mailing: Mailing, now: datetime, office: Office) -> Mapping[PersonId, _Hearer]:
    """Those of the people chosen who still owe something for the units chosen; a promise does not save them."""
    rows = {
        row.unit.id: row
        for row in all_progress(session, mailing.quarter, now, office)
        if row.is_owed and row.unit.id in mailing.units
    }
    promises, found = promises_of(session, mailing.quarter), dict[PersonId, _Hearer]()
    for one, at in recipients(session, _HEADS, office.day_of(now), rows):
        before = found.get(one.person, _Hearer(at, ()))
        if one.person in mailing.people and one.unit not in {t.progress.unit.id for t in before.told}:
            told = Told(progress=rows[one.unit], role=one.role, promise=promises.get(one.unit))
            found[one.person] = _Hearer(at, (*before.told, told))
    return found


def _put(
    session: Session,
    mailing: Mailing,
    period: Period,
    hearers: Mapping[PersonId, _Hearer],
    *,
    now: datetime,
    office: Office,
    timetable: Timetable,
) -> None:
    units = {told.progress.unit.id for each in hearers.values() for told in each.told}
    grounds = wording(session, period, units, now, office)
    closing = timetable.instant(period.last_day + _DAY, time())
    letters = [
        Unasked(
            person=person,
            reached=each.at,
            parts=grounds.parts(person, each.told),
            key=f"{mailing.key}{person}",
            about=about(grounds, each.told),
            until=closing,
            offered_until=closing,
        )
        for person, each in hearers.items()
    ]
    put_all(session, letters, KIND, now, office)
