"""A reminder as a message: its words from the books, when it is put and once more when it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from domain.deadline import Reminder, closes_on
from domain.matters import Promise
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import UnitProgress
from messages.channel import Choice
from messages.reminder_words import READY, Ready, Row, reminder_words
from messages.rollup_words import Named
from messages.say import Hearer, Say, say
from scheduler.offer import offer_instead, waits
from storage.queries.admissions import reported
from storage.queries.candidates import open_candidates
from storage.queries.delivery import Leased
from storage.queries.progress import grace_days_of, progress_of
from storage.queries.promises import promises_of
from storage.queries.senders import lock_owner
from storage.queries.units import unit_by_id
from storage.session import Session

KIND: Final = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One unit of a reminder: how it stands, the role of the person reminded, the promise that has come due."""

    progress: UnitProgress
    role: Role
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the reminders of one quarter are worded from on one day."""

    quarter: Quarter
    grace_days: int
    today: date
    admitted: Mapping[UnitId, Sequence[Named]]
    ready: Mapping[UnitId, Sequence[Ready]]

    def words(self, person: PersonId, units: Sequence[Told], *, may_choose: bool) -> Say:
        """What one person is told of these units."""
        rows = [self._row(person, told) for told in units]
        last = closes_on(self.quarter, self.grace_days)
        return reminder_words(self.quarter, rows, self.today, last, may_choose=may_choose)

    def _row(self, person: PersonId, told: Told) -> Row:
        unit = told.progress.unit.id
        return Row(
            now=told.progress,
            role=told.role,
            admitted=self.admitted.get(unit, ()),
            ready=self.ready.get(unit, ()),
            promised_on=told.promise.day if told.promise else None,
            by_hearer=told.promise is None or told.promise.by == person,
        )


def wording(
    session: Session,
    quarter: Quarter,
    grace_days: int,
    units: Collection[UnitId],
    now: datetime,
    office: Office,
) -> Wording:
    """Fetch what the reminders about some units are worded from."""
    admitted, ready = dict[UnitId, list[Named]](), dict[UnitId, list[Ready]]()
    for one in reported(session, tuple(units), quarter.first_day, quarter.last_day, office.count_by):
        admitted.setdefault(one.unit, []).append(Named(name=one.name, on=one.counted_on))
    for candidate in open_candidates(session, tuple(units)):
        if candidate.step in READY:
            ready.setdefault(candidate.unit, []).append(Ready(name=candidate.name, step=candidate.step))
    return Wording(
        quarter=quarter, grace_days=grace_days, today=office.day_of(now), admitted=admitted, ready=ready
    )


def told_by(reminder: Reminder) -> tuple[Told, ...]:
    """The units that a reminder is about."""
    return tuple(Told(progress=o.progress, role=o.role, promise=o.promise) for o in reminder.units)


def about(quarter: Quarter, today: date, units: Sequence[Told]) -> dict[str, object]:
    """What a reminder was worded from: so that it can be told when it leaves whether all is as it was."""
    rows = [
        [told.progress.unit.id, told.role.value, told.promise.id if told.promise else None, _figure(told)]
        for told in units
    ]
    return {"kind": KIND, "quarter": quarter.code, "on": today.isoformat(), "units": rows}


def _figure(told: Told) -> int:
    return told.progress.admitted.quarter


def afresh(session: Session, row: Leased, now: datetime, office: Office) -> Leased | None:
    """What a message that was put unasked says by now; None when all its units have reported, or promised to.

    A reminder names none that has filed since. Its choices wait in the person's dialogue in the same form.
    """
    stored: Mapping[str, Any] = row.about or {}
    if stored.get("kind") != KIND:
        return row
    quarter, today = Quarter.parse(stored["quarter"]), office.day_of(now)
    units = _still_owing(session, quarter, stored["units"], today, office)
    if about(quarter, today, units) == stored:
        return row
    person = lock_owner(session, row.address_id)
    if not units or person is None:
        _offer(session, person, row, (), now)
        return None
    return _reworded(session, row, person, quarter, units, now, office)


def _still_owing(
    session: Session, quarter: Quarter, rows: Sequence[Sequence[Any]], today: date, office: Office
) -> tuple[Told, ...]:
    """Those that still owe their report, but for who has promised it for a later day."""
    promises, left = promises_of(session, quarter), list[Told]()
    for unit, role, promise_id, _ in rows:
        progress = progress_of(session, unit_by_id(session, UnitId(unit)), quarter, office.count_by)
        promise = promises.get(UnitId(unit))
        # A promise that the message speaks of itself is no reason to be silent: the district wished it said.
        is_left_alone = promise is not None and promise.day > today and promise.id != promise_id
        if not progress.is_owed or is_left_alone:
            continue
        kept = promise if promise is not None and promise.id == promise_id else None
        left.append(Told(progress=progress, role=Role(role), promise=kept))
    return tuple(left)


def _reworded(
    session: Session,
    row: Leased,
    person: PersonId,
    quarter: Quarter,
    units: Sequence[Told],
    now: datetime,
    office: Office,
) -> Leased:
    ids = [told.progress.unit.id for told in units]
    grounds = wording(session, quarter, grace_days_of(session, quarter.year) or 0, ids, now, office)
    may_choose = bool(row.question) and waits(session, person, row.question)
    words = grounds.words(person, units, may_choose=may_choose)
    message = say([words], Hearer.on(row.channel, office), words.choices, row.question)
    _offer(session, person, row, words.choices, now)
    return replace(
        row,
        text=message.text,
        choices=tuple((choice.value, choice.label) for choice in message.choices),
        question=message.question,
    )


def _offer(
    session: Session, person: PersonId | None, row: Leased, choices: Sequence[Choice], now: datetime
) -> None:
    if person is not None and row.question:
        offer_instead(session, person, row.question, choices, now)
