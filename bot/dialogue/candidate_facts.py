"""What conversations about candidates need to know of the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.dialogue.namesakes import veiled
from bot.dialogue.place import Place, filing_places_of, places_of, which_place
from bot.dialogue.talk import Asker, Fills, Talk
from domain.candidate import Candidate, has_committee
from domain.class_list import is_of_firm
from domain.office import NamesShown, Office
from domain.organisation import Unit, UnitId
from messages.candidate_words import candidate_choice
from messages.channel import Choice
from messages.names import told_apart
from messages.readers import Answer, people_as_json
from messages.understand.heard import Heard
from storage.queries import admissions
from storage.queries.admissions import Reported
from storage.queries.candidates import followed
from storage.queries.employments import employed
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFacts:
    """The asker's units with the cells below them, and who is followed there, those who are furthest first.

    `works_for_firm` tells whether somebody is a worker of a private firm: as it was told, else by the unit's name.

    `followed` are the candidates, and after them those admitted who are not confirmed yet.
    """

    office: Office
    today: date
    names: NamesShown
    own: tuple[Place, ...]
    places: Mapping[UnitId, Place]
    followed: tuple[Candidate, ...]
    namesakes: Callable[[Unit, str], tuple[Reported, ...]]
    works_for_firm: Callable[[Candidate], bool]

    @property
    def open(self) -> tuple[Candidate, ...]:
        """The candidates."""
        return tuple(one for one in self.followed if not one.is_admitted)

    @property
    def on_probation(self) -> tuple[Candidate, ...]:
        """Those who were admitted and are not confirmed yet."""
        return tuple(one for one in self.followed if one.is_admitted)

    def unit(self, candidate: Candidate) -> Unit:
        return self.places[candidate.unit].unit

    def committee(self, candidate: Candidate) -> bool:
        """Whether a committee votes about a candidate, too."""
        return has_committee(self.places[candidate.unit].counted)

    def cell(self, candidate: Candidate) -> str:
        """The name of a candidate's unit, where the asker follows those of several."""
        return self.unit(candidate).short if len(self.places) > 1 else ""

    def choices(self, candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
        """These people to choose from, as the asker's channel may name them."""
        apart = told_apart(self.followed, self.names)
        names = {one.id: name for one, name in zip(self.followed, apart, strict=True)}
        return tuple(candidate_choice(one, names[one.id], self.cell(one), self.today) for one in candidates)


def candidate_facts(session: Session, asker: Asker) -> CandidateFacts:
    """Fetch the asker's units, the cells of those that the asker leads, and who is followed there."""
    own = places_of(session, asker)
    led = {place.counted.id: place.counted for place in filing_places_of(session, asker)}
    below = [Place(unit=cell, counted=led[cell.parent]) for cell in asker.person.cells if cell.parent in led]
    places = {place.unit.id: place for place in (*own, *below)}
    people = followed(session, list(places))

    @cache
    def works_for_firm(one: Candidate) -> bool:
        told = employed(session, [one.id])
        place = places[one.unit]
        return told.get(one.id, is_of_firm((place.unit, place.counted), asker.timetable.class_list))

    return CandidateFacts(
        office=asker.office,
        today=asker.today,
        names=asker.names,
        own=own,
        places=places,
        followed=tuple(sorted(people, key=lambda one: one.is_admitted)),
        namesakes=cache(
            lambda unit, name: veiled(
                asker.person,
                admissions.namesakes(session, unit.id, name, asker.today, asker.office.count_by),
            )
        ),
        works_for_firm=works_for_firm,
    )


def which_list(talk: Talk, facts: CandidateFacts) -> Place:
    """The unit on whose list somebody is to be put: a cell that was named, or one of the asker's own."""
    named = talk.answers.get("unit")
    below = [place for place in facts.places.values() if named and named.value == place.unit.name]
    return below[0] if len(below) == 1 else which_place(talk, facts.own)


def who_said(heard: Heard, line: Answer) -> Fills:
    """The candidate that a line named, by code or by name."""
    if heard.code is not None:
        return {"who": Answer(line.said, line.at, heard.code)}
    return {"who": Answer(line.said, line.at, people_as_json(heard.people))} if heard.people else {}
