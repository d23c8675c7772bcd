"""Reporting that a quarter has no admission: a confirmed zero, which is not the same as silence."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.place import Place, which_place
from bot.dialogue.quarter_facts import (
    QuarterFacts,
    nil_facts,
    quarter_fills,
    was_read_back,
    which_quarter,
)
from bot.dialogue.talk import Talk, dialogue
from domain.commands import RecordNil
from domain.errors import AdmissionsOnBooks, NotAllowed
from domain.organisation import UnitKind
from domain.policy import Action
from messages.understand.heard import Intent


def _offered(facts: QuarterFacts) -> tuple[Place, ...]:
    """Where the asker may file a quarter that is what is meant; a cell is where it is named, or there is nothing else."""
    if not facts.may_file:
        return facts.places
    return tuple(replace(place, below=place.unit.kind is UnitKind.CELL) for place in facts.places)


@dialogue(
    "report_nil",
    opens_on=Intent.NIL,
    needs=Action.REPORT,
    facts=nil_facts,
    fills=quarter_fills,
    asks=("unit", "quarter", "confirm"),
)
def report_nil(talk: Talk, facts: QuarterFacts) -> RecordNil:
    """The unit admits nobody in the quarter; a cell says so to its commune, whose quarter stays as it is."""
    unit = which_place(talk, _offered(facts)).unit
    is_cell = unit.kind is UnitKind.CELL
    if not is_cell and unit.id not in facts.may_file:
        raise NotAllowed
    quarter = which_quarter(talk, facts, unit)
    admitted = facts.admitted(unit, quarter)
    if admitted:
        raise AdmissionsOnBooks(quarter, len(admitted), is_cell)
    command = RecordNil(unit=unit, quarter=quarter)
    if was_read_back(talk, unit, quarter, admitted):
        return command
    talk.confirm(command, {"target": facts.standing(unit, quarter).target})
    return command
