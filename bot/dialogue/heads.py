"""How many of a unit's village heads are Party members: two numbers, in one line or one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.place import Place, filing_places_of, unit_said, which_counted
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import RecordHeads
from domain.organisation import UnitId
from domain.policy import Action
from domain.progress import HeadsRate
from messages.channel import Choice
from messages.readers import Answer, WholeNumber
from messages.understand.heard import Heard, Intent
from storage.queries.heads import heads_of
from storage.queries.plan_terms import plan_terms
from storage.session import Session

MOST: Final = 500
"""Village heads of one unit: more is a slip of the finger."""
_RATIO: Final = re.compile(r"(?<!\d)(\d{1,3})\s*/\s*(\d{1,3})(?![\d/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsFacts:
    """The units that the asker may file for, what they told before, and the share that the plan aims at."""

    places: tuple[Place, ...]
    before: Mapping[UnitId, HeadsRate]
    aim: int | None


def heads_facts(session: Session, asker: Asker) -> HeadsFacts:
    """Fetch the asker's units with their figures, and the plan's aim."""
    places = filing_places_of(session, asker)
    told = {place.counted.id: heads_of(session, place.counted.id) for place in places}
    plan = plan_terms(session, asker.today.year)
    return HeadsFacts(
        places=places,
        before={unit: counted.rate for unit, counted in told.items() if counted},
        aim=plan.heads_rate if plan else None,
    )


def heads_fills(heard: Heard, line: Answer) -> Fills:
    """The unit and the two numbers of «trưởng thôn đv 9/10»; also those that cannot be, so that it is said why."""
    said = _RATIO.search(line.said)
    if heard.heads is not None:
        numbers = (str(heard.heads.members), str(heard.heads.total))
    elif said is not None:
        numbers = (said[1], said[2])
    else:
        return unit_said(heard, line)
    members, total = (replace(line, value=number) for number in numbers)
    return {**unit_said(heard, line), "members": members, "total": total}


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the two numbers of «9/10», or a number alone."""

    number: WholeNumber
    place: int

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> int:
        ratio = None if answer.value else _RATIO.fullmatch(answer.said.strip())
        return self.number.read(replace(answer, value=ratio[self.place]) if ratio else answer)


@dialogue(
    "heads",
    opens_on=Intent.HEADS,
    needs=Action.FILE,
    facts=heads_facts,
    fills=heads_fills,
    asks=("unit", "total", "members", "confirm"),
)
def heads(talk: Talk, facts: HeadsFacts) -> RecordHeads:
    """All of them first, then how many are members, which cannot be more."""
    unit = which_counted(talk, facts.places)
    total = talk.ask("total", _Part(WholeNumber(1, MOST), 2), {"unit": unit})
    members = talk.ask("members", _Part(WholeNumber(0, total), 1), {"total": total})
    command = RecordHeads(unit=unit, members=members, total=total)
    talk.confirm(command, {"before": facts.before.get(unit.id), "aim": facts.aim})
    return command
