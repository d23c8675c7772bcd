"""The call sheet: whom to ring up about the quarter, a page at a time, in the order in which a call helps most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.dialogue.quarter import quarter_said
from bot.dialogue.status import quarter_asked
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.call_sheet import SheetRow
from domain.office import Office
from domain.period import Quarter
from domain.policy import Action, overseen
from messages import call_words, labels
from messages.readers import Answer
from messages.say import Hearer, Say
from messages.understand.heard import Heard, Intent
from storage.queries import call_sheet as books
from storage.queries.call_sheet import Shown
from storage.session import Session

LATELY: Final = timedelta(days=7)
"""How long the numbers of a sheet that was shown are meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """The sheet as the books stand, and its pages that the asker has seen, where they want the next one."""

    quarter: Quarter
    rows: tuple[SheetRow, ...]
    seen: Shown | None
    now: datetime
    office: Office
    hearer: Hearer


def shown_lately(session: Session, asker: Asker) -> Shown | None:
    """The sheet that the asker may still have before their eyes: not one of the quarter before."""
    return books.shown_last(session, asker.person.id, asker.now - LATELY)


def sheet_facts(session: Session, asker: Asker) -> SheetFacts:
    """Fetch the sheet of all that the asker oversees."""
    seen = shown_lately(session, asker) if "further" in asker.answers else None
    quarter = seen.quarter if seen else quarter_asked(session, asker, viewed=False)
    office = asker.office
    return SheetFacts(
        quarter=quarter,
        rows=tuple(
            row.without(asker.person.id)
            for row in books.call_sheet(session, quarter, asker.now, office, overseen(asker.person))
        ),
        seen=seen,
        now=asker.now,
        office=office,
        hearer=Hearer(asker.names, office.timezone, office.name),
    )


def sheet_fills(heard: Heard, line: Answer) -> Fills:
    """The quarter that the line named, and whether it asks for the next page."""
    further = {"further": line} if line.said == labels.FURTHER_CALLS.value else {}
    return {**quarter_said(heard, line), **further}


@dialogue("call_sheet", opens_on=Intent.SILENT, needs=Action.OVERSEE, facts=sheet_facts, fills=sheet_fills)
def call_sheet(_talk: Talk, facts: SheetFacts) -> Say:
    """A page of the sheet; its rows are the choices, so that the number of a row opens the note of the call."""
    seen = facts.seen.all if facts.seen else ()
    left = [row for row in facts.rows if row.unit.code not in seen]
    if not left:
        ended = "call_sheet/no_more" if seen else "call_sheet/none"
        offers = (*((labels.CALL_SHEET,) if seen else ()), labels.MENU)
        return Say(ended, {"quarter": facts.quarter}, offers)
    page = _page(facts, left)
    number = facts.seen.page + 1 if facts.seen else 1
    return replace(page, seen=books.shown_as(facts.quarter, number, page.codes)).say()


def _page(facts: SheetFacts, left: Sequence[SheetRow]) -> call_words.Page:
    return call_words.page(
        facts.quarter,
        facts.rows,
        left,
        facts.now,
        facts.office.day_of(facts.now),
        facts.hearer,
        is_first=facts.seen is None,
    )
