"""The steps from candidate to full member, and the ways out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from domain.organisation import Unit, UnitId, UnitKind

CandidateId = NewType("CandidateId", int)


def may_be_same(year: int | None, other: int | None) -> bool:
    """Whether two years of birth can be one person's: they agree, or one was not told."""
    return year is None or other is None or year == other


class Step(StrEnum):
    """A step that is closed, in the order in which they follow (Party rules)."""

    LISTED = "listed"
    MENTORED = "mentored"
    TRAINED = "trained"
    APPLIED = "applied"
    VETTED = "vetted"
    RECOMMENDED = "recommended"
    CELL_RESOLVED = "cell_resolved"
    COMMITTEE_RESOLVED = "committee_resolved"
    DECIDED = "decided"
    ADMITTED = "admitted"
    CONFIRMED = "confirmed"


class WayOut(StrEnum):
    """Why somebody is a candidate no more without having been admitted."""

    MOVED = "moved"
    WITHDREW = "withdrew"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"


ORDER: Final = tuple(Step)
ANSWERED_FOR: Final = frozenset({Step.MENTORED, Step.VETTED, Step.RECOMMENDED})
"""The steps for which the plan makes somebody answerable: who helps, who vets, who opines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken: its entry in the books, on which day, and who answers for it where somebody does."""

    id: int
    step: Step
    on: date
    responsible: str | None = None
    decision_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody on a unit's list, with the steps taken so far, in the order in which they follow."""

    id: CandidateId
    unit: UnitId
    name: str
    folded: str
    gender: str | None
    birth_year: int | None
    birth_date: date | None
    steps: tuple[Taken, ...]

    @property
    def code(self) -> str:
        """What the books call them: «QC-12»."""
        return candidate_code(self.id)

    @property
    def last(self) -> Taken:
        """The furthest step so far."""
        return self.steps[-1]

    @property
    def step(self) -> Step:
        return self.last.step

    @property
    def step_on(self) -> date:
        return self.last.on

    @property
    def is_admitted(self) -> bool:
        return self.taken(Step.ADMITTED) is not None

    def taken(self, step: Step) -> Taken | None:
        """The entry of a step, if it was taken."""
        return next((taken for taken in self.steps if taken.step is step), None)


def candidate_code(candidate: CandidateId) -> str:
    """The code that stands for a candidate in messages: «QC-12»."""
    return f"QC-{candidate}"


def candidate_of_code(code: str) -> CandidateId | None:
    """The inverse of `candidate_code`; None for any other code."""
    kind, _, number = code.partition("-")
    return CandidateId(int(number)) if kind == "QC" and number.isdecimal() else None


def has_committee(counted: Unit) -> bool:
    """Whether a committee stands above the cell: not where a cell reports straight to the district."""
    return counted.kind is UnitKind.GRASSROOTS and not counted.name.startswith("Chi bộ ")


def steps_to_take(candidate: Candidate, committee: bool) -> tuple[Step, ...]:
    """The steps that are not taken yet, the one that follows the furthest first; the confirmation only at the end."""
    behind = ORDER.index(candidate.step)
    ways = [step for step in ORDER if committee or step is not Step.COMMITTEE_RESOLVED]
    left = [step for step in ways if candidate.taken(step) is None]
    left = [step for step in left if candidate.is_admitted == (step is Step.CONFIRMED)]
    return tuple(sorted(left, key=lambda step: (ORDER.index(step) < behind, ORDER.index(step))))


def skipped_by(candidate: Candidate, step: Step, committee: bool) -> tuple[Step, ...]:
    """The steps between the furthest one and a further one, which would be left out."""
    between = ORDER[ORDER.index(candidate.step) + 1 : ORDER.index(step)]
    return tuple(each for each in between if committee or each is not Step.COMMITTEE_RESOLVED)


def bounds_of(candidate: Candidate, step: Step) -> tuple[Taken | None, Taken | None]:
    """The steps taken before and after one in the order: it lies on no day before the first, or after the second.

    The day of being listed binds nothing: it is often the one on which somebody was typed in, long after the rest.
    """
    place = ORDER.index(step)
    before = [taken for taken in candidate.steps if 0 < ORDER.index(taken.step) < place]
    after = [taken for taken in candidate.steps if ORDER.index(taken.step) > place]
    return (before[-1] if before else None), (after[0] if after else None)


def in_order(steps: Iterable[Taken]) -> tuple[Taken, ...]:
    """Steps in the order in which they follow."""
    return tuple(sorted(steps, key=lambda taken: ORDER.index(taken.step)))
