"""Reporting admissions: who, on which day; in one line or step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue.admission_facts import MOST_AT_ONCE, ReportFacts, facts_told, report_facts, report_fills
from bot.dialogue.admission_notes import notes_on
from bot.dialogue.late import closed_of, reason_asked
from bot.dialogue.namesakes import called
from bot.dialogue.place import Place, which_place
from bot.dialogue.quarter import in_closed_quarter, in_planned_year
from bot.dialogue.talk import Dropped, Talk, dialogue
from bot.dialogue.who_admitted import who_was_admitted
from domain.candidate import candidate_code, may_be_same
from domain.commands import NewMember, RecordAdmissions
from domain.deadline import in_time_on
from domain.errors import AlreadyReported
from domain.facts import Facts
from domain.office import CountBy
from domain.period import Quarter
from domain.policy import Action
from domain.spelling import bare
from messages import labels
from messages.candidate_words import recent_days
from messages.channel import Choice
from messages.fold import fold
from messages.readers import NotUnderstood, OneOf, PastDate, Reader, Words
from messages.say import short_day
from messages.understand.heard import Intent
from storage.queries.admissions import Reported

__all__ = ["MOST_AT_ONCE", "report_admission"]


@dialogue(
    "report_admission",
    opens_on=Intent.ADMISSION,
    needs=Action.REPORT,
    facts=report_facts,
    fills=report_fills,
    asks=(
        *("unit", "who", "name", "many", "names", "near", "when", "decided", "same", "double"),
        *("because", "confirm"),
    ),
    takes_words=("who", "name", "many", "names"),
)
def report_admission(talk: Talk, facts: ReportFacts) -> RecordAdmissions:
    """Whom the unit admitted, and when."""
    place = which_place(talk, facts.places)
    people = _dated(talk, facts, who_was_admitted(talk, facts, place))
    met = [(person, tuple(_namesakes(talk, facts, place, person))) for person in people]
    on_books = tuple(before for _, namesakes in met for before, is_same in namesakes if is_same)
    new = [person for person, namesakes in met if not any(is_same for _, is_same in namesakes)]
    if not new:
        raise AlreadyReported(tuple((before.name, before.code) for before in on_books))
    told = facts_told(talk)
    ours = _ours(talk, facts, place, new)
    command = RecordAdmissions(
        unit=place.unit,
        people=tuple(replace(person, facts=told) for person in ours),
        decision_no=talk.given("decision", Words()),
        others=tuple(before.code for _, namesakes in met for before, is_same in namesakes if not is_same),
        said_on=facts.said_on,
        because=_because(talk, facts, ours),
        typed=tuple(each.name for each in ours if _is_typed(talk, each)),
    )
    remarks = {
        "notes": notes_on(command.people, facts.candidates(place.counted.id)),
        "doubles": [each for each in ours if _has_double(facts, place, each, of_age=False)],
    }
    talk.confirm(command, {**_read_back(facts, command, on_books, told), **remarks})
    return command


def _read_back(
    facts: ReportFacts, command: RecordAdmissions, on_books: Sequence[Reported], told: Facts
) -> Mapping[str, object]:
    """What the confirmation shows: names that the sender typed as they are, and of further facts only that they are."""
    days = [person.counted_on(facts.office.count_by) for person in command.people]
    return {
        "days": days,
        "quarters": [Quarter.of(day) for day in days],
        "alike": len({(person.ceremony_on, person.decision_on) for person in command.people}) == 1,
        "typed": command.typed,
        "on_books": on_books,
        "more": bool(told.told()),
    }


def _is_typed(talk: Talk, person: NewMember) -> bool:
    """Whether the sender has typed the name: then it may be said back as a whole on any channel."""
    said = " , ".join(answer.said for answer in talk.answers.values())
    return _words(person.name) in _words(said)


def _called(talk: Talk, person: NewMember) -> dict[str, object]:
    """What a question about one of the people says of them."""
    code = candidate_code(person.candidate) if person.candidate else ""
    return {"name": person.name, "is_typed": _is_typed(talk, person), "code": code}


def _words(said: str) -> str:
    """The folded words of a text between single spaces, so that a name is found in it as a whole."""
    return f" {bare(said)} "


def _dated(talk: Talk, facts: ReportFacts, people: tuple[NewMember, ...]) -> tuple[NewMember, ...]:
    """The people, each with the day that counts; the other date is kept where it is known."""
    if facts.office.count_by is CountBy.CEREMONY:
        days = _days(talk, facts, "when", people)
        return tuple(replace(person, ceremony_on=days[at]) for at, person in enumerate(people))
    ceremony = talk.given("when", PastDate(facts.office.timezone))
    undecided = tuple(person for person in people if person.decision_on is None)
    days = _days(talk, facts, "decided", undecided) if undecided else []
    left = iter(days)
    return tuple(
        replace(person, ceremony_on=ceremony, decision_on=person.decision_on or next(left))
        for person in people
    )


def _days(talk: Talk, facts: ReportFacts, key: str, people: Sequence[NewMember]) -> list[date]:
    """The day of each: asked one by one where the line named several."""
    named = talk.given("quarter", Words())
    quarter = None if named is None else Quarter.parse(named)
    offers = recent_days(facts.today)
    late = in_closed_quarter(facts.periods(), _in_time_on(facts))
    reader = PastDate(facts.office.timezone, _countable(facts, quarter), offers, late)
    several = len(people) > 1 and talk.given("days", Words()) is not None
    if not several:
        return [talk.ask(key, reader, {"name": None, "quarter": quarter})] * len(people)
    days: list[date] = []
    for number, person in enumerate(people, 1):
        about = {**_called(talk, person), "quarter": quarter}
        item = f"{number} {fold(person.name)}"
        days.append(talk.ask(key, _one_of_these(days, reader), about, item=item))
    return days


def _one_of_these(days: Sequence[date], reader: PastDate) -> Reader[date]:
    """A day that stands for another one in the report already, or any other."""
    offered = [(Choice(day.isoformat(), short_day(day)), day) for day in dict.fromkeys(days)]
    return OneOf(tuple(offered), other=reader.read)


def _countable(facts: ReportFacts, named: Quarter | None) -> Callable[[date], None]:
    """A check that a day lies in a year with a plan, and in the quarter that was named, if any."""

    def check(day: date) -> None:
        in_planned_year(facts.periods())(day)
        quarter = Quarter.of(day)
        if named not in (None, quarter):
            raise NotUnderstood("other_quarter", {"day": day, "quarter": quarter, "named": named})

    return check


def _in_time_on(facts: ReportFacts) -> date:
    return in_time_on(facts.today, facts.said_on)


def _because(talk: Talk, facts: ReportFacts, people: Sequence[NewMember]) -> str | None:
    """Why it is reported only now, where a quarter of theirs is closed."""
    quarters = {Quarter.of(person.counted_on(facts.office.count_by)) for person in people}
    return reason_asked(talk, closed_of(facts.periods(), quarters, _in_time_on(facts)), labels.LATE_BECAUSE)


def _namesakes(
    talk: Talk, facts: ReportFacts, place: Place, person: NewMember
) -> Iterator[tuple[Reported, bool]]:
    """Each of the name that the unit has reported already, and whether it is the same person: that is asked."""
    name = fold(person.name)
    for before in facts.namesakes(place.counted, name):
        if not may_be_same(before.birth_year, person.birth_year):
            continue
        reader = OneOf(((Choice("same", labels.SAME), True), (Choice("another", labels.ANOTHER), False)))
        about = {"before": before, "is_named_so": before.folded == name}
        is_same = talk.ask("same", reader, about, item=before.code)
        yield called(before, person.name), is_same
        if is_same:
            return


def _ours(talk: Talk, facts: ReportFacts, place: Place, people: Sequence[NewMember]) -> tuple[NewMember, ...]:
    """Those who are the unit's own: of whoever another unit seems to have reported, that is asked."""
    kept = tuple(person for person in people if _is_ours(talk, facts, place, person))
    if not kept:
        raise Dropped
    return kept


def _is_ours(talk: Talk, facts: ReportFacts, place: Place, person: NewMember) -> bool:
    if not _has_double(facts, place, person, of_age=True):
        return True
    reader = OneOf(((Choice("ours", labels.OURS), True), (Choice("drop", labels.DROP), False)))
    item = f"{fold(person.name)} {person.birth_year}"
    return talk.ask("double", reader, _called(talk, person), item=item)


def _has_double(facts: ReportFacts, place: Place, person: NewMember, *, of_age: bool) -> bool:
    """Whether another unit has reported somebody of this name: of the very year of birth, or of none that is told."""
    found = facts.elsewhere(place.counted, person)
    return any(each.is_as_old(person.birth_year) is of_age for each in found)
