"""Targets against admissions: the states of a unit's quarter and the roll-up of all units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from domain.at_risk import AtRisk
from domain.batch import Lesson
from domain.facts import Schooling
from domain.organisation import Unit
from domain.period import Quarter
from domain.strength import FewMembers, LongWithout


class FilingState(StrEnum):
    """What a unit has said about a quarter: five states that are never mixed."""

    NOT_DUE = "not_due"
    SILENT = "silent"
    DRAFT = "draft"
    NIL = "nil"
    FILED = "filed"

    @property
    def words(self) -> str:
        """The Vietnamese words that messages use."""
        return _STATE_WORDS[self]


class Verdict(StrEnum):
    """How a unit's admissions stand to its target."""

    OVER = "over"
    MET = "met"
    BELOW = "below"
    NONE = "none"

    @property
    def words(self) -> str:
        """The Vietnamese words that messages use."""
        return _VERDICT_WORDS[self]


class FilingKind(StrEnum):
    """How a quarter was filed: with the admissions on the books, or as a confirmed zero."""

    FILED = "filed"
    NIL = "nil"


class Owes(StrEnum):
    """What a unit with a target still owes of a quarter: its report, the rest of it, or only the word that it is all."""

    REPORT = "silent"
    REST = "short"
    WORD = "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A filing in force: its kind and when it was made, in UTC."""

    kind: FilingKind
    at: datetime


_STATE_WORDS: Final = {
    FilingState.NOT_DUE: "không phải báo",
    FilingState.SILENT: "chưa báo",
    FilingState.DRAFT: "chưa chốt",
    FilingState.NIL: "không phát sinh",
    FilingState.FILED: "đã chốt",
}
_ANSWERED: Final = frozenset({FilingState.FILED, FilingState.NIL})
_VERDICT_WORDS: Final = {
    Verdict.OVER: "vượt",
    Verdict.MET: "đạt",
    Verdict.BELOW: "chưa đạt",
    Verdict.NONE: "không có chỉ tiêu",
}


def filing_state(target: int, admitted: int, filed: Filed | None) -> FilingState:
    """The state of one unit's quarter.

    A confirmed zero holds only while it is true: an admission reported after it makes the quarter
    a draft again, so that nobody reads «none» over a figure.
    """
    if filed is not None and filed.kind is FilingKind.FILED:
        return FilingState.FILED
    if admitted > 0:
        return FilingState.DRAFT
    if filed is not None:
        return FilingState.NIL
    return FilingState.SILENT if target > 0 else FilingState.NOT_DUE


def verdict(target: int, admitted: int) -> Verdict:
    """The verdict on a figure against its target; a target of 0 is exceeded by any admission."""
    if admitted > target:
        return Verdict.OVER
    if admitted < target:
        return Verdict.BELOW
    return Verdict.MET if target > 0 else Verdict.NONE


def owes(target: int, admitted: int, filed: Filed | None) -> Owes | None:
    """What a unit still owes: nothing where it has no target, has filed, or has confirmed that there is nobody."""
    match filing_state(target, admitted, filed):
        case FilingState.SILENT:
            return Owes.REPORT
        case FilingState.DRAFT if target > 0:
            return Owes.REST if admitted < target else Owes.WORD
        case _:
            return None


def percent(part: int, whole: int) -> str:
    """A percentage as people read it, with one decimal: `82,6%`; a dash when there is no whole."""
    if whole <= 0:
        return "–"
    return f"{_tenths(part, whole)}%".replace(".", ",")


