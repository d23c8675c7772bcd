"""Amendments: what of a reported admission can be corrected, and what a correction changes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from domain.office import CountBy
from domain.organisation import UnitId
from domain.period import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a report says of an admission and can be corrected; one of the two dates at least is known."""

    name: str
    gender: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    ceremony_on: date | None = None
    decision_on: date | None = None
    decision_no: str | None = None

    def dated_by(self, count_by: CountBy) -> str:
        """The field that puts it into a quarter: the other date serves when the one that counts is missing."""
        first, second = "ceremony_on", "decision_on"
        if count_by is CountBy.DECISION:
            first, second = second, first
        return first if getattr(self, first) is not None else second

    def counted_on(self, count_by: CountBy) -> date:
        """The day that puts it into a quarter."""
        day: date = getattr(self, self.dated_by(count_by))
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that an amendment changes: the field, and its value before and after."""

    what: str
    old: object
    new: object


def changes_between(before: Figures, after: Figures) -> tuple[Change, ...]:
    """What differs between two states of a report, in the order of the fields."""
    both = [(each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(Figures)]
    return tuple(Change(what=what, old=old, new=new) for what, old, new in both if old != new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A correction of one admission, or its withdrawal, where nothing is left `after` it.

    `revision` is the one that was corrected: nobody else may have changed the report in between.
    """

    admission: int
    revision: int
    code: str
    unit: UnitId
    before: Figures
    after: Figures | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs, in the order of the fields; empty for a withdrawal."""
        return () if self.after is None else changes_between(self.before, self.after)

    def quarters(self, count_by: CountBy) -> tuple[Quarter, ...]:
        """The quarters that it touches: the one in which the admission counted, and the one in which it does now."""
        figures = (self.before,) if self.after is None else (self.before, self.after)
        return tuple(dict.fromkeys(Quarter.of(each.counted_on(count_by)) for each in figures))
