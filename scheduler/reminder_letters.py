"""A reminder as a message: its words from the books, when it is put and once more when it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from domain.closing import Period
from domain.ladder import Rung
from domain.matters import Promise
from domain.office import Office
from domain.organisation import UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from domain.progress import Owes, UnitProgress
from domain.read_back import mark_of
from domain.reminder import Announcement, Reminder
from messages.channel import Choice
from messages.reminder_words import READY, About, Next, Ready, Row, offered_by, reminder_parts
from messages.rollup_words import Named
from messages.say import Hearer, Say, say
from scheduler.offer import offer_instead
from storage.queries.admissions import Reported, reported
from storage.queries.candidates import open_candidates
from storage.queries.delivery import Leased
from storage.queries.periods import periods_of
from storage.queries.progress import progress_of
from storage.queries.promises import promises_of
from storage.queries.recipients import roles_reached
from storage.queries.rollup import all_progress
from storage.queries.senders import lock_owner
from storage.queries.units import unit_by_id
from storage.session import Session

KIND: Final = "reminder"
_FEW: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One unit of a reminder: how it stands, the role of the person reminded, the promise that has come due."""

    progress: UnitProgress
    role: Role
    promise: Promise | None
    stands_in: bool = False
    reopened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a reminder says beside how its units stand: who is told next, who has promised, the step's own words."""

    next: tuple[Announcement, ...] = ()
    promised: tuple[tuple[str, date], ...] = ()
    words: str = ""


_NOTHING: Final = Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the reminders of one quarter are worded from on one day."""

    quarter: Quarter
    closes_on: date
    today: date
    office: Office
    admitted: Mapping[UnitId, Sequence[Reported]]
    ready: Mapping[UnitId, Sequence[Ready]]
    reached: frozenset[UnitId]
    """The units where somebody who reports can be reached."""

    def parts(self, person: PersonId, units: Sequence[Told], beside: Beside = _NOTHING) -> tuple[Say, ...]:
        """What one person is told of these units."""
        about = About(
            quarter=self.quarter,
            today=self.today,
            closes_on=self.closes_on,
            office=self.office.name,
            next=_next([each for each in beside.next if each.day > self.today], units),
            promised=beside.promised,
            words=beside.words,
        )
        return reminder_parts(about, [self._row(person, told) for told in units])

    def mark(self, unit: UnitId) -> int:
        """What tells whether a unit's report is still what it was."""
        return mark_of((one.code, one.name, one.counted_on) for one in self.admitted.get(unit, ()))

    def _row(self, person: PersonId, told: Told) -> Row:
        unit = told.progress.unit.id
        return Row(
            now=told.progress,
            role=told.role,
            admitted=[Named(name=one.name, on=one.counted_on) for one in self.admitted.get(unit, ())],
            ready=self.ready.get(unit, ()),
            promised_on=told.promise.day if told.promise else None,
            by_hearer=told.promise is None or told.promise.by == person,
            stands_in=told.stands_in,
            mark=self.mark(unit),
            reopened=told.reopened,
            unreached=unit not in self.reached,
        )


def _next(announced: Sequence[Announcement], units: Sequence[Told]) -> tuple[Next, ...]:
    """The announcements that are of one rung and day together, of the units that are still told of."""
    shorts = {
        told.progress.unit.id: told.progress.unit.short for told in units if told.role in REPORTING_ROLES
    }
    found: dict[tuple[date, Rung], list[str]] = {}
    for each in announced:
        if each.unit in shorts:
            found.setdefault((each.day, each.rung), []).append(shorts[each.unit])
    return tuple(Next(rung=rung, day=day, units=tuple(names)) for (day, rung), names in sorted(found.items()))


def wording(
    session: Session,
    period: Period,
    units: Collection[UnitId],
    now: datetime,
    office: Office,
    reached: frozenset[UnitId] | None = None,
) -> Wording:
    """Fetch what the reminders about some units are worded from; `reached` where it is known already."""
    quarter = period.quarter
    admitted, ready = dict[UnitId, list[Reported]](), dict[UnitId, list[Ready]]()
    for one in reported(session, tuple(units), quarter.first_day, quarter.last_day, office.count_by):
        admitted.setdefault(one.unit, []).append(one)
    for candidate in open_candidates(session, tuple(units)):
        if candidate.step in READY:
            ready.setdefault(candidate.unit, []).append(Ready(name=candidate.name, step=candidate.step))
    if reached is None:
        held = roles_reached(session, office.day_of(now))
        reached = frozenset(unit for unit, role in held if role in REPORTING_ROLES)
    return Wording(
        quarter=quarter,
        closes_on=period.last_day,
        today=office.day_of(now),
        office=office,
        admitted=admitted,
        ready=ready,
        reached=reached,
    )


