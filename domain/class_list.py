"""The class for those who want to join: who is ready for the next one, and what an office has decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from domain.candidate import Candidate, Step
from domain.candidate_limits import Limits, months_after
from domain.organisation import Unit
from domain.spelling import bare


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRules:
    """On which day of a month and at what local hour the district is told who is ready for the next class.

    A unit is of a private firm when its name holds one of the words `firms` and none of `others`.
    """

    day: int = 1
    at: time = time(8)
    firms: tuple[str, ...] = ("công ty", "doanh nghiệp")
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForClass:
    """A candidate who is ready for the class: the unit whose list it is, and the one with a target above it.

    `is_worker` of a private firm, whose classes belong on Saturday and Sunday; `again` when the certificate is no longer valid.
    """

    who: Candidate
    unit: Unit
    counted: Unit
    is_worker: bool
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassList:
    """Who is ready for the next class, in the plan's order of units, and how many wait for a mentor before."""

    day: date
    rows: tuple[ForClass, ...]
    unmentored: int

    @property
    def workers(self) -> tuple[ForClass, ...]:
        """The workers of private firms."""
        return tuple(row for row in self.rows if row.is_worker)

    @property
    def others(self) -> tuple[ForClass, ...]:
        """Everybody else."""
        return tuple(row for row in self.rows if not row.is_worker)

    @property
    def units(self) -> int:
        """How many units with a target they belong to."""
        return len({row.counted.id for row in self.rows})


def needs_class(candidate: Candidate, today: date, limits: Limits) -> bool:
    """Whether somebody has to go to the class before a decision: never there, or the certificate is no longer valid."""
    if candidate.taken(Step.DECIDED) or candidate.is_admitted:
        return False
    return candidate.taken(Step.TRAINED) is None or goes_again(candidate, today, limits)


def goes_again(candidate: Candidate, today: date, limits: Limits) -> bool:
    """Whether the certificate of somebody who was at the class is no longer valid."""
    certificate = candidate.taken(Step.TRAINED)
    return certificate is not None and months_after(certificate.on, limits.certificate_months) < today


def is_ready(candidate: Candidate) -> bool:
    """Whether the step before the class is done, or one beyond it: a Party member helps them."""
    return candidate.step is not Step.LISTED


def is_of_firm(units: Sequence[Unit], rules: ClassRules) -> bool:
    """Whether one of the units, a cell and what is above it, is of a private firm by its name."""
    return any(_holds(unit.name, rules.firms) and not _holds(unit.name, rules.others) for unit in units)


def _holds(name: str, words: Sequence[str]) -> bool:
    whole = f" {bare(name)} "
    return any(f" {bare(word)} " in whole for word in words)
