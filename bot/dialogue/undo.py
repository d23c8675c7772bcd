"""Undoing: what the last message did, read back and taken back, for a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.dialogue.late import closed_of, reason_asked
from bot.dialogue.quarter import quarter_said
from bot.dialogue.talk import Asker, Elsewhere, Fills, Talk, dialogue
from domain.closing import Period, Periods
from domain.commands import UndoLast
from domain.period import Quarter
from domain.policy import Action, may
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
    """What the asker's last message did, and which closed quarters that counts in; empty where nothing is to undo.

    Of a quarter that the line names it is the last message about that one, where there is any. `reopens` is the
    quarter, where it was closed by another one's hand or too long ago, and may be reopened.
    """

    last: tuple[Described, ...]
    reports: bool
    closed: tuple[Period, ...]
    reopens: Quarter | None = None


def undo_facts(session: Session, asker: Asker) -> UndoFacts:
    """Fetch what the asker did last, within the time in which it can be undone."""
    since, periods = asker.at - UNDOABLE_FOR, periods_of(session)
    said = asker.answers["quarter"].value if "quarter" in asker.answers else None
    named = last_undoable(session, asker.person.id, since, said) if said else ()
    entries = named or last_undoable(session, asker.person.id, since)
    quarters = {
        quarter for entry in entries for quarter in quarters_of(session, entry, asker.office.count_by)
    }
    return UndoFacts(
        last=tuple(described(session, entry) for entry in entries),
        reports=bool(asker.person.reports_for),
        closed=closed_of(periods, quarters, asker.today) if quarters else (),
        reopens=None if named or said is None else _reopenable(periods, Quarter.parse(said), asker),
    )


def _reopenable(periods: Periods, quarter: Quarter, asker: Asker) -> Quarter | None:
    period = periods.of(quarter)
    is_closed = period is not None and period.is_closed(asker.office.day_of(asker.now))
    return quarter if is_closed and may(asker.person, Action.CLOSE_QUARTER) else None


def undo_fills(heard: Heard, line: Answer) -> Fills:
    """The receipt or the quarter that the line named: «rút BS-22-01», «hoàn tác khóa sổ quý I»."""
    is_receipt = heard.code is not None and _RECEIPT.fullmatch(heard.code) is not None
    return {"code": Answer(line.said, line.at, heard.code)} if is_receipt else quarter_said(heard, line)


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
    if facts.reopens is not None:
        raise Elsewhere(Intent.REOPEN_QUARTER, {"quarter": talk.answers["quarter"]})
    if not facts.last:
        offers = (labels.CORRECT, labels.MENU) if facts.reports else (labels.MENU,)
        return Say("undo/nothing", {"reports": facts.reports}, offers)
    because = reason_asked(talk, facts.closed, labels.UNDONE_BECAUSE)
    command = UndoLast(entries=tuple(each.entry.id for each in facts.last), because=because)
    talk.confirm(command, {"what": facts.last, "at": facts.last[0].entry.said_at})
    return command
