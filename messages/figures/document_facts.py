"""The facts of the covering report, by the names that its form uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from domain.figures import Figures
from domain.office import Office
from domain.period import Quarter
from domain.progress import FilingState, HeadsRate, RollUp, Tally, UnitProgress, Verdict, percent, total
from messages.figures.paper import (
    column_heading,
    counted_groups,
    counted_schooling,
    counted_until,
    dated,
    letterhead,
    plan_named,
    table_title,
)
from messages.rollup_words import few_words, long_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: a unit, the sum of a table, or the grand total."""

    target: Tally
    admitted: Tally
    position: str = ""
    name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One table of the annex."""

    title: str
    rows: tuple[Row, ...]
    sum: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The next quarter of the year, and how many admissions bring the year up to its target."""

    name: str
    target: int
    to_date: int
    needed: int


def facts_of(figures: Figures, office: Office) -> dict[str, object]:
    """Every name that the form may use."""
    return (
        _paper(figures, office)
        | _counts(figures)
        | _standing(figures)
        | _singled_out(figures.roll_up, office)
        | _table(figures)
    )


def against(now: int, before: int) -> str:
    """How a number stands to the one of the same period: «tăng 3 đảng viên (8,6%)»."""
    if now == before:
        return "bằng cùng kỳ"
    word = "tăng" if now > before else "giảm"
    return f"{word} {abs(now - before)} đảng viên" + (
        f" ({percent(abs(now - before), before)})" if before else ""
    )


def _paper(figures: Figures, office: Office) -> dict[str, object]:
    head, roll_up = letterhead(figures, office), figures.roll_up
    return {
        "above": head.above,
        "board": head.board,
        "sign": head.sign,
        "signs": head.signs,
        "dated": dated(head.place, office.day_of(roll_up.as_of)),
        "office": office.name,
        "plan": plan_named(roll_up.plan, head.above),
        "quarter": roll_up.quarter.name,
        "year": roll_up.quarter.year,
        "until": counted_until(figures, office),
    }


def _counts(figures: Figures) -> dict[str, object]:
    roll_up = figures.roll_up
    return {
        "admitted": roll_up.admitted,
        "target": roll_up.target,
        "pledged": roll_up.plan.pledged,
        "year_before": figures.year_before,
        "groups": [
            (words[:1].lower() + words[1:], number)
            for words, number in counted_groups(roll_up.breakdown)
            if number
        ],
        "schooling": counted_schooling(roll_up),
        "heads": roll_up.heads,
        "heads_rate": roll_up.plan.heads_rate,
        "heads_missing": _heads_missing(roll_up.heads, roll_up.plan.heads_rate),
        "issues": figures.issues,
        "lessons": [(unit.short, each.day, each.text) for unit, each in roll_up.taught],
    }


def _heads_missing(heads: HeadsRate | None, rate: int) -> int:
    return 0 if heads is None else max(0, ceil(heads.total * rate / 100) - heads.members)


def _standing(figures: Figures) -> dict[str, object]:
    roll_up = figures.roll_up
    return {
        "units": len(roll_up.units),
        "with_target": len(roll_up.with_target),
        "answered": len(roll_up.answered),
        "standings": _standings(roll_up),
        "owing": sum(row.filing in (FilingState.SILENT, FilingState.DRAFT) for row in roll_up.units),
        "below": sum(row.verdict is Verdict.BELOW for row in roll_up.units),
        "silent": len(roll_up.silent),
        "next": _next(figures),
        "left": max(0, roll_up.target.year - roll_up.admitted.year),
    }


def _standings(roll_up: RollUp) -> list[tuple[str, int, str]]:
    """The units that stand alike: in which words, how many, and which with their figures."""
    met = [row for row in roll_up.units if row.verdict is Verdict.MET]
    found = [
        _named("Vượt chỉ tiêu", roll_up.over, _ratio),
        _named("Đạt chỉ tiêu", met, _ratio),
        _named("Chưa đạt chỉ tiêu", roll_up.below, _ratio),
        _named("Chưa báo cáo", roll_up.silent, _short),
        _named("Đã có số liệu, chưa chốt", roll_up.in_state(FilingState.DRAFT), _ratio),
        _named("Báo cáo không phát sinh", roll_up.in_state(FilingState.NIL), _short),
        ("Không có chỉ tiêu trong quý", roll_up.without_target, ""),
        _named("Điều chỉnh sau chốt", roll_up.amended_after_close, _ratio),
    ]
    return [each for each in found if each[1]]


def _singled_out(roll_up: RollUp, office: Office) -> dict[str, object]:
    """The units and cells that need attention for what they are: with few members, or long without an admission."""
    found = [
        (f"Dưới {office.few_members} đảng viên", [few_words(one) for one in roll_up.few_members]),
        (
            f"Từ {office.years_without} năm trở lên chưa kết nạp được đảng viên, lần gần nhất",
            [long_words(one) for one in roll_up.long_without],
        ),
    ]
    few, idle = roll_up.few_members, roll_up.long_without
    units = {one.unit.id for one in few} | {one.unit.id for one in idle}
    return {
        "singled": [(words, len(names), ", ".join(names)) for words, names in found if names],
        "singled_units": len(units),
    }


def _named(
    words: str, rows: Sequence[UnitProgress], naming: Callable[[UnitProgress], str]
) -> tuple[str, int, str]:
    return words, len(rows), ", ".join(naming(row) for row in rows)


def _ratio(row: UnitProgress) -> str:
    """«Thanh Hải 11/15»; a name that ends in a digit is kept apart from the figures."""
    name = f"{row.unit.short}:" if row.unit.short[-1:].isdigit() else row.unit.short
    return f"{name} {row.admitted.quarter}/{row.target.quarter}"


def _short(row: UnitProgress) -> str:
    return row.unit.short


def _next(figures: Figures) -> Ahead | None:
    """The quarter after this one, None after the last of a year: its plan is another."""
    roll_up = figures.roll_up
    ahead: Quarter = roll_up.quarter.next
    if ahead.number == 1:
        return None
    to_date = sum(figures.assigned_in(number) for number in range(1, ahead.number + 1))
    return Ahead(
        name=ahead.name,
        target=figures.assigned_in(ahead.number),
        to_date=to_date,
        needed=max(0, to_date - roll_up.admitted.year),
    )


def _table(figures: Figures) -> dict[str, object]:
    rows = {row.unit.id: row for row in figures.roll_up.units}
    blocks = [
        _block(number, [rows[each.unit.id] for each in block])
        for number, block in enumerate(figures.blocks, 1)
    ]
    return {
        "name_heading": column_heading([row.unit.name for row in figures.roll_up.units]),
        "blocks": blocks,
        "grand": _sum(figures.roll_up.units),
    }


def _block(number: int, rows: Sequence[UnitProgress]) -> Block:
    title = table_title(number, [row.unit.name for row in rows])
    lines = tuple(
        Row(
            position=str(row.unit.position or place),
            name=row.unit.name,
            target=row.target,
            admitted=row.admitted,
            state=row.filing.words,
        )
        for place, row in enumerate(rows, 1)
    )
    return Block(title=title, rows=lines, sum=_sum(rows))


def _sum(rows: Iterable[UnitProgress]) -> Row:
    listed = tuple(rows)
    return Row(target=total(row.target for row in listed), admitted=total(row.admitted for row in listed))
