"""What can be done to the books: each command is one act, as a value; `bot.carry_out` alone acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.candidate import CandidateId
from domain.organisation import Unit
from domain.period import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody who was admitted, as the unit reported it; `candidate` when they were on its list."""

    name: str
    gender: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    candidate: CandidateId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAdmissions:
    """Record that a unit admitted these people at a ceremony on one day.

    `others` are receipt codes of admissions that bear the same names and are, so it was said, other people.
    """

    unit: Unit
    people: tuple[NewMember, ...]
    ceremony_on: date
    decision_no: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNil:
    """Record a unit's word that it admits nobody in a quarter."""

    unit: Unit
    quarter: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuarter:
    """Record a unit's word that its `admitted` admissions of a quarter are all."""

    unit: Unit
    quarter: Quarter
    admitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoLast:
    """Undo what these entries of the log say was done: all that one message of the person's did."""

    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCell:
    """Put a new cell, by its short name, on the books below a grassroots organisation."""

    parent: Unit
    short: str


Command = RecordAdmissions | RecordNil | FileQuarter | UndoLast | AddCell
