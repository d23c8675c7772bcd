"""The ladder: who is told of a unit that owes its report, in what order, and on which days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from operator import attrgetter
from typing import Final

from domain.deadline import DAY, Moment, Step, Timetable, closes_on, working_day_before, working_day_from
from domain.people import Role
from domain.period import Quarter


class Rung(StrEnum):
    """Who is told of a unit, the nearest first."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    OVERSEER = "overseer"
    DISTRICT = "district"

    @property
    def height(self) -> int:
        """How far up it is: 0 for the secretary."""
        return LADDER.index(self)


LADDER: Final = tuple(Rung)
_RUNGS: Final = {
    Role.CELL_SECRETARY: Rung.SECRETARY,
    Role.SECRETARY: Rung.SECRETARY,
    Role.DEPUTY: Rung.DEPUTY,
    Role.OVERSEER: Rung.OVERSEER,
    Role.DISTRICT: Rung.DISTRICT,
    Role.ADMIN: Rung.DISTRICT,
}


def rung_of(role: Role) -> Rung:
    """The rung on which a role stands."""
    return _RUNGS[role]


def reminder_moments(quarter: Quarter, grace_days: int, timetable: Timetable) -> tuple[Moment, ...]:
    """The quarter's reminders, oldest first, each on a working day of its own.

    A reminder before the deadline moves to an earlier day, never to a later one, for after the deadline it is of no
    use; one after it moves to a later day while the quarter still takes reports. Where that is the day of another
    step, the earlier step moves on, so that nobody is told twice a day; one that finds no day is left out.
    """
    placed = [*_before(quarter, timetable), *_after(quarter, grace_days, timetable)]
    ordered = sorted(((timetable.instant(day, step.at), step) for day, step in placed), key=_at)
    closing = timetable.instant(closes_on(quarter, grace_days) + DAY, time())
    return tuple(
        Moment(
            at=at,
            until=next((later for later, other in ordered[number + 1 :] if other.to & step.to), closing),
            quarter=quarter,
            name=step.name,
            to=step.to,
            about=step.about,
            words=step.words,
        )
        for number, (at, step) in enumerate(ordered)
    )


def _at(placed: tuple[datetime, Step]) -> datetime:
    return placed[0]


def _before(quarter: Quarter, timetable: Timetable) -> Iterator[tuple[date, Step]]:
    day = quarter.last_day + DAY
    steps = [step for step in timetable.steps if step.days <= 0]
    for step in sorted(steps, key=attrgetter("days"), reverse=True):
        day = working_day_before(min(day, quarter.last_day + (step.days + 1) * DAY), timetable)
        yield day, step


def _after(quarter: Quarter, grace_days: int, timetable: Timetable) -> Iterator[tuple[date, Step]]:
    taken = closes_on(quarter, grace_days) + DAY
    steps = [step for step in timetable.steps if step.days > 0]
    for step in sorted(steps, key=attrgetter("days"), reverse=True):
        day = working_day_from(quarter.last_day + step.days * DAY, timetable)
        if day >= taken:
            day = working_day_before(taken, timetable)
        if day > quarter.last_day:
            taken = day
            yield day, step


def echoes(moments: Sequence[Moment], timetable: Timetable) -> Iterator[Moment]:
    """The working days after a step, until the next one, on which those above the secretary are told what is left over.

    A unit may not have been theirs to hear of before: it had promised a later day, or its secretary had not been told.
    The keys are those of the step, so that they hear of no unit twice.
    """
    for moment in moments:
        above = frozenset(role for role in moment.to if rung_of(role) is not Rung.SECRETARY)
        local = moment.at.astimezone(timetable.zone)
        day = working_day_from(local.date() + DAY, timetable)
        while above and (at := timetable.instant(day, local.time())) < moment.until:
            yield replace(moment, at=at, to=above)
            day = working_day_from(day + DAY, timetable)
