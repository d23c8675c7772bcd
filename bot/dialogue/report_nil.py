"""Reporting that a quarter has no admission: a confirmed zero, which is not the same as silence."""

from __future__ import annotations

from bot.dialogue.file_quarter import QuarterFacts, must_not_be_filed, quarter_facts, quarter_fills
from bot.dialogue.place import which_counted
from bot.dialogue.quarter import quarter_meant
from bot.dialogue.talk import Talk, dialogue
from domain.commands import RecordNil
from domain.deadline import must_be_open
from domain.errors import AdmissionsOnBooks
from domain.policy import Action
from messages.understand.heard import Intent


@dialogue(
    "report_nil",
    opens_on=Intent.NIL,
    needs=Action.FILE,
    facts=quarter_facts,
    fills=quarter_fills,
    asks=("unit", "confirm"),
)
def report_nil(talk: Talk, facts: QuarterFacts) -> RecordNil:
    """The unit admits nobody in the quarter."""
    unit = which_counted(talk, facts.places)
    quarter = quarter_meant(talk, facts.reported_now)
    must_be_open(quarter, facts.grace_days.get(quarter.year), facts.today)
    must_not_be_filed(facts, unit, quarter)
    admitted = facts.admitted(unit, quarter)
    if admitted:
        raise AdmissionsOnBooks(quarter, len(admitted))
    command = RecordNil(unit=unit, quarter=quarter)
    talk.confirm(command, {"target": facts.standing(unit, quarter).target})
    return command