def _tenths(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Figures of the quarter, from the year's start to the quarter's end, and of the whole year."""

    quarter: int = 0
    to_date: int = 0
    year: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            quarter=self.quarter + other.quarter,
            to_date=self.to_date + other.to_date,
            year=self.year + other.year,
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of the rows, which is what every total is."""
    quarter = to_date = year = 0
    for each in tallies:
        quarter += each.quarter
        to_date += each.to_date
        year += each.year
    return Tally(quarter=quarter, to_date=to_date, year=year)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProgress:
    """One unit's row: its targets, its admissions and the filing of the quarter, if there is one."""

    unit: Unit
    quarter: Quarter
    target: Tally
    admitted: Tally
    filed: Filed | None = None

    @property
    def filing(self) -> FilingState:
        return filing_state(self.target.quarter, self.admitted.quarter, self.filed)

    @property
    def verdict(self) -> Verdict:
        return verdict(self.target.quarter, self.admitted.quarter)

    @property
    def missing(self) -> int:
        """How many admissions the quarter's target still lacks; never below 0."""
        return max(0, self.target.quarter - self.admitted.quarter)

    @property
    def owes(self) -> Owes | None:
        """What the unit still owes of its report, and so is to be reminded of."""
        return owes(self.target.quarter, self.admitted.quarter, self.filed)

    @property
    def is_owed(self) -> bool:
        """Whether the unit still owes figures, and so is chased."""
        return self.owes in (Owes.REPORT, Owes.REST)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProgress:
    """How a cell stands: its admissions of a quarter and of its year, and whether it said that there is nobody."""

    unit: Unit
    quarter: int
    year: int
    is_nil: bool

    @property
    def has_spoken(self) -> bool:
        """Whether anything was heard of the cell for the quarter."""
        return self.is_nil or self.quarter > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """How many of the quarter's admissions belong to each group that the plan asks for.

    A group that nobody has been asked about is 0 here; a person may belong to several. `sex_unknown` are
    those of whom it was not said whether they are women. `schooling` counts those whose highest schooling was told.
    """

    women: int = 0
    minority: int = 0
    religious: int = 0
    youth: int = 0
    rural: int = 0
    private_sector: int = 0
    village_heads: int = 0
    sex_unknown: int = 0
    schooling: Mapping[Schooling, int] = field(default_factory=lambda: dict.fromkeys(Schooling, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsRate:
    """How many of the village heads are Party members."""

    members: int
    total: int

    @property
    def rate(self) -> float:
        """The rate in per cent with one decimal; 0 where there are no heads."""
        return float(_tenths(self.members, self.total)) if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """What the text of a year's plan lays down; what its annex assigns is the sum of the units' targets.

    `pledged` is the number of admissions it promises, `heads_rate` the share of village heads that are to be
    members in per cent, `grace_days` how long after a quarter's end reports are still waited for.
    """

    year: int
    number: str
    signed_on: date
    pledged: int
    heads_rate: int
    grace_days: int


@dataclass(frozen=True, kw_only=True)
class RollUp:
    """All units' progress in a quarter as it stood at `as_of` (UTC), in the plan's order.

    `district` is the short name of whose units they are, empty when the books do not tell.
    `heads` is None while nobody has reported village heads; `heads_told` of the `heads_awaited` units that have
    villages have. Every total is the sum of the rows.
    `closed_on` is the last day on which reports were taken, None while they are; `closed_at` when an officer has
    closed the quarter, None where its date has. `before_amended` is how the units of `amended_after_close` stood
    at the close. `at_risk` are those that will miss the quarter, named in its last weeks only. `few_members` and
    `long_without` are the units and cells that are singled out for what they are, whatever they report. `lessons`
    are what the units have learnt from the quarter's batches of decisions.
    It has no slots, so that what is found out of thousands of rows is found out once.
    """

    plan: PlanTerms
    as_of: datetime
    quarter: Quarter
    units: tuple[UnitProgress, ...]
    breakdown: Breakdown
    heads: HeadsRate | None = None
    heads_told: int = 0
    heads_awaited: int = 0
    issues_open: int = 0
    district: str = ""
    closed_on: date | None = None
    closed_at: datetime | None = None
    reopened_until: date | None = None
    amended_after_close: tuple[UnitProgress, ...] = ()
    before_amended: tuple[UnitProgress, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    few_members: tuple[FewMembers, ...] = ()
    long_without: tuple[LongWithout, ...] = ()
    lessons: tuple[Lesson, ...] = ()

    @cached_property
    def target(self) -> Tally:
        return total(row.target for row in self.units)

    @cached_property
    def admitted(self) -> Tally:
        return total(row.admitted for row in self.units)

    @property
    def assigned(self) -> int:
        """What the annex assigns for the year; the plan's text pledges another number."""
        return self.target.year

    @cached_property
    def _sorted(self) -> _Sorted:
        return _Sorted.of(self.units)

    @property
    def filings(self) -> dict[FilingState, int]:
        """How many units are in each of the five states; all five are there."""
        return {state: len(rows) for state, rows in self._sorted.by_state.items()}

    @property
    def with_target(self) -> Sequence[UnitProgress]:
        return self._sorted.with_target

    @property
    def answered(self) -> Sequence[UnitProgress]:
        """The units with a target that have filed, be it with figures or as a confirmed zero."""
        return self._sorted.answered

    @property
    def without_target(self) -> int:
        """How many units have no target this quarter."""
        return len(self.units) - len(self.with_target)

    @property
    def taught(self) -> tuple[tuple[Unit, Lesson], ...]:
        """The lessons with their units, in the plan's order."""
        return tuple(
            (row.unit, each) for row in self.units for each in self.lessons if each.unit == row.unit.id
        )

    def in_state(self, state: FilingState) -> Sequence[UnitProgress]:
        return self._sorted.by_state[state]

    @property
    def silent(self) -> Sequence[UnitProgress]:
        return self.in_state(FilingState.SILENT)

    @property
    def below(self) -> Sequence[UnitProgress]:
        """The units that have spoken and are short of the target; the silent ones have their own list."""
        return self._sorted.below

    @property
    def over(self) -> Sequence[UnitProgress]:
        return self._sorted.over


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """The rows of a roll-up by what is asked of them: found out in one go, for they may be thousands."""

    by_state: Mapping[FilingState, Sequence[UnitProgress]]
    with_target: Sequence[UnitProgress]
    answered: Sequence[UnitProgress]
    below: Sequence[UnitProgress]
    over: Sequence[UnitProgress]

    @classmethod
    def of(cls, rows: Iterable[UnitProgress]) -> _Sorted:
        by_state: dict[FilingState, list[UnitProgress]] = {state: [] for state in FilingState}
        with_target, answered, below, over = (list[UnitProgress]() for _ in range(4))
        for row in rows:
            wanted, admitted = row.target.quarter, row.admitted.quarter
            state = filing_state(wanted, admitted, row.filed)
            by_state[state].append(row)
            if wanted > 0:
                with_target.append(row)
                if state in _ANSWERED:
                    answered.append(row)
            if admitted > wanted:
                over.append(row)
            elif admitted < wanted and state is not FilingState.SILENT:
                below.append(row)
        return cls(by_state=by_state, with_target=with_target, answered=answered, below=below, over=over)
