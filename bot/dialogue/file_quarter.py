"""Filing a quarter: the unit's word that what it reported is all."""

from __future__ import annotations

from bot.dialogue.place import which_counted
from bot.dialogue.quarter_facts import (
    QuarterFacts,
    quarter_facts,
    quarter_fills,
    was_read_back,
    which_quarter,
)
from bot.dialogue.talk import Talk, dialogue
from domain.commands import FileQuarter, RecordNil
from domain.policy import Action
from messages import labels
from messages.understand.heard import Intent


@dialogue(
    "file_quarter",
    opens_on=Intent.FILE_QUARTER,
    needs=Action.FILE,
    facts=quarter_facts,
    fills=quarter_fills,
    asks=("unit", "quarter", "confirm"),
)
def file_quarter(talk: Talk, facts: QuarterFacts) -> FileQuarter | RecordNil:
    """The quarter is complete; with nothing on the books it is a nil. What a reminder has read back needs one tap."""
    unit = which_counted(talk, facts.places)
    quarter = which_quarter(talk, facts, unit)
    admitted = facts.admitted(unit, quarter)
    read_back = was_read_back(talk, unit, quarter, admitted)
    words = {
        "admitted": admitted,
        "target": facts.standing(unit, quarter).target,
        "has_changed": read_back is False,
    }
    if not admitted:
        nil = RecordNil(unit=unit, quarter=quarter)
        talk.confirm(nil, words, instead=(labels.REPORT_MORE,))
        return nil
    command = FileQuarter(unit=unit, quarter=quarter, admitted=len(admitted))
    if read_back:
        return command
    talk.confirm(command, words, instead=(labels.correct(quarter), labels.REPORT_MORE))
    return command
