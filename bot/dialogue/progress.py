"""How the asker's own units stand, with their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.dialogue.place import Place, filing_places_of, places_of, unit_said, which_counted
from bot.dialogue.quarter import reported_now
from bot.dialogue.talk import Asker, Talk, dialogue
from domain.organisation import Unit, UnitId
from domain.period import Quarter
from domain.policy import Action
from domain.progress import CellProgress, UnitProgress
from messages import labels
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.progress import cells_progress, progress_of
from storage.session import Session

MOST_CELLS: Final = 15
"""Cells that are listed; of more, those that nothing was heard of are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    """The asker's units, whose quarters the asker may file, and how each unit and its cells stand.

    Of cells those are told that the asker speaks for, with the number of admissions that name no cell.
    """

    places: tuple[Place, ...]
    now: Quarter
    may_file: frozenset[UnitId]
    year: Callable[[Unit], tuple[UnitProgress, ...]]
    cells: Callable[[Unit], tuple[tuple[CellProgress, ...], int]]


def progress_facts(session: Session, asker: Asker) -> ProgressFacts:
    """Fetch the asker's units; how one stands is fetched when it is looked at."""
    places, now, count_by = places_of(session, asker), reported_now(session, asker), asker.office.count_by
    own = {place.unit.id for place in places}

    def year(unit: Unit) -> tuple[UnitProgress, ...]:
        quarters = [Quarter(now.year, number) for number in (1, 2, 3, 4)]
        return tuple(progress_of(session, unit, quarter, count_by) for quarter in quarters)

    def cells(unit: Unit) -> tuple[tuple[CellProgress, ...], int]:
        standings, without = cells_progress(session, unit, now, asker.today, count_by)
        return tuple(s for s in standings if s.unit.id in own), without if unit.id in own else 0

    return ProgressFacts(
        places=places,
        now=now,
        may_file=frozenset(place.counted.id for place in filing_places_of(session, asker)),
        year=year,
        cells=cells,
    )


@dialogue(
    "progress",
    opens_on=Intent.PROGRESS,
    needs=Action.SEE_UNIT,
    facts=progress_facts,
    fills=unit_said,
    asks=("unit",),
)
def progress(talk: Talk, facts: ProgressFacts) -> Say:
    """The unit's four quarters, its cells, and what is still to do."""
    unit = which_counted(talk, facts.places)
    year = facts.year(unit)
    now = next(standing for standing in year if standing.quarter == facts.now)
    cells, without = facts.cells(unit)
    offers = (
        (labels.ADMISSION, labels.FILE)
        if unit.id in facts.may_file and now.filed is None
        else (labels.ADMISSION,)
    )
    words = {"now": now, "year": year, "without": without, **_listed(cells)}
    return Say("progress/answer", words, (*offers, labels.MENU))


def _listed(cells: tuple[CellProgress, ...]) -> dict[str, object]:
    """The cells to list, and how many more there are: those that were heard of come first where not all are listed."""
    shown = cells
    if len(cells) > MOST_CELLS:
        shown = tuple(sorted(cells, key=lambda cell: not cell.has_spoken))[:MOST_CELLS]
    return {"cells": shown, "more_cells": len(cells) - len(shown), "all_cells": len(cells)}
