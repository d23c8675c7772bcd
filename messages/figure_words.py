"""The numbers that a roll-up shows: what each is called, and the lines of what is behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.organisation import UnitId
from domain.progress import FilingState, HeadsRate, RollUp, UnitProgress, percent
from messages.rollup_words import few_words, groups_of, long_words
from messages.status_words import named, risk_words


class Figure(StrEnum):
    """The kinds of numbers, in the order of the roll-up; the place of one is part of stored choices: add at the end."""

    ADMITTED = "admitted"
    TARGET = "target"
    TO_DATE = "to_date"
    ASSIGNED = "assigned"
    PLEDGED = "pledged"
    WOMEN = "women"
    MINORITY = "minority"
    RELIGIOUS = "religious"
    YOUTH = "youth"
    RURAL = "rural"
    VILLAGE_HEADS = "village_heads"
    PRIVATE_SECTOR = "private_sector"
    SEX_UNKNOWN = "sex_unknown"
    HEADS = "heads"
    HEADS_TOTAL = "heads_total"
    ANSWERED = "answered"
    WITH_TARGET = "with_target"
    SILENT = "silent"
    DRAFT = "draft"
    NIL = "nil"
    BELOW = "below"
    AT_RISK = "at_risk"
    OVER = "over"
    WITHOUT_TARGET = "without_target"
    ISSUES = "issues"
    AMENDED = "amended"
    FEW_MEMBERS = "few_members"
    LONG_WITHOUT = "long_without"


KINDS: Final = tuple(Figure)
GROUPS: Final = frozenset(
    {
        Figure.WOMEN,
        Figure.MINORITY,
        Figure.RELIGIOUS,
        Figure.YOUTH,
        Figure.RURAL,
        Figure.VILLAGE_HEADS,
        Figure.PRIVATE_SECTOR,
        Figure.SEX_UNKNOWN,
    }
)
NEVER_OPENED: Final = frozenset({Figure.MINORITY, Figure.RELIGIOUS})
"""Sensitive facts: they are counted and lead to nobody."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that a roll-up shows, with its words: «Chưa báo», 5."""

    kind: Figure
    words: str
    number: int


def figures_shown(whole: RollUp, *, cluster: bool) -> tuple[Shown, ...]:
    """The numbers that a roll-up shows, in its order; those that are not shown, or nought, are left out."""
    quarter, heads = whole.quarter.name, whole.heads
    groups = [Shown(Figure(name), words, number) for words, name, number in groups_of(whole.breakdown)]
    found = (
        Shown(Figure.ADMITTED, f"Kết nạp {quarter}", whole.admitted.quarter),
        Shown(Figure.TARGET, f"Chỉ tiêu {quarter}", whole.target.quarter),
        Shown(Figure.TO_DATE, "Kết nạp từ đầu năm", whole.admitted.to_date),
        Shown(Figure.ASSIGNED, "Chỉ tiêu giao cả năm", whole.assigned),
        Shown(Figure.PLEDGED, "Mục tiêu cả năm", 0 if cluster else whole.plan.pledged),
        *(Shown(each.kind, f"Trong đó {each.words}", each.number) for each in groups),
        Shown(Figure.HEADS, "Trưởng thôn là đảng viên", heads.members if heads else 0),
        Shown(Figure.HEADS_TOTAL, "Tổng số trưởng thôn", heads.total if heads else 0),
        Shown(Figure.ANSWERED, "Đơn vị đã chốt", len(whole.answered)),
        Shown(Figure.WITH_TARGET, "Đơn vị có chỉ tiêu", len(whole.with_target)),
        *(
            Shown(Figure(state.value), state.words[:1].upper() + state.words[1:], len(whole.in_state(state)))
            for state in (FilingState.SILENT, FilingState.DRAFT, FilingState.NIL)
        ),
        Shown(Figure.BELOW, "Chưa đạt", len(whole.below)),
        Shown(Figure.AT_RISK, "Có nguy cơ không đạt", len(whole.at_risk)),
        Shown(Figure.FEW_MEMBERS, "Ít đảng viên", len(whole.few_members)),
        Shown(Figure.LONG_WITHOUT, "Lâu chưa kết nạp", len(whole.long_without)),
        Shown(Figure.OVER, "Vượt", len(whole.over)),
        Shown(Figure.WITHOUT_TARGET, "Không có chỉ tiêu", whole.without_target),
        Shown(Figure.ISSUES, "Vướng mắc đang mở", whole.issues_open),
        Shown(Figure.AMENDED, "Điều chỉnh sau chốt", len(whole.amended_after_close)),
    )
    return tuple(each for each in found if each.number)


