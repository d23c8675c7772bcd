"""Which candidate is meant: by a choice, a code, or a name that may fit several, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.candidate_facts import CandidateFacts
from bot.dialogue.talk import Changed, Elsewhere, Talk
from domain.candidate import Candidate, candidate_of_code, may_be_same
from domain.errors import AdmittedAlready
from messages import candidate_words
from messages.channel import Choice
from messages.fold import fold
from messages.names import near_name, of_name, proper_name
from messages.readers import Answer, NotUnderstood, OneOf, people_as_json, people_from_json
from messages.understand import PersonSaid, read_people
from messages.understand.heard import Intent

PAGE: Final = 7
"""People shown at once: with what else is offered under them, one digit each."""
MOST_AT_ONCE: Final = 4
"""People named in one line from whom one is chosen; more than that are not gone over one by one."""
MOST_LIKE: Final = 7
"""People offered whose names are like one that was typed."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A name that fits several people, or nobody; then `near` are those whose names are nearly the same.

    Where several people were named, `unknown` are those whom nobody fits, and `fits` whom all others fit.
    """

    person: PersonSaid
    fits: tuple[Candidate, ...] = ()
    near: tuple[Candidate, ...] = ()
    several: bool = False
    unknown: tuple[PersonSaid, ...] = ()


Picked = Candidate | Unsure | Choice


@dataclass(frozen=True, slots=True)
class Who:
    """One of some people: by a choice of those `shown`, by code, or by name; or one of the `extra` choices."""

    shown: tuple[Choice, ...]
    among: tuple[Candidate, ...]
    timezone: ZoneInfo
    extra: tuple[Choice, ...] = ()
    by_whole_name: bool = False
    """Whether nothing but a name that is known may be typed."""

    def choices(self) -> tuple[Choice, ...]:
        return (*self.shown, *self.extra)

    def read(self, answer: Answer) -> Picked:
        for choice in self.extra:
            if answer.value == choice.value:
                return choice
        by_code = _by_code(self.among, answer.value or answer.said)
        if by_code is not None:
            return by_code
        if answer.value is not None and not answer.value.startswith("["):
            if candidate_of_code(answer.value) is not None:
                raise NotUnderstood("no_such_candidate")
            raise NotUnderstood("not_a_choice")
        return self._of_names(_names_in(answer, self.timezone, self.by_whole_name))

    def _of_names(self, people: Sequence[PersonSaid]) -> Picked:
        if not people:
            raise NotUnderstood("not_a_choice")
        known = [person for person in people if self._fits(person)]
        if len(people) > 1 and len(known) != 1:
            return self._one_of(people)
        person = (known or people)[0]
        fits = self._fits(person)
        if len(fits) == 1:
            return fits[0]
        near = () if fits else self._like(person, near_name(self.among, person.name))
        if self.by_whole_name and not fits and not near:
            raise NotUnderstood("not_a_choice")
        return Unsure(person, fits, near)

    def _one_of(self, people: Sequence[PersonSaid]) -> Unsure:
        if len(people) > MOST_AT_ONCE:
            raise NotUnderstood("one_at_a_time")
        unknown = tuple(person for person in people if not self._fits(person))
        fits = dict.fromkeys(one for person in people for one in self._fits(person))
        near = dict.fromkeys(
            one for person in unknown for one in self._like(person, near_name(self.among, person.name))
        )
        only_near = tuple(one for one in near if one not in fits)
        return Unsure(people[0], tuple(fits), only_near, several=True, unknown=unknown)

    def _fits(self, person: PersonSaid) -> tuple[Candidate, ...]:
        return self._like(person, of_name(self.among, person.name))

    @staticmethod
    def _like(person: PersonSaid, people: Sequence[Candidate]) -> tuple[Candidate, ...]:
        return tuple(one for one in people if may_be_same(one.birth_year, person.birth_year))


def _by_code(among: Sequence[Candidate], said: str) -> Candidate | None:
    """The candidate of a choice's value, or of a code."""
    wanted = said.strip().upper()
    return next((one for one in among if wanted in (f"CANDIDATE:{one.id}", one.code)), None)


