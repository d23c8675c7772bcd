"""What filing a quarter needs to know of the books, with the admissions on them or as a confirmed zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.dialogue.place import Place, filing_places_of, places_of, unit_said
from bot.dialogue.quarter import closing_days, quarter_said, quarter_waited_for, reported_now
from bot.dialogue.talk import Asker, Fills, Talk
from domain.closing import Periods
from domain.errors import AlreadyFiled
from domain.office import Office
from domain.organisation import Unit, UnitId
from domain.period import Quarter
from domain.progress import UnitProgress
from domain.read_back import ReadBack, mark_of, read_back_of
from messages.readers import Answer, Words
from messages.understand.heard import Heard
from storage.queries.admissions import Reported, reported
from storage.queries.periods import periods_of
from storage.queries.progress import progress_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFacts:
    """Units that the asker may speak for, how they stand in the quarters that may be spoken of, what they reported.

    `may_file` are those whose quarters the asker may file; how one stands is fetched when it is looked at.
    """

    office: Office
    today: date
    places: tuple[Place, ...]
    may_file: frozenset[UnitId]
    reported_now: Quarter
    standing: Callable[[Unit, Quarter], UnitProgress]
    reported: tuple[Reported, ...]
    periods: Periods

    def admitted(self, unit: Unit, quarter: Quarter) -> tuple[Reported, ...]:
        """What a unit has reported for a quarter; of a cell, what is its own."""
        return tuple(r for r in self.reported if unit.id in (r.unit, r.cell) and r.counted_on in quarter)


def quarter_facts(session: Session, asker: Asker) -> QuarterFacts:
    """Fetch how the units stand whose quarters the asker may file, in this quarter and the one before."""
    return _facts(session, asker, filing_places_of(session, asker))


def nil_facts(session: Session, asker: Asker) -> QuarterFacts:
    """The same of all units that the asker reports for, cells among them."""
    return _facts(session, asker, places_of(session, asker))


def _facts(session: Session, asker: Asker, places: tuple[Place, ...]) -> QuarterFacts:
    count_by, running, periods = asker.office.count_by, Quarter.of(asker.today), periods_of(session)
    first = min(running.previous, *periods.open_on(asker.today)).first_day
    counted = list({place.counted.id for place in places})
    return QuarterFacts(
        office=asker.office,
        today=asker.today,
        places=places,
        may_file=frozenset(place.counted.id for place in filing_places_of(session, asker)),
        reported_now=reported_now(session, asker),
        standing=cache(lambda unit, quarter: progress_of(session, unit, quarter, count_by)),
        reported=reported(session, counted, first, running.last_day, count_by),
        periods=periods,
    )


def quarter_fills(heard: Heard, line: Answer) -> Fills:
    """The unit and the quarter that the line named; of a choice under a reminder, also what that read back."""
    shown = read_back_of(heard.code)
    if shown is None:
        return {**unit_said(heard, line), **quarter_said(heard, line)}
    return {**place_read_back(shown, line), "shown": Answer(line.said, line.at, shown.code)}


def place_read_back(shown: ReadBack, line: Answer) -> Fills:
    """The unit and the quarter that a message spoke of."""
    return {
        "unit": Answer(line.said, line.at, shown.unit),
        "quarter": Answer(line.said, line.at, shown.quarter.code),
    }


def was_read_back(talk: Talk, unit: Unit, quarter: Quarter, admitted: Sequence[Reported]) -> bool | None:
    """Whether a message has read back just this, so that a tap under it is the yes; None where none has."""
    shown = read_back_of(talk.given("shown", Words()))
    if shown is None or shown.admitted is None:
        return None
    mark = mark_of((one.code, one.name, one.counted_on) for one in admitted)
    now = ReadBack(unit=unit.code, quarter=quarter, admitted=len(admitted), mark=mark)
    return shown == now


def which_quarter(talk: Talk, facts: QuarterFacts, unit: Unit) -> Quarter:
    """The quarter meant, which is open and not filed yet: asked where two wait for this unit's word."""
    quarters = facts.periods.open_on(facts.today)
    waiting = [quarter for quarter in quarters if _waits(facts, unit, quarter)]
    quarter = quarter_waited_for(talk, facts.reported_now, closing_days(waiting, facts.periods), facts.today)
    facts.periods.must_be_open(quarter, facts.today)
    filed = facts.standing(unit, quarter).filed
    if filed is not None:
        raise AlreadyFiled(quarter, facts.office.day_of(filed.at))
    return quarter


def _waits(facts: QuarterFacts, unit: Unit, quarter: Quarter) -> bool:
    """Whether a unit's word on a quarter is still to come, where something is to be said."""
    standing = facts.standing(unit, quarter)
    return standing.filed is None and bool(standing.target.quarter or facts.admitted(unit, quarter))
