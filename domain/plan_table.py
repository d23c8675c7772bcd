"""The annex of a plan as it was read from a file, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.plan import PlanRow
from domain.plan_faults import (
    Column,
    DuplicatePosition,
    DuplicateUnit,
    EmptyName,
    Gap,
    GrandSum,
    GroupSum,
    NoRows,
    PlanFault,
    RowSum,
    SecondTotal,
)
from domain.spelling import bare

Figures = tuple[int | None, int | None, int | None, int | None, int | None]
"""The total and the four quarters of a line; None where the cell could not be read, or says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A unit's row as it was read; None stands for what could not be read and is a fault already."""

    line: int
    block: int | None
    position: int | None
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """A line of totals: «Cộng» of table `block`, or «Tổng cộng» of all tables when `block` is None."""

    line: int
    block: int | None
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable:
    """All that a file says: its rows, the totals it states, its titles, and what could not be read of it."""

    rows: tuple[ReadRow, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    titles: tuple[str, ...] = ()
    unreadable: tuple[PlanFault, ...] = ()


def check(table: PlanTable) -> tuple[PlanFault, ...]:
    """Every fault of the table by its line; empty when it is whole and every sum holds.

    What cannot be read is one fault: the sums that it enters into are not counted as further ones.
    """
    faults = [*table.unreadable]
    if not table.rows and not faults:
        faults.append(NoRows())
    for rule in (_names, _units_once, _positions, _row_sums, _totals_once, _group_sums, _grand_sums):
        faults.extend(rule(table))
    return tuple(sorted(faults, key=lambda fault: fault.line))


def accepted_rows(table: PlanTable) -> tuple[PlanRow, ...]:
    """The rows of a table without fault, in the plan's order; ValueError when it has one."""
    faults = check(table)
    if faults:
        raise ValueError(faults[0].sentence)
    return tuple(sorted(_whole(table.rows), key=lambda row: (row.block, row.position)))


def _whole(rows: Iterable[ReadRow]) -> Iterator[PlanRow]:
    for row in rows:
        match row:
            case ReadRow(
                block=int(block),
                position=int(position),
                figures=(int(total), int(first), int(second), int(third), int(fourth)),
            ):
                yield PlanRow(
                    line=row.line,
                    block=block,
                    position=position,
                    name=row.name,
                    total=total,
                    quarters=(first, second, third, fourth),
                )
            case _:
                raise ValueError(f"line {row.line} was not read whole, and no fault says so")


def _names(table: PlanTable) -> Iterator[PlanFault]:
    return (EmptyName(line=row.line) for row in table.rows if not bare(row.name))


def _units_once(table: PlanTable) -> Iterator[PlanFault]:
    first: dict[str, ReadRow] = {}
    for row in table.rows:
        known = first.setdefault(bare(row.name), row)
        if known is not row and bare(row.name):
            yield DuplicateUnit(line=row.line, name=row.name, first_line=known.line, first_name=known.name)


def _positions(table: PlanTable) -> Iterator[PlanFault]:
    for block in sorted({row.block for row in table.rows if row.block is not None}):
        rows = [row for row in table.rows if row.block == block]
        # A number that could not be read may be the very one that seems to be left out.
        gaps = all(row.position is not None for row in rows) and all(
            row.block is not None for row in table.rows
        )
        in_order = sorted(
            ((row.position, row) for row in rows if row.position is not None), key=lambda entry: entry[0]
        )
        yield from _positions_of(block, in_order, gaps=gaps)


def _positions_of(block: int, in_order: Sequence[tuple[int, ReadRow]], *, gaps: bool) -> Iterator[PlanFault]:
    before, first_line = 0, 0
    for position, row in in_order:
        if position == before:
            yield DuplicatePosition(line=row.line, name=row.name, position=position, first_line=first_line)
            continue
        if gaps and position > before + 1:
            yield Gap(line=row.line, name=row.name, block=block, first=before + 1, last=position - 1)
        before, first_line = position, row.line


def _row_sums(table: PlanTable) -> Iterator[PlanFault]:
    for row in table.rows:
        total, *quarters = row.figures
        summed = _sum(quarters)
        if total is not None and summed is not None and total != summed:
            yield RowSum(line=row.line, name=row.name, stated=total, summed=summed)


def _totals_once(table: PlanTable) -> Iterator[PlanFault]:
    first: dict[int | None, StatedTotal] = {}
    for total in table.totals:
        known = first.setdefault(total.block, total)
        if known is not total:
            name = "Tổng cộng" if total.block is None else f"Cộng biểu {total.block}"
            yield SecondTotal(line=total.line, name=name, first_line=known.line)


def _group_sums(table: PlanTable) -> Iterator[PlanFault]:
    if any(row.block is None for row in table.rows):
        return
    for total in table.totals:
        if total.block is None:
            continue
        rows = [row for row in table.rows if row.block == total.block]
        for column, stated, summed in _differences(total, rows):
            yield GroupSum(line=total.line, block=total.block, column=column, stated=stated, summed=summed)


def _grand_sums(table: PlanTable) -> Iterator[PlanFault]:
    for total in table.totals:
        if total.block is None:
            for column, stated, summed in _differences(total, table.rows):
                yield GrandSum(line=total.line, column=column, stated=stated, summed=summed)


def _differences(total: StatedTotal, rows: Sequence[ReadRow]) -> Iterator[tuple[Column, int, int]]:
    for column in Column:
        stated = total.figures[column]
        summed = _sum(row.figures[column] for row in rows)
        if stated is not None and summed is not None and stated != summed:
            yield column, stated, summed


def _sum(figures: Iterable[int | None]) -> int | None:
    """The sum, or None when a figure of it could not be read."""
    known = list(figures)
    return None if None in known else sum(figure for figure in known if figure is not None)
