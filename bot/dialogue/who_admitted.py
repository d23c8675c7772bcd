"""Who was admitted: a candidate to choose, or names that are typed and may be a candidate's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from bot.dialogue.admission_facts import MOST_AT_ONCE, ReportFacts
from bot.dialogue.place import Place
from bot.dialogue.talk import Talk
from domain.candidate import Candidate, Step, may_be_same
from domain.commands import NewMember
from domain.office import NamesShown
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import is_same_name, is_written_alike, proper_name, told_apart
from messages.readers import Answer, NotUnderstood, OneOf, People, WholeNumber
from messages.understand.heard import PersonSaid

MOST_SHOWN: Final = 8
"""Candidates offered at once: what fits on a small screen."""
Options = tuple[tuple[Choice, Candidate | tuple[PersonSaid, ...]], ...]
_SHORTEST: Final = 6
"""Letters that a name must have for one slip in it to be clear."""


def who_was_admitted(talk: Talk, facts: ReportFacts, place: Place) -> tuple[NewMember, ...]:
    """Candidates of the unit to choose from, or names that are typed."""
    of_all = facts.candidates(place.counted.id)
    own = [c for c in of_all if place.unit.id in (place.counted.id, c.unit)]
    announced = talk.given("count", WholeNumber(1, MOST_AT_ONCE))
    ways_out = () if announced in (None, 1) else (labels.STOP,)
    names = People(facts.office.timezone, None, MOST_AT_ONCE, ways_out)
    picked = _picked_before(talk, own)
    shown = (
        own[:MOST_SHOWN] if picked is None or picked in own[:MOST_SHOWN] else [picked, *own[: MOST_SHOWN - 1]]
    )
    said = _named(talk, facts, shown, names, announced)
    if isinstance(said, Candidate):
        return (_member(said),)
    people = _as_announced(talk, names, said, announced)
    return _linked(talk, facts.names, people, own, of_all)


def _picked_before(talk: Talk, own: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose card the report was begun from: they are shown, however many are further."""
    said = talk.answers.get("who")
    return next((c for c in own if said is not None and said.value == f"candidate:{c.id}"), None)


def _named(
    talk: Talk, facts: ReportFacts, own: Sequence[Candidate], names: People, announced: int | None
) -> Candidate | tuple[PersonSaid, ...]:
    """The candidate chosen, or the people named."""
    shown = own if announced in (None, 1) else ()
    about = {"announced": announced, "shown": bool(shown)}
    if not shown:
        return talk.ask("who", names, about)
    other = (Choice("other", labels.SOMEBODY_ELSE), ())
    options: Options = (*_choices(shown, facts.names), other)
    who = talk.ask("who", OneOf(options, other=names.read), about)
    return who or talk.ask("name", names)


def _as_announced(
    talk: Talk, names: People, people: tuple[PersonSaid, ...], announced: int | None
) -> tuple[PersonSaid, ...]:
    """The people, as many as were announced, unless it is said that they are another number."""
    if announced in (None, len(people)):
        return people
    right = Choice("right", labels.so_many(len(people)))
    again: tuple[PersonSaid, ...] = ()

    def further(answer: Answer) -> tuple[PersonSaid, ...]:
        more = names.read(answer)
        return (*people, *more) if len(people) + len(more) == announced else more

    anew = Choice("again", labels.TYPE_NAMES_AGAIN)
    reader = OneOf(((right, people), (anew, again), (labels.STOP, again)), other=further)
    found = talk.ask("many", reader, {"announced": announced, "people": people})
    return found or talk.ask("names", names)


def _linked(
    talk: Talk,
    how: NamesShown,
    people: Sequence[PersonSaid],
    own: Sequence[Candidate],
    of_all: Sequence[Candidate],
) -> tuple[NewMember, ...]:
    """People as they were named, each with the candidate who they are, if there is one.

    Where two people bear a candidate's name, nobody can tell which of them it is. Of other cells' lists only
    a very name counts, for their people are not shown.
    """
    named = [fold(person.name) for person in people]
    free = [c for c in of_all if named.count(c.folded) <= 1]
    found: dict[int, Candidate | None] = {}
    for at, person in enumerate(people):
        same = [c for c in free if _is_same(c, person)]
        found[at] = same[0] if len(same) == 1 else None
    taken = {c.id for c in found.values() if c is not None}
    members = []
    for at, person in enumerate(people):
        left = [c for c in own if c in free and c.id not in taken]
        known = found[at] or _one_near(talk, how, person, left)
        if known is not None:
            taken.add(known.id)
        members.append(_member(known, person) if known is not None else _new(person))
    return tuple(members)


def _one_near(
    talk: Talk, how: NamesShown, person: PersonSaid, candidates: Sequence[Candidate]
) -> Candidate | None:
    """The candidate who is meant by a name that is nearly theirs: that is asked."""
    near = [c for c in candidates if _is_near(c, person)][:MOST_SHOWN]
    if not near:
        return None

    def by_name(answer: Answer) -> Candidate | None:
        same = [c for c in near if c.folded == fold(answer.said)]
        if len(same) != 1:
            raise NotUnderstood("not_a_choice")
        return same[0]

    nobody = (Choice("nobody", labels.NOT_IN_LIST), None)
    reader = OneOf((*_choices(near, how), nobody), other=by_name)
    return talk.ask("near", reader, {"name": person.name}, item=fold(person.name))


def _is_same(candidate: Candidate, person: PersonSaid) -> bool:
    """Whether name and year of birth agree; tone marks tell people apart where both names are written with them."""
    return (
        candidate.folded == fold(person.name)
        and may_be_same(candidate.birth_year, person.birth_year)
        and _marks_agree(candidate.name, person.name)
    )


def _marks_agree(name: str, other: str) -> bool:
    return name.isascii() or other.isascii() or is_written_alike(name, other)


def _is_near(candidate: Candidate, person: PersonSaid) -> bool:
    """One clear slip, other tone marks, a part of the name that people call each other by, or one of several so named."""
    name, other = candidate.folded, fold(person.name)
    if not may_be_same(candidate.birth_year, person.birth_year):
        return False
    is_slip = min(len(name), len(other)) >= _SHORTEST and OSA.distance(name, other, score_cutoff=1) <= 1
    return is_same_name(name, other) or is_slip


def _choices(candidates: Sequence[Candidate], how: NamesShown) -> tuple[tuple[Choice, Candidate], ...]:
    """Candidates to choose from, each with how far they have come."""
    named = zip(candidates, told_apart(candidates, how), strict=True)
    return tuple(
        (Choice(f"candidate:{c.id}", labels.candidate(name, c.step, c.step_on)), c) for c, name in named
    )


def _member(candidate: Candidate, said: PersonSaid | None = None) -> NewMember:
    """A candidate as an admission names them; what was said of them goes before what the list holds."""
    decided = candidate.taken(Step.DECIDED)
    return NewMember(
        name=candidate.name,
        gender=(said and said.gender) or candidate.gender,
        birth_year=(said and said.birth_year) or candidate.birth_year,
        birth_date=(said and said.birth_date) or candidate.birth_date,
        candidate=candidate.id,
        decision_on=decided.on if decided else None,
        decision_no=decided.decision_no if decided else None,
    )


def _new(person: PersonSaid) -> NewMember:
    return NewMember(
        name=proper_name(person.name),
        gender=person.gender,
        birth_year=person.birth_year,
        birth_date=person.birth_date,
    )