def _names_in(answer: Answer, timezone: ZoneInfo, by_whole_name: bool) -> Sequence[PersonSaid]:
    if answer.value is not None:
        return people_from_json(answer.value)
    if by_whole_name:
        return (PersonSaid(name=answer.said),)
    return read_people(answer.said, answer.at.astimezone(timezone).date())


def pick(
    talk: Talk,
    facts: CandidateFacts,
    among: tuple[Candidate, ...],
    extra: tuple[Choice, ...] = (),
    *,
    by_whole_name: bool = False,
    page: int = 0,
) -> Picked:
    """Ask for one of these people, a page at a time."""
    shown = among[page * PAGE :][:PAGE]
    more = (candidate_words.MORE,) if len(among) > (page + 1) * PAGE else ()
    reader = Who(facts.choices(shown), among, facts.office.timezone, (*more, *extra), by_whole_name)
    about = {"shown": shown, "among": among, "page": page, "facts": facts}
    picked = talk.ask("who", reader, about, item=str(page) if page else "")
    if picked == candidate_words.MORE:
        return pick(talk, facts, among, extra, by_whole_name=by_whole_name, page=page + 1)
    return picked


def which_candidate(
    talk: Talk, facts: CandidateFacts, among: tuple[Candidate, ...], aside: tuple[Candidate, ...] = ()
) -> Candidate:
    """The candidate meant, one of these; who is only among those `aside` was admitted, and that is said."""
    said = talk.answers.get("who")
    admitted = _by_code(aside, said.value or said.said) if said else None
    if admitted is not None:
        raise AdmittedAlready(admitted.name, admitted.code)
    picked = pick(talk, facts, among)
    if isinstance(picked, Unsure):
        return settle(talk, facts, picked, among, aside)
    if isinstance(picked, Candidate):
        return picked
    raise TypeError("nothing but people was offered")


def settle(
    talk: Talk,
    facts: CandidateFacts,
    unsure: Unsure,
    among: tuple[Candidate, ...],
    aside: tuple[Candidate, ...] = (),
) -> Candidate:
    """Ask who is meant by a name that fits several people, or nobody, who may then be put on the list first."""
    name = proper_name(unsure.person.name)
    admitted = () if unsure.fits or unsure.several else of_name(aside, name)
    if len(admitted) == 1:
        raise AdmittedAlready(admitted[0].name, admitted[0].code)
    like = (*unsure.fits, *unsure.near)[:MOST_LIKE]
    to_add = unsure.unknown if unsure.several else (unsure.person,)
    offers: list[tuple[Choice, Candidate | PersonSaid | None]] = [
        *zip(facts.choices(like), like, strict=True),
        *((_adding(person, unsure.several), person) for person in to_add),
        *([(candidate_words.FROM_LIST, None)] if len(among) > len(like) else []),
    ]
    item = fold(f"several {name}" if unsure.several else name)
    about = {"name": name, "fits": unsure.fits, "near": unsure.near, "several": unsure.several}
    chosen = talk.ask("which", OneOf(tuple(offers)), about, item=item)
    if isinstance(chosen, Candidate):
        return chosen
    if chosen is None:
        raise Changed(tuple(key for key in talk.answers if key.partition("/")[0] in ("who", "which")))
    said = talk.answers[f"which/{item}"]
    on = {"when": talk.answers["when"]} if "when" in talk.answers else {}
    answers = {"who": Answer(proper_name(chosen.name), said.at, people_as_json([chosen])), **on}
    raise Elsewhere(Intent.CANDIDATE_ADD, answers, forget=(f"which/{item}",))


def _adding(person: PersonSaid, one_of_several: bool) -> Choice:
    add = candidate_words.add_named(proper_name(person.name))
    return Choice(f"{add.value}:{fold(person.name)}", add.label) if one_of_several else add
