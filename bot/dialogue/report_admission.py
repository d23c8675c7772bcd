"""Reporting admissions: who, on which day; in one line or step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from bot.dialogue.place import Place, places_of, unit_said, which_place
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.candidate import Candidate, may_be_same
from domain.commands import NewMember, RecordAdmissions
from domain.deadline import closes_on, is_closed
from domain.errors import AlreadyReported
from domain.office import NamesShown, Office
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import proper_name, told_apart
from messages.readers import (
    Answer,
    NotUnderstood,
    OneOf,
    PastDate,
    People,
    WholeNumber,
    Words,
    people_as_json,
)
from messages.understand.heard import Heard, Intent, PersonSaid
from storage.queries.admissions import Reported, namesakes
from storage.queries.candidates import open_candidates
from storage.queries.progress import grace_days_by_year
from storage.session import Session

MOST_SHOWN: Final = 8
"""Candidates offered at once: what fits on a small screen."""
MOST_AT_ONCE: Final = 20
"""People in one report: as many as one message can read back, for a yes is to what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What the conversation needs to know of the books; the last three are fetched when they are looked at."""

    office: Office
    today: date
    names: NamesShown
    places: tuple[Place, ...]
    candidates: Callable[[], tuple[Candidate, ...]]
    namesakes: Callable[[Unit, str], tuple[Reported, ...]]
    grace_days: Callable[[], Mapping[int, int]]


def report_facts(session: Session, asker: Asker) -> ReportFacts:
    """Fetch the asker's units, their candidates and what they reported."""
    places = places_of(session, asker)
    today = asker.today
    return ReportFacts(
        office=asker.office,
        today=today,
        names=asker.names,
        places=places,
        candidates=cache(lambda: open_candidates(session, [place.unit.id for place in places])),
        namesakes=lambda unit, name: namesakes(session, unit.id, name, today, asker.office.count_by),
        grace_days=cache(lambda: grace_days_by_year(session)),
    )


def report_fills(heard: Heard, line: Answer) -> Fills:
    """What a line such as «kn dc Hoa sn 1999 ngay 15/3» answers already."""
    fills = dict(unit_said(heard, line))
    if heard.people:
        fills["who"] = Answer(line.said, line.at, people_as_json(heard.people))
    if heard.date is not None:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    if heard.count not in (None, len(heard.people)):
        fills["count"] = Answer(line.said, line.at, str(heard.count))
    if heard.decision is not None:
        fills["decision"] = Answer(line.said, line.at, heard.decision)
    return fills


@dialogue(
    "report_admission",
    opens_on=Intent.ADMISSION,
    needs=Action.REPORT,
    facts=report_facts,
    fills=report_fills,
    asks=("unit", "who", "name", "when", "same", "confirm"),
    takes_words=("who", "name"),
)
def report_admission(talk: Talk, facts: ReportFacts) -> RecordAdmissions:
    """Whom the unit admitted, and when."""
    place = which_place(talk, facts.places)
    people = _who(talk, facts, place)
    when = talk.ask("when", PastDate(facts.office.timezone, _in_open_quarter(facts)))
    met = [(person, tuple(_namesakes(talk, facts, place, person))) for person in people]
    on_books = tuple(before for _, namesakes in met for before, is_same in namesakes if is_same)
    new = tuple(person for person, namesakes in met if not any(is_same for _, is_same in namesakes))
    if not new:
        raise AlreadyReported(on_books[-1].name, on_books[-1].code)
    command = RecordAdmissions(
        unit=place.unit,
        people=new,
        ceremony_on=when,
        decision_no=talk.given("decision", Words()),
        others=tuple(before.code for _, namesakes in met for before, is_same in namesakes if not is_same),
    )
    talk.confirm(command, {"quarter": Quarter.of(when), "on_books": on_books})
    return command


def _who(talk: Talk, facts: ReportFacts, place: Place) -> tuple[NewMember, ...]:
    """Candidates of the unit to choose from, or names that are typed."""
    own = [candidate for candidate in facts.candidates() if candidate.unit == place.unit.id]
    expected = talk.given("count", WholeNumber(1, MOST_AT_ONCE))
    names = People(facts.office.timezone, expected, MOST_AT_ONCE)
    shown = [] if names.expected not in (None, 1) else own[:MOST_SHOWN]
    if not shown:
        return _linked(talk.ask("who", names, {"expected": names.expected, "shown": ()}), own)
    options = [
        (Choice(f"candidate:{c.id}", labels.candidate(name, c.step, c.step_on)), (_member(c),))
        for c, name in zip(shown, told_apart(shown, facts.names), strict=True)
    ]
    nobody: tuple[NewMember, ...] = ()
    reader = OneOf(
        (*options, (Choice("other", labels.SOMEBODY_ELSE), nobody)),
        other=lambda answer: _linked(names.read(answer), own),
    )
    who = talk.ask("who", reader, {"expected": names.expected, "shown": tuple(shown)})
    return who or _linked(talk.ask("name", names), own)


def _member(candidate: Candidate) -> NewMember:
    return NewMember(
        name=candidate.name,
        gender=candidate.gender,
        birth_year=candidate.birth_year,
        birth_date=candidate.birth_date,
        candidate=candidate.id,
    )


def _linked(people: tuple[PersonSaid, ...], candidates: list[Candidate]) -> tuple[NewMember, ...]:
    """People as they were named, each with the one candidate of that name, if the year of birth agrees.

    Where two people bear a candidate's name, nobody can tell which of them it is.
    """
    named = [fold(person.name) for person in people]
    sure = [candidate for candidate in candidates if named.count(candidate.folded) == 1]
    return tuple(_one_linked(person, sure) for person in people)


def _one_linked(person: PersonSaid, candidates: list[Candidate]) -> NewMember:
    same = [c for c in candidates if c.folded == fold(person.name)]
    known = same[0] if len(same) == 1 and may_be_same(same[0].birth_year, person.birth_year) else None
    return NewMember(
        name=known.name if known else proper_name(person.name),
        gender=person.gender or (known.gender if known else None),
        birth_year=person.birth_year or (known.birth_year if known else None),
        birth_date=person.birth_date or (known.birth_date if known else None),
        candidate=known.id if known else None,
    )


def _namesakes(
    talk: Talk, facts: ReportFacts, place: Place, person: NewMember
) -> Iterator[tuple[Reported, bool]]:
    """Each of the name that the unit has reported already, and whether it is the same person: that is asked."""
    for before in facts.namesakes(place.counted, fold(person.name)):
        if not may_be_same(before.birth_year, person.birth_year):
            continue
        reader = OneOf(((Choice("same", labels.SAME), True), (Choice("another", labels.ANOTHER), False)))
        is_same = talk.ask("same", reader, {"before": before}, item=before.code)
        yield before, is_same
        if is_same:
            return


def _in_open_quarter(facts: ReportFacts) -> Callable[[date], None]:
    """A check that the day lies in a quarter that still takes reports."""

    def check(day: date) -> None:
        quarter = Quarter.of(day)
        grace = facts.grace_days().get(quarter.year)
        if grace is None:
            raise NotUnderstood("no_plan", {"year": quarter.year})
        if is_closed(quarter, grace, facts.today):
            closed = {"quarter": quarter, "closed_on": closes_on(quarter, grace), "day": day}
            raise NotUnderstood("quarter_closed", closed)

    return check
