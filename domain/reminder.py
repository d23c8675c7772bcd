"""Reminders: what is said to whom of the units that owe their report, and who will be told next."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from domain.deadline import DAY, Moment, Promised, Recipient, Timetable, working_day_from
from domain.ladder import LADDER, Rung, rung_of
from domain.matters import Promise
from domain.organisation import UnitId
from domain.people import REPORTING_ROLES, PersonId, Role
from domain.period import Quarter
from domain.progress import Owes, UnitProgress

_FIRST: Final = (Role.SECRETARY, Role.CELL_SECRETARY)
_FAR: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A unit that still owes something, the step that reminds of it, and the role of the person reminded.

    `promise` is there where its day is what reminds of it, and not a step. `spell` counts how often the quarter was
    filed and opened again. `stands_in`: a deputy is told in place of a secretary who cannot be reached.
    """

    progress: UnitProgress
    moment: Moment
    role: Role
    promise: Promise | None = None
    spell: int = 0
    stands_in: bool = False

    def key(self, person: PersonId) -> str:
        """The key of this reminder; to file what is complete a unit is asked once, whatever the step."""
        if self.progress.owes is Owes.WORD and self.promise is None:
            return filing_key(self.progress.unit.id, self.moment.quarter, self.spell, person)
        return reminder_key(self.progress.unit.id, self.moment, person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message to one person: the units of theirs of whose quarter something is still to come."""

    person: PersonId
    quarter: Quarter
    units: tuple[Owed, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """One key a unit: whoever stores it first says it."""
        return tuple(owed.key(self.person) for owed in self.units)

    @property
    def until(self) -> datetime:
        """When the message is out of date, in UTC."""
        return max(owed.moment.until for owed in self.units)

    def only(self, keys: Container[str]) -> Reminder | None:
        """The reminder without the units whose keys somebody else has; None when none is left."""
        left = tuple(owed for owed in self.units if owed.key(self.person) in keys)
        if len(left) == len(self.units):
            return self
        return replace(self, units=left) if left else None


def reminder_key(unit: UnitId, moment: Moment, person: PersonId) -> str:
    """The key of one reminder about one unit."""
    return f"reminder:{unit}:{moment.quarter}:{moment.name}:{person}"


def filing_key(unit: UnitId, quarter: Quarter, spell: int, person: PersonId) -> str:
    """The key of asking somebody to file a quarter whose target is met, once for each time that it is open."""
    return f"filing:{unit}:{quarter}:{spell}:{person}"


def announcement_key(unit: UnitId, quarter: Quarter, rung: Rung) -> str:
    """The key of telling a unit that the next rung will hear of it."""
    return f"announced:{unit}:{quarter}:{rung}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What decides, beside the figures, who may be told: who can be reached, and who was announced before today.

    `reached` holds the rungs of each unit on which somebody is reached, `district` whether anybody at the district is;
    `announced` the rungs that a unit was told of on an earlier day, `spells` how often it was filed and opened again.
    """

    kept: Mapping[UnitId, Promised] = field(default_factory=dict)
    reached: frozenset[tuple[UnitId, Rung]] = frozenset()
    district: bool = False
    announced: frozenset[tuple[UnitId, Rung]] = frozenset()
    spells: Mapping[UnitId, int] = field(default_factory=dict)

    def stands(self, unit: UnitId, rung: Rung) -> bool:
        """Whether somebody is reached on a rung above a unit."""
        return self.district if rung is Rung.DISTRICT else (unit, rung) in self.reached

    def may_hear(self, unit: UnitId, rung: Rung) -> bool:
        """Whether a rung may hear of a unit: it was told so before, or there is nobody who could have been."""
        below = (Rung.SECRETARY,) if rung is Rung.DEPUTY else (Rung.SECRETARY, Rung.DEPUTY)
        nobody = not any((unit, each) in self.reached for each in below)
        return rung is Rung.SECRETARY or nobody or (unit, rung) in self.announced

    def stands_in(self, unit: UnitId, role: Role) -> bool:
        """Whether a deputy is told in place of the secretary, who cannot be reached."""
        return role is Role.DEPUTY and (unit, Rung.SECRETARY) not in self.reached


_NO_GROUND: Final = Ground()


def due(
    moments: Sequence[Moment],
    standings: Mapping[UnitId, UnitProgress],
    recipients: Iterable[Recipient],
    ground: Ground = _NO_GROUND,
) -> Iterator[Reminder]:
    """What must be said to whom: one reminder a person, for all units of theirs that owe something of the quarter.

    `moments` are those of one quarter that have fired and were not seen to, oldest first; `standings` those of the
    units that may be spoken of, `recipients` come person by person. After a gap only the latest of all that concerns
    somebody is said; a promise goes before a step of the same moment.
    """
    latest = {role: moment for moment in moments for role in moment.to}
    for person, held in groupby(recipients, key=attrgetter("person")):
        appointments = tuple(held)
        own = {each.unit for each in appointments if each.role in REPORTING_ROLES}
        units: dict[UnitId, Owed] = {}
        for unit, role in _concerned(appointments, own, standings):
            for owed in _owed(standings[unit], role, latest, ground):
                units[unit] = max(units[unit], owed, key=_precedence) if unit in units else owed
        if units:
            yield Reminder(person=person, quarter=_quarter(units), units=_in_order(units, standings))


def _concerned(
    appointments: Iterable[Recipient], own: Container[UnitId], standings: Mapping[UnitId, UnitProgress]
) -> Iterator[tuple[UnitId, Role]]:
    """The units that each appointment is about; of the own one nobody hears as its overseer, too."""
    for held in appointments:
        above = held.role not in REPORTING_ROLES
        units = standings if rung_of(held.role) is Rung.DISTRICT else (held.unit,)
        yield from ((unit, held.role) for unit in units if unit in standings and not (above and unit in own))


def _owed(row: UnitProgress, role: Role, latest: Mapping[Role, Moment], ground: Ground) -> Iterator[Owed]:
    """What reminds somebody of a unit: its promise and the latest step, as far as they concern them."""
    unit, in_place = row.unit.id, ground.stands_in(row.unit.id, role)

    def owed(moment: Moment, promise: Promise | None = None) -> Owed:
        return Owed(
            progress=row,
            moment=moment,
            role=role,
            promise=promise,
            spell=ground.spells.get(unit, 0),
            stands_in=in_place,
        )

    kept = ground.kept.get(unit)
    if kept is not None and row.owes is not None and role in kept.moment.to:
        yield owed(kept.moment, kept.promise)
    if kept is not None and role not in REPORTING_ROLES:
        return  # the promised day is still theirs: those above hear of it on the day after
    roles = (role,) if ground.may_hear(unit, rung_of(role)) else ()
    steps = [latest[each] for each in (*roles, *(_FIRST if in_place else ())) if each in latest]
    fitting = [step for step in steps if row.owes in step.about]
    if fitting and (row.owes is not Owes.WORD or role in REPORTING_ROLES):
        yield owed(max(fitting, key=attrgetter("at")))


def _precedence(owed: Owed) -> tuple[datetime, bool, int]:
    return owed.moment.at, owed.promise is not None, rung_of(owed.role).height


def _in_order(units: Mapping[UnitId, Owed], standings: Mapping[UnitId, UnitProgress]) -> tuple[Owed, ...]:
    """Whoever hears of many hears of them in the plan's order; the own units stay in that of appointment."""
    if len(units) < 2 or all(owed.role in REPORTING_ROLES for owed in units.values()):
        return tuple(units.values())
    own = [owed for owed in units.values() if owed.role in REPORTING_ROLES]
    return (*own, *(units[unit] for unit in standings if unit in units and units[unit] not in own))


def _quarter(units: Mapping[UnitId, Owed]) -> Quarter:
    return next(iter(units.values())).progress.quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """That a rung will hear of a unit on a day, unless its report comes before."""

    unit: UnitId
    rung: Rung
    day: date


def announcements(
    reminder: Reminder, moments: Sequence[Moment], ground: Ground, timetable: Timetable, now: datetime
) -> tuple[Announcement, ...]:
    """Who is told next of the units in a reminder; `moments` are all of the quarter.

    A rung is announced in the last message before its step, or, where that was missed, a working day ahead.
    """
    found = (_next_rung(owed, moments, ground, timetable, now) for owed in reminder.units)
    return tuple(each for each in found if each is not None)


def _next_rung(
    owed: Owed, moments: Sequence[Moment], ground: Ground, timetable: Timetable, now: datetime
) -> Announcement | None:
    row, mine = owed.progress, rung_of(owed.role)
    owes = row.owes
    if owed.role not in REPORTING_ROLES or owes not in (Owes.REPORT, Owes.REST):
        return None
    for rung in LADDER[mine.height + 1 :]:
        if not ground.stands(row.unit.id, rung) or (row.unit.id, rung) in ground.announced:
            continue
        concerns = [m for m in moments if owes in m.about and rung in map(rung_of, m.to)]
        if not concerns:
            continue
        if concerns[0].at > min((m.at for m in moments if m.at > now and owed.role in m.to), default=_FAR):
            return None  # there is another message before
        first, today = timetable.today(concerns[0].at), timetable.today(now)
        # Who was told of it today has the night to report; a step that comes later today is too soon.
        day = first if first > today else working_day_from(today + DAY, timetable)
        if timetable.instant(day, timetable.speaks_from) < concerns[-1].until:
            return Announcement(unit=row.unit.id, rung=rung, day=day)
    return None
