"""Filing a quarter: the unit's word that what it reported is all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.dialogue.place import Place, filing_places_of, unit_said, which_counted
from bot.dialogue.quarter import quarter_meant, quarter_said, reported_now
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import FileQuarter, RecordNil
from domain.deadline import must_be_open
from domain.errors import AlreadyFiled
from domain.office import Office
from domain.organisation import Unit, UnitId
from domain.period import Quarter
from domain.policy import Action
from domain.progress import UnitProgress
from messages import labels
from messages.readers import Answer
from messages.understand.heard import Heard, Intent
from storage.queries.admissions import Reported, reported
from storage.queries.progress import grace_days_by_year, progress_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFacts:
    """The units that the asker may file for, how they stand in the quarters that may be spoken of, and what they reported."""

    office: Office
    today: date
    places: tuple[Place, ...]
    reported_now: Quarter
    standings: Mapping[tuple[UnitId, Quarter], UnitProgress]
    reported: tuple[Reported, ...]
    grace_days: Mapping[int, int]

    def standing(self, unit: Unit, quarter: Quarter) -> UnitProgress:
        """How one of the asker's units stands in a quarter that is open."""
        return self.standings[unit.id, quarter]

    def admitted(self, unit: Unit, quarter: Quarter) -> tuple[Reported, ...]:
        """What a unit has reported for a quarter."""
        return tuple(r for r in self.reported if r.unit == unit.id and r.counted_on in quarter)


def quarter_facts(session: Session, asker: Asker) -> QuarterFacts:
    """Fetch how the asker's units stand in this quarter and the one before."""
    places = filing_places_of(session, asker)
    today, count_by = asker.today, asker.office.count_by
    running = Quarter.of(today)
    units = {place.counted.id: place.counted for place in places}
    quarters = (running.previous, running)
    return QuarterFacts(
        office=asker.office,
        today=today,
        places=places,
        reported_now=reported_now(session, asker),
        standings={
            (unit.id, quarter): progress_of(session, unit, quarter, count_by)
            for unit in units.values()
            for quarter in quarters
        },
        reported=reported(session, list(units), running.previous.first_day, running.last_day, count_by),
        grace_days=grace_days_by_year(session),
    )


def quarter_fills(heard: Heard, line: Answer) -> Fills:
    """The unit and the quarter that the line named."""
    return {**unit_said(heard, line), **quarter_said(heard, line)}


@dialogue(
    "file_quarter",
    opens_on=Intent.FILE_QUARTER,
    needs=Action.FILE,
    facts=quarter_facts,
    fills=quarter_fills,
    asks=("unit", "confirm"),
)
def file_quarter(talk: Talk, facts: QuarterFacts) -> FileQuarter | RecordNil:
    """The quarter is complete; with nothing on the books it is a nil."""
    unit = which_counted(talk, facts.places)
    quarter = quarter_meant(talk, facts.reported_now)
    must_be_open(quarter, facts.grace_days.get(quarter.year), facts.today)
    must_not_be_filed(facts, unit, quarter)
    admitted = facts.admitted(unit, quarter)
    command: FileQuarter | RecordNil = (
        FileQuarter(unit=unit, quarter=quarter, admitted=len(admitted))
        if admitted
        else RecordNil(unit=unit, quarter=quarter)
    )
    target = facts.standing(unit, quarter).target
    talk.confirm(command, {"admitted": admitted, "target": target}, instead=labels.REPORT_MORE)
    return command


def must_not_be_filed(facts: QuarterFacts, unit: Unit, quarter: Quarter) -> None:
    """Refuse to file again what is filed, unless figures came after it."""
    filed = facts.standing(unit, quarter).filed
    if filed is not None:
        raise AlreadyFiled(quarter, facts.office.day_of(filed.at))
