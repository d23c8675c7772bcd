"""Putting people on the list of candidates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, which_list
from bot.dialogue.namesakes import called
from bot.dialogue.place import Place, unit_said
from bot.dialogue.talk import Fills, Talk, dialogue
from domain.candidate import Candidate, may_be_same
from domain.candidate_limits import age_concern
from domain.commands import ListCandidates, NewCandidate
from domain.errors import AlreadyListed
from domain.facts import Schooling
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import is_same_name, proper_name
from messages.readers import Answer, OneOf, PastDate, People, WholeNumber, Words, people_as_json
from messages.understand.heard import Heard, Intent, PersonSaid
from storage.queries.admissions import Reported

MOST_AT_ONCE = 20
"""People put on a list at once: as many as one message can read back."""
Before = Candidate | Reported
"""Somebody of the name who is on the books already."""


def add_fills(heard: Heard, line: Answer) -> Fills:
    """What a line such as «thêm quần chúng Hoa sn 1999» answers already."""
    fills = dict(unit_said(heard, line))
    if heard.people:
        fills["who"] = Answer(line.said, line.at, people_as_json(heard.people))
    if heard.date is not None:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    if heard.count not in (None, len(heard.people)):
        fills["count"] = Answer(line.said, line.at, str(heard.count))
    if heard.facts.schooling is not None:
        fills["schooling"] = Answer(line.said, line.at, heard.facts.schooling.value)
    if heard.facts.private_sector is not None:
        fills["private_firm"] = Answer(line.said, line.at, "yes" if heard.facts.private_sector else "no")
    return fills


@dialogue(
    "candidate_add",
    opens_on=Intent.CANDIDATE_ADD,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=add_fills,
    asks=("unit", "who", "same", "confirm"),
    takes_words=("who",),
)
def candidate_add(talk: Talk, facts: CandidateFacts) -> ListCandidates:
    """Who is put on the list."""
    place = which_list(talk, facts)
    expected = talk.given("count", WholeNumber(1, MOST_AT_ONCE))
    names = People(facts.office.timezone, expected, MOST_AT_ONCE)
    firm = {"yes": True, "no": False}.get(talk.given("private_firm", Words()) or "")
    people = [_new(said, firm) for said in talk.ask("who", names, {"expected": expected})]
    met = [(person, tuple(_namesakes(talk, facts, place, person))) for person in people]
    on_books = tuple(one for _, before in met for one, is_same in before if is_same)
    new = tuple(person for person, before in met if not any(is_same for _, is_same in before))
    if not new:
        raise AlreadyListed(on_books[-1].name, on_books[-1].code)
    listed_on = talk.given("when", PastDate(facts.office.timezone)) or facts.today
    others = tuple(one.code for one, is_same in chain.from_iterable(b for _, b in met) if not is_same)
    command = ListCandidates(unit=place.unit, people=new, listed_on=listed_on, others=others)
    ages = [(one, age_concern(one.birth_year, one.birth_date, listed_on)) for one in new]
    about = {
        "on_books": on_books,
        "ages": [(one, concern) for one, concern in ages if concern],
        "is_backdated": listed_on != facts.today,
        "schooling_short": talk.given("schooling", Words()) == Schooling.PRIMARY,
    }
    talk.confirm(command, about)
    return command


def _new(said: PersonSaid, private_firm: bool | None) -> NewCandidate:
    return NewCandidate(
        name=proper_name(said.name),
        gender=said.gender,
        birth_year=said.birth_year or (said.birth_date.year if said.birth_date else None),
        birth_date=said.birth_date,
        private_firm=private_firm,
    )


def _namesakes(
    talk: Talk, facts: CandidateFacts, place: Place, person: NewCandidate
) -> Iterator[tuple[Before, bool]]:
    """Each of the name on the unit's list, or reported as admitted, and whether it is the same person: that is asked."""
    for before in _of_the_name(facts, place, fold(person.name)):
        if not may_be_same(before.birth_year, person.birth_year):
            continue
        reader = OneOf(((Choice("same", labels.SAME), True), (Choice("another", labels.ANOTHER), False)))
        listed = before if isinstance(before, Candidate) else None
        is_same = talk.ask("same", reader, {"before": before, "listed": listed}, item=before.code)
        yield (called(before, person.name) if isinstance(before, Reported) else before), is_same
        if is_same:
            return


def _of_the_name(facts: CandidateFacts, place: Place, folded: str) -> Iterator[Before]:
    for one in facts.followed:
        near = facts.places[one.unit].counted.id == place.counted.id
        if near and is_same_name(one.folded, folded):
            yield one
    yield from facts.namesakes(place.counted, folded)