def told_by(reminder: Reminder) -> tuple[Told, ...]:
    """The units that a reminder is about."""
    return tuple(
        Told(
            progress=owed.progress,
            role=owed.role,
            promise=owed.promise,
            stands_in=owed.stands_in,
            reopened=owed.spell > 0,
        )
        for owed in reminder.units
    )


def about(grounds: Wording, units: Sequence[Told], beside: Beside = _NOTHING) -> dict[str, object]:
    """What a reminder was worded from: so that it can be told when it leaves whether all is as it was."""
    rows = [
        [
            told.progress.unit.id,
            told.role.value,
            told.promise.id if told.promise else None,
            str(told.progress.owes),
            grounds.mark(told.progress.unit.id),
            told.stands_in,
            told.reopened,
        ]
        for told in units
    ]
    return {
        "kind": KIND,
        "quarter": grounds.quarter.code,
        "on": grounds.today.isoformat(),
        "units": rows,
        "next": [[each.unit, each.rung.value, each.day.isoformat()] for each in beside.next],
        "promised": [[unit, day.isoformat()] for unit, day in beside.promised],
        "words": beside.words,
    }


def _beside(stored: Mapping[str, Any]) -> Beside:
    return Beside(
        next=tuple(
            Announcement(unit=UnitId(unit), rung=Rung(rung), day=date.fromisoformat(day))
            for unit, rung, day in stored["next"]
        ),
        promised=tuple((unit, date.fromisoformat(day)) for unit, day in stored["promised"]),
        words=stored["words"],
    )


def afresh(session: Session, row: Leased, now: datetime, office: Office) -> Leased | None:
    """What a message that was put unasked says by now; None when all its units have reported, or promised to.

    A reminder names none that has filed since. Its choices wait in the person's dialogue in the same form.
    """
    stored: Mapping[str, Any] = row.about or {}
    if stored.get("kind") != KIND:
        return row
    quarter, today = Quarter.parse(stored["quarter"]), office.day_of(now)
    period = periods_of(session).of(quarter)
    if period is None or period.is_closed(today):
        _drop(session, row, now)
        return None
    units = _still_owing(session, quarter, stored["units"], now, office)
    ids = [told.progress.unit.id for told in units]
    grounds, beside = wording(session, period, ids, now, office), _beside(stored)
    if about(grounds, units, beside) == stored:
        return row
    person = lock_owner(session, row.address_id)
    if not units or person is None:
        _drop(session, row, now)
        return None
    return _reworded(session, row, person, grounds.parts(person, units, beside), now, office)


def _still_owing(
    session: Session, quarter: Quarter, rows: Sequence[Sequence[Any]], now: datetime, office: Office
) -> tuple[Told, ...]:
    """Those of which something is still to come, but for who has promised it for a later day."""
    standings = _standings(session, quarter, [UnitId(row[0]) for row in rows], now, office)
    promises, today, left = promises_of(session, quarter), office.day_of(now), list[Told]()
    for unit, role, promise_id, owed, _, stands_in, reopened in rows:
        progress, promise = standings.get(UnitId(unit)), promises.get(UnitId(unit))
        if progress is None:
            continue
        # Who is complete by now is asked to file by a step of its own, and not by one that asked for figures.
        other = progress.owes is None or (progress.owes is Owes.WORD) != (owed == Owes.WORD)
        # A promise that the message speaks of itself is no reason to be silent: the district wished it said.
        left_alone = promise is not None and promise.day > today and promise.id != promise_id
        if other or left_alone:
            continue
        kept = promise if promise is not None and promise.id == promise_id else None
        told = Told(progress=progress, role=Role(role), promise=kept, stands_in=stands_in, reopened=reopened)
        left.append(told)
    return tuple(left)


def _standings(
    session: Session, quarter: Quarter, units: Collection[UnitId], now: datetime, office: Office
) -> Mapping[UnitId, UnitProgress]:
    """How units stand now: a few are asked one by one; for many all there are cost less."""
    if len(units) > _FEW:
        return {row.unit.id: row for row in all_progress(session, quarter, now, office)}
    found = (progress_of(session, unit_by_id(session, unit), quarter, office.count_by) for unit in units)
    return {progress.unit.id: progress for progress in found}


def _reworded(
    session: Session, row: Leased, person: PersonId, parts: Sequence[Say], now: datetime, office: Office
) -> Leased:
    choices = _offer(session, person, row, offered_by(parts), now)
    message = say(parts, Hearer.on(row.channel, office), choices, row.question)
    return replace(
        row,
        text=message.text,
        choices=tuple((choice.value, choice.label) for choice in message.choices),
        question=message.question,
    )


def _drop(session: Session, row: Leased, now: datetime) -> None:
    _offer(session, lock_owner(session, row.address_id), row, (), now)


def _offer(
    session: Session, person: PersonId | None, row: Leased, choices: Sequence[Choice], now: datetime
) -> tuple[Choice, ...]:
    if person is None or not row.question:
        return ()
    return offer_instead(session, person, row.question, choices, now)
