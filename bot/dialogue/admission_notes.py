"""What a confirmation remarks of people who are on the unit's list: steps that lack, days that contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.candidate import ORDER, Candidate, Step, Taken
from domain.commands import NewMember

_LAST_BEFORE: Final = ORDER.index(Step.DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark on one person: the list has only come as far as `taken`, or has it after the ceremony (`is_late`)."""

    name: str
    code: str
    taken: Taken
    is_late: bool


def notes_on(people: Sequence[NewMember], candidates: Sequence[Candidate]) -> tuple[Note, ...]:
    """The remarks on the people of a report, at most one on each."""
    listed = {candidate.id: candidate for candidate in candidates}
    found = ((person, listed.get(person.candidate)) for person in people if person.candidate is not None)
    return tuple(note for person, candidate in found if candidate for note in _notes(person, candidate))


def _notes(person: NewMember, candidate: Candidate) -> Iterator[Note]:
    late = _after(candidate, person.ceremony_on)
    if late is not None or ORDER.index(candidate.step) < _LAST_BEFORE:
        taken = late or candidate.last
        yield Note(name=person.name, code=candidate.code, taken=taken, is_late=late is not None)


def _after(candidate: Candidate, ceremony: date | None) -> Taken | None:
    """The furthest step on the list that is said to be of a day after the ceremony."""
    if ceremony is None:
        return None
    later = [taken for taken in candidate.steps if taken.on > ceremony and taken.step is not Step.LISTED]
    return later[-1] if later else None
