"""All units one by one: each in a line, in the plan's order."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.quarter import reported_now
from bot.dialogue.status import is_cluster, page_asked, page_of, quarter_asked, status_fills, ways_back
from bot.dialogue.talk import Asker, Talk, dialogue
from bot.dialogue.view import ROWS, seen
from domain.period import Quarter
from domain.policy import Action, overseen
from domain.progress import UnitProgress
from messages import labels, places
from messages.channel import Choice
from messages.say import Say
from messages.status_words import MARKS, OVER, row_pages
from messages.understand.heard import Intent
from storage.queries.rollup import all_progress
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """How each unit stands that the asker sees, and which page of them is asked for."""

    quarter: Quarter
    now: Quarter
    rows: tuple[UnitProgress, ...]
    page: int
    cluster: bool


def list_facts(session: Session, asker: Asker) -> ListFacts:
    """Fetch how the units stand."""
    quarter, among = quarter_asked(session, asker), overseen(asker.person)
    rows = all_progress(session, quarter, asker.now, asker.office)
    return ListFacts(
        quarter=quarter,
        now=reported_now(session, asker),
        rows=tuple(row for row in rows if among is None or row.unit.id in among),
        page=page_asked(asker.answers),
        cluster=is_cluster(asker),
    )


@dialogue("unit_list", opens_on=Intent.UNIT_LIST, needs=Action.OVERSEE, facts=list_facts, fills=status_fills)
def unit_list(_talk: Talk, facts: ListFacts) -> Say:
    """One page of all units; any of them follows when its number or its name is typed."""
    pages = row_pages(facts.rows)
    lines, more = page_of(pages, facts.page)
    words = {
        "quarter": facts.quarter,
        "lines": lines,
        "page": min(facts.page, len(pages)),
        "pages": len(pages),
        "marks": {state.words: mark for state, mark in MARKS.items()},
        "over": OVER,
        "example": _example(facts.rows),
    }
    return Say("unit_list/rows", words, _offers(facts, more=more), seen=seen(ROWS, facts.quarter))


def _example(rows: tuple[UnitProgress, ...]) -> str:
    """What may be typed to see one of the units."""
    return rows[0].unit.number or rows[0].unit.short if rows else ""


def _offers(facts: ListFacts, *, more: bool) -> tuple[Choice, ...]:
    whole, _ = ways_back(facts.quarter, facts.now, cluster=facts.cluster)
    following = (places.rows(facts.quarter, facts.page + 1),) if more else ()
    return (*following, whole, labels.MENU)
