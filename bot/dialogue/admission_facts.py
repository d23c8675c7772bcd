"""What reporting admissions needs to know of the books, and what its opening line answers already."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from bot.dialogue.namesakes import veiled
from bot.dialogue.place import Place, places_of, unit_said
from bot.dialogue.talk import Asker, Fills, Talk
from domain.candidate import Candidate
from domain.closing import Periods
from domain.commands import NewMember
from domain.facts import Facts, Schooling
from domain.office import NamesShown, Office
from domain.organisation import Unit, UnitId
from messages.fold import fold
from messages.readers import Answer, Words, people_as_json
from messages.understand.heard import Heard
from storage.queries import admissions
from storage.queries.admissions import Reported
from storage.queries.candidates import open_candidates
from storage.queries.periods import periods_of
from storage.session import Session

MOST_AT_ONCE: Final = 20
"""People in one report: as many as one message can read back, for a yes is to what was seen."""
_OF_THE_REPORT: Final = ("who", "name", "many", "names", "when", "decided")
"""The answers that make a report; once they are all said it only lacks a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What the conversation needs to know of the books; what is a function is fetched when it is looked at.

    `candidates` are those of a grassroots organisation and its cells; `said_on` is the day of the last answer
    that the report is made of.
    """

    office: Office
    today: date
    said_on: date
    names: NamesShown
    places: tuple[Place, ...]
    candidates: Callable[[UnitId], tuple[Candidate, ...]]
    namesakes: Callable[[Unit, str], tuple[Reported, ...]]
    elsewhere: Callable[[Unit, NewMember], tuple[Reported, ...]]
    periods: Callable[[], Periods]


def report_facts(session: Session, asker: Asker) -> ReportFacts:
    """Fetch the asker's units, their candidates and what they reported."""
    today, count_by = asker.today, asker.office.count_by

    @cache
    def elsewhere(unit: UnitId, folded: str, birth_year: int | None) -> tuple[Reported, ...]:
        return admissions.elsewhere(session, unit, folded, birth_year, today, count_by)

    def of_commune(unit: UnitId) -> tuple[Candidate, ...]:
        cells = [cell.id for cell in asker.person.cells if cell.parent == unit]
        return open_candidates(session, [unit, *cells])

    return ReportFacts(
        office=asker.office,
        today=today,
        said_on=_said_on(asker),
        names=asker.names,
        places=places_of(session, asker),
        candidates=cache(of_commune),
        namesakes=lambda unit, name: veiled(
            asker.person, admissions.namesakes(session, unit.id, name, today, count_by)
        ),
        elsewhere=lambda unit, person: elsewhere(unit.id, fold(person.name), person.birth_year),
        periods=cache(lambda: periods_of(session)),
    )


def _said_on(asker: Asker) -> date:
    said = [at.at for key, at in asker.answers.items() if key.partition("/")[0] in _OF_THE_REPORT]
    return asker.office.day_of(max(said, default=asker.at))


def report_fills(heard: Heard, line: Answer) -> Fills:
    """What a line such as «kn dc Hoa sn 1999 ngay 15/3» answers already."""
    fills = dict(unit_said(heard, line))
    if heard.people:
        fills["who"] = Answer(line.said, line.at, people_as_json(heard.people))
    if heard.date is not None:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    elif heard.quarter is not None:
        fills["quarter"] = Answer(line.said, line.at, heard.quarter.code)
    if len(heard.people) > 1 and "date" in heard.unclear:
        fills["days"] = Answer(line.said, line.at, "several")
    if heard.count not in (None, len(heard.people)):
        fills["count"] = Answer(line.said, line.at, str(heard.count))
    if heard.decision is not None:
        fills["decision"] = Answer(line.said, line.at, heard.decision)
    fills |= facts_fill(heard, line)
    return fills


def facts_fill(heard: Heard, line: Answer) -> Fills:
    """The facts for the counts that a line tells, if it does."""
    told = heard.facts.told()
    return {"facts": Answer(line.said, line.at, json.dumps(told))} if told else {}


def facts_told(talk: Talk) -> Facts:
    """The facts for the counts that the line told besides."""
    said = talk.given("facts", Words())
    told = json.loads(said) if said is not None and said.startswith("{") else {}
    schooling = told.pop("schooling", None)
    return Facts(**told, schooling=None if schooling is None else Schooling(schooling))
