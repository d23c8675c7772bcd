"""What a unit tells the district besides its figures: obstacles, promises, the wish to be rung up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from domain.organisation import Unit, UnitId
from domain.people import Appointment, PersonId
from domain.title import title_of

IssueId = NewType("IssueId", int)
CallId = NewType("CallId", int)
PromiseId = NewType("PromiseId", int)


def issue_code(issue: IssueId) -> str:
    """What people call an issue: «VM-3»."""
    return f"VM-{issue}"


def issue_of_code(code: str) -> IssueId | None:
    """The issue that a code names; None for the code of something else."""
    kind, _, number = code.partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return IssueId(int(number)) if kind == "VM" and is_number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAnswer:
    """What the district answered, and when; `id` is its row's."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An obstacle that a unit told the district of, with the answers in force, oldest first."""

    id: IssueId
    unit: Unit
    text: str
    at: datetime
    by: PersonId | None
    withdrawn: bool
    answers: tuple[IssueAnswer, ...] = ()

    @property
    def code(self) -> str:
        return issue_code(self.id)

    @property
    def answer_ids(self) -> tuple[int, ...]:
        return tuple(answer.id for answer in self.answers)

    @property
    def is_open(self) -> bool:
        return not self.withdrawn and not self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The day by which a unit promised its report of a quarter, and who did."""

    id: PromiseId
    unit: UnitId
    day: date
    by: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody's open wish to be rung up, and what they hold; None when that has ended."""

    id: CallId
    person: PersonId
    name: str
    phone: str | None
    asked_at: datetime
    held: Appointment | None

    @property
    def title(self) -> str:
        """How they are addressed: «bí thư đảng ủy xã Biên Sơn»."""
        return "người dùng" if self.held is None else title_of(self.held.role, self.held.unit)
