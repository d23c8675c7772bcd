"""How strong a unit is: its number of members, the day of its last admission, or both."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.place import Place, places_of, unit_said, which_place
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import RecordStrength
from domain.organisation import Unit
from domain.policy import Action
from domain.strength import Strength
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.long_ago import last_day_of
from messages.readers import Answer, OneOf, PastDate, WholeNumber
from messages.understand.heard import Heard, Intent
from storage.queries.strength import last_booked, told_by
from storage.session import Session

MOST: Final = 9_999
"""Members of one unit: more is a slip of the finger."""
MEMBERS: Final = "members"
LAST: Final = "last"
BOTH: Final = "both"
_MEMBERS_SAID: Final = re.compile(
    r"([0-9]{1,4})\s*(?:đảng viên|dang vien|đv|dv|đồng chí|đ/c|người)?\s*ạ?\.?", re.IGNORECASE
)
_OF_MEMBERS: Final = ("so dang vien", "tong dang vien", "dang so")
_OF_THE_LAST: Final = ("gan nhat", "gan day nhat", "lan cuoi", "cuoi cung")


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthFacts:
    """The asker's units, and of each what was told before, and its last admission on the books."""

    places: tuple[Place, ...]
    timezone: ZoneInfo
    before: Callable[[Unit], Strength]
    booked: Callable[[Unit], date | None]


def strength_facts(session: Session, asker: Asker) -> StrengthFacts:
    """Fetch the asker's units."""
    return StrengthFacts(
        places=places_of(session, asker),
        timezone=asker.office.timezone,
        before=lambda unit: told_by(session, unit.id).strength,
        booked=lambda unit: last_booked(session, unit, asker.today, asker.office.count_by),
    )


def strength_fills(heard: Heard, line: Answer) -> Fills:
    """The unit, and what the line tells of it, or speaks of without telling it."""
    found = dict(unit_said(heard, line))
    if heard.members is not None:
        found[MEMBERS] = replace(line, value=str(heard.members))
    of_the_last = any(words in fold(line.said) for words in _OF_THE_LAST)
    if of_the_last and heard.date is not None:
        found[LAST] = replace(line, value=heard.date.isoformat())
    elif of_the_last and last_day_of(line.said, line.at.date()):
        found[LAST] = line
    of_members = heard.members is not None or any(words in fold(line.said) for words in _OF_MEMBERS)
    about = (MEMBERS if of_members else "") + (LAST if of_the_last else "")
    what = BOTH if about == MEMBERS + LAST else about
    return {**found, "what": replace(line, value=what)} if what else found


@dataclass(frozen=True, slots=True)
class _Members:
    """A number of members: «12», «12 đảng viên»."""

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> int:
        said = None if answer.value else _MEMBERS_SAID.fullmatch(answer.said.strip())
        return WholeNumber(1, MOST).read(replace(answer, value=said[1]) if said else answer)


@dataclass(frozen=True, slots=True)
class _LastDay:
    """The day of an admission long ago; of a month or a year the last day, which does the unit no wrong."""

    timezone: ZoneInfo

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> date:
        today = answer.at.astimezone(self.timezone).date()
        ends = None if answer.value else last_day_of(answer.said, today)
        return ends or PastDate(self.timezone).read(answer)


_WHAT: Final = OneOf(
    (
        (Choice(MEMBERS, labels.MEMBERS), (True, False)),
        (Choice(LAST, labels.LAST_ADMISSION), (False, True)),
        (Choice(BOTH, labels.BOTH), (True, True)),
    )
)


@dialogue(
    "strength",
    opens_on=Intent.STRENGTH,
    needs=Action.REPORT,
    facts=strength_facts,
    fills=strength_fills,
    asks=("unit", "what", "members", "last", "confirm"),
)
def strength(talk: Talk, facts: StrengthFacts) -> RecordStrength:
    """Of which unit, what is told, and that."""
    unit = which_place(talk, facts.places).unit
    before, about = facts.before(unit), {"unit": unit}
    of_members, of_last = talk.ask("what", _WHAT, {**about, "before": before})
    members = talk.ask("members", _Members(), about) if of_members else None
    last = talk.ask("last", _LastDay(facts.timezone), about) if of_last else None
    command = RecordStrength(unit=unit, members=members, last_admission=last)
    same = Strength(
        members=before.members if of_members else None,
        last_admission=before.last_admission if of_last else None,
    )
    talk.confirm(command, {"before": same, "booked": facts.booked(unit)})
    return command
