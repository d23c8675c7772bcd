"""How the asker's own units stand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.place import Place, filing_places_of, places_of, unit_said, which_counted
from bot.dialogue.quarter import reported_now
from bot.dialogue.talk import Asker, Talk, dialogue
from domain.organisation import UnitId
from domain.period import Quarter
from domain.policy import Action
from domain.progress import UnitProgress
from messages import labels
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.progress import progress_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    """The asker's units, how each stands in every quarter of the year, and whose quarters the asker may file."""

    places: tuple[Place, ...]
    now: Quarter
    year: dict[UnitId, tuple[UnitProgress, ...]]
    may_file: frozenset[UnitId]


def progress_facts(session: Session, asker: Asker) -> ProgressFacts:
    """Fetch the four quarters of each unit."""
    places = places_of(session, asker)
    now = reported_now(session, asker)
    quarters = tuple(Quarter(now.year, number) for number in (1, 2, 3, 4))
    return ProgressFacts(
        places=places,
        now=now,
        year={
            p.counted.id: tuple(
                progress_of(session, p.counted, quarter, asker.office.count_by) for quarter in quarters
            )
            for p in places
        },
        may_file=frozenset(place.counted.id for place in filing_places_of(session, asker)),
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
    """The unit's four quarters, and what is still to do."""
    unit = which_counted(talk, facts.places)
    year = facts.year[unit.id]
    now = next(standing for standing in year if standing.quarter == facts.now)
    offers = (
        (labels.ADMISSION, labels.FILE)
        if unit.id in facts.may_file and now.filed is None
        else (labels.ADMISSION,)
    )
    return Say("progress/answer", {"now": now, "year": year}, (*offers, labels.MENU))