def lines_behind(kind: Figure, whole: RollUp) -> tuple[str, ...]:
    """The units that a number is the sum of, each with its part, in the plan's order."""
    if kind is Figure.AT_RISK:
        return tuple(f"{named(risk.unit)}: {risk_words(risk)}" for risk in whole.at_risk)
    if kind is Figure.FEW_MEMBERS:
        return tuple(f"{few_words(one)} đảng viên" for one in whole.few_members)
    if kind is Figure.LONG_WITHOUT:
        return tuple(long_words(one) for one in whole.long_without)
    rows, part = _BEHIND[kind]
    return tuple(f"{named(row.unit)} {part(row)}".strip() for row in rows(whole))


def lines_of_counts(whole: RollUp, counts: Mapping[UnitId, int]) -> tuple[str, ...]:
    """The units that have a part in a group of the breakdown, each with its number."""
    return tuple(f"{named(row.unit)} {counts[row.unit.id]}" for row in whole.units if row.unit.id in counts)


def lines_of_heads(whole: RollUp, told: Mapping[UnitId, HeadsRate]) -> tuple[str, ...]:
    """What each unit has told of its village heads."""
    rates = [(row.unit, told[row.unit.id]) for row in whole.units if row.unit.id in told]
    return tuple(f"{named(u)} {r.members}/{r.total} ({percent(r.members, r.total)})" for u, r in rates)


def _quarterly(row: UnitProgress) -> str:
    return f"{row.admitted.quarter}/{row.target.quarter}"


def _to_date(row: UnitProgress) -> str:
    return f"{row.admitted.to_date}/{row.target.to_date}"


def _yearly(row: UnitProgress) -> str:
    return f"{row.admitted.year}/{row.target.year}"


def _with_state(row: UnitProgress) -> str:
    return f"{_quarterly(row)} {row.filing.words}"


_Rows = Callable[[RollUp], Iterable[UnitProgress]]
_BEHIND: Final[Mapping[Figure, tuple[_Rows, Callable[[UnitProgress], str]]]] = {
    Figure.ADMITTED: (lambda whole: [row for row in whole.units if row.admitted.quarter], _quarterly),
    Figure.TARGET: (lambda whole: whole.with_target, _quarterly),
    Figure.TO_DATE: (lambda whole: [row for row in whole.units if row.admitted.to_date], _to_date),
    Figure.ASSIGNED: (lambda whole: [row for row in whole.units if row.target.year], _yearly),
    Figure.ANSWERED: (lambda whole: whole.answered, _with_state),
    Figure.WITH_TARGET: (lambda whole: whole.with_target, _with_state),
    Figure.SILENT: (lambda whole: whole.silent, _quarterly),
    Figure.DRAFT: (lambda whole: whole.in_state(FilingState.DRAFT), _quarterly),
    Figure.NIL: (lambda whole: whole.in_state(FilingState.NIL), _quarterly),
    Figure.BELOW: (lambda whole: whole.below, _with_state),
    Figure.OVER: (lambda whole: whole.over, _quarterly),
    Figure.WITHOUT_TARGET: (lambda whole: [row for row in whole.units if not row.target.quarter], _yearly),
    Figure.AMENDED: (lambda whole: whole.amended_after_close, _quarterly),
}
"""The rows behind each number that is made of rows, and what is said of each."""
