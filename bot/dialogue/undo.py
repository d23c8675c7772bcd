"""Undoing: what the last message did, read back and taken back, for a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.dialogue.late import closed_of, reason_asked
from bot.dialogue.talk import Asker, Elsewhere, Fills, Talk, dialogue
from domain.closing import Period
from domain.commands import UndoLast
from domain.policy import Action
from messages import labels
from messages.readers import Answer, Words
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries.audit import last_undoable
from storage.queries.described import Described, described, quarters_of
from storage.queries.periods import periods_of
from storage.session import Session

_RECEIPT: Final = re.compile(r"\w+-[0-9]+-[0-9]+")
UNDOABLE_FOR: Final = timedelta(days=1)
"""How long after it was said something can be undone by who said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoFacts:
    """What the asker's last message did, and which closed quarters that counts in; empty where nothing is to undo."""

    last: tuple[Described, ...]
    reports: bool
    closed: tuple[Period, ...]


def undo_facts(session: Session, asker: Asker) -> UndoFacts:
    """Fetch what the asker did last, within the time in which it can be undone."""
    entries = last_undoable(session, asker.person.id, asker.at - UNDOABLE_FOR)
    quarters = {
        quarter for entry in entries for quarter in quarters_of(session, entry, asker.office.count_by)
    }
    return UndoFacts(
        last=tuple(described(session, entry) for entry in entries),
        reports=bool(asker.person.reports_for),
        closed=closed_of(periods_of(session), quarters, asker.today) if quarters else (),
    )


def undo_fills(heard: Heard, line: Answer) -> Fills:
    """The receipt that the line named: «rút BS-22-01»."""
    is_receipt = heard.code is not None and _RECEIPT.fullmatch(heard.code) is not None
    return {"code": Answer(line.said, line.at, heard.code)} if is_receipt else {}


@dialogue(
    "undo",
    opens_on=Intent.UNDO,
    needs=Action.BE_HERE,
    facts=undo_facts,
    fills=undo_fills,
    asks=("because", "confirm"),
)
def undo(talk: Talk, facts: UndoFacts) -> UndoLast | Say:
    """Take back all that the last message did; another report that is named is withdrawn by correcting it."""
    code = talk.given("code", Words())
    if code is not None and {each.entry.subject for each in facts.last} != {code}:
        said = talk.answers["code"]
        raise Elsewhere(Intent.CORRECT, {"report": said, "withdrawn": replace(said, value="yes")})
    if not facts.last:
        offers = (labels.CORRECT, labels.MENU) if facts.reports else (labels.MENU,)
        return Say("undo/nothing", {"reports": facts.reports}, offers)
    because = reason_asked(talk, facts.closed, labels.UNDONE_BECAUSE)
    command = UndoLast(entries=tuple(each.entry.id for each in facts.last), because=because)
    talk.confirm(command, {"what": facts.last, "at": facts.last[0].entry.said_at})
    return command
