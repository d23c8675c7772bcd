"""From the lines of a file to the plan's table: what each line is, and what of it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from domain.plan_cell_faults import (
    EmptyCell,
    MissingColumn,
    Negative,
    NoHeading,
    NotANumber,
    StrayRow,
    TooLarge,
    WrongWidth,
)
from domain.plan_faults import Column, PlanFault
from domain.plan_table import Figures, PlanTable, ReadRow, StatedTotal
from domain.spelling import bare
from messages.figures.plan_headings import FIGURES, Field, Heading, Line, heading_at

LARGEST_TARGET: Final = 1_000
"""Admissions a year that may be asked of one unit: more is a slip of the finger."""
LARGEST_TOTAL: Final = 100_000
LARGEST_POSITION: Final = 10_000
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}")
_NOTHING: Final[Figures] = (None, None, None, None, None)
_TITLES: Final = ("bieu", "kem theo", "ke hoach", "giao chi tieu", "don vi tinh")


def has_heading(lines: Sequence[Line]) -> bool:
    """Whether one of the lines is a heading of the annex."""
    return any(heading_at(line, None) is not None for line in lines)


def read_lines(lines: Sequence[Line]) -> PlanTable:
    """The table that the lines hold; what cannot be read of them is kept as faults."""
    reading = _Reading()
    skip = 0
    for line, following in zip_longest(lines, lines[1:]):
        if skip:
            skip -= 1
            continue
        heading = heading_at(line, following)
        if heading is not None:
            reading.begin(heading)
            skip = heading.rows - 1
        elif any(line.cells):
            reading.take(line)
    return reading.table()


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `heading` is None before the first heading and after a table's total."""

    heading: Heading | None = None
    last_heading: Heading | None = None
    headings: int = 0
    rows: list[ReadRow] = field(default_factory=list)
    totals: list[StatedTotal] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    faults: list[PlanFault] = field(default_factory=list)

    def begin(self, heading: Heading) -> None:
        self.heading = self.last_heading = heading
        self.headings += 1
        self.faults.extend(heading.faults)

    def take(self, line: Line) -> None:
        kind = _kind_of_total(line)
        if kind == "grand":
            self._take_grand_total(line)
        elif self.heading is None:
            self._take_outside(line)
        elif kind == "group":
            self._take_group_total(line, self.heading)
        elif _is_title(line):
            self.titles.append(" ".join(line.used).strip())
        else:
            self._take_row(line, self.heading)

    def table(self) -> PlanTable:
        if self.last_heading is None:
            return PlanTable(unreadable=(NoHeading(),))
        self._miss_the_blocks(self.last_heading)
        return PlanTable(
            rows=tuple(self.rows),
            totals=tuple(self.totals),
            titles=tuple(self.titles),
            unreadable=tuple(self.faults),
        )

    def _miss_the_blocks(self, heading: Heading) -> None:
        """Several tables under one heading, and no column that tells them apart: that is the one fault."""
        starts = sum(row.position == 1 for row in self.rows)
        if self.headings == 1 and not heading.has_blocks and starts > 1:
            self.faults.append(MissingColumn(line=heading.line, column=Field.BLOCK.value))
            self.rows = [replace(row, block=None) for row in self.rows]

    def _take_outside(self, line: Line) -> None:
        """Titles, signatures and lists of readers are no rows; what has figures beside a name is."""
        filled = [cell for cell in line.used if cell]
        if len(filled) > 2 or (len(filled) > 1 and any(map(_NUMBER.fullmatch, filled))):
            self.faults.append(StrayRow(line=line.number, text=" ".join(filled)[:40]))
        else:
            self.titles.append(" ".join(filled))

    def _take_row(self, line: Line, heading: Heading) -> None:
        cells = _Cells(line, heading, self.faults)
        block = self._block(cells, heading)
        if cells.width_is_wrong():
            row = ReadRow(line=line.number, block=block, position=None, name=cells.name, figures=_NOTHING)
        else:
            row = ReadRow(
                line=line.number,
                block=block,
                position=cells.number(Field.POSITION, LARGEST_POSITION),
                name=cells.name,
                figures=cells.figures(LARGEST_TARGET),
            )
        self.rows.append(row)

    def _block(self, cells: _Cells, heading: Heading) -> int | None:
        if not heading.has_blocks:
            return self.headings
        return cells.number(Field.BLOCK, LARGEST_POSITION)

    def _take_group_total(self, line: Line, heading: Heading) -> None:
        cells = _Cells(line, heading, self.faults, name="Cộng")
        block = self.headings if not heading.has_blocks else None
        if heading.has_blocks:
            written = cells.text(Field.BLOCK)
            last = self.rows[-1].block if self.rows else None
            block = int(written) if written.isdecimal() and len(written) < 6 else last
        else:
            self.heading = None
        if block is None:
            self.faults.append(StrayRow(line=line.number, text="Cộng"))
        else:
            figures = cells.figures(LARGEST_TOTAL)
            self.totals.append(StatedTotal(line=line.number, block=block, figures=figures))

    def _take_grand_total(self, line: Line) -> None:
        heading = self.last_heading
        cells = None if heading is None else _Cells(line, heading, self.faults, name="Tổng cộng")
        if cells is not None and any(cells.text(place) for place in FIGURES.values()):
            figures = cells.figures(LARGEST_TOTAL, blank_is_fault=False)
        else:
            figures = self._figure_in_words(line)
        self.totals.append(StatedTotal(line=line.number, block=None, figures=figures))

    def _figure_in_words(self, line: Line) -> Figures:
        """The total of a line such as «Tổng cộng: 220 đảng viên.»"""
        text = " ".join(cell for cell in line.used if cell)
        numbers = re.findall(r"[0-9]+", text)
        if len(numbers) == 1 and len(numbers[0]) < 7:
            return (int(numbers[0]), None, None, None, None)
        self.faults.append(
            NotANumber(line=line.number, name="Tổng cộng", column=Column.TOTAL.words, text=text[:40])
        )
        return _NOTHING


@dataclass(slots=True)
class _Cells:
    """The cells of one line under their heading; what cannot be read is put among the faults."""

    line: Line
    heading: Heading
    faults: list[PlanFault]
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or self.text(Field.NAME)[:80]

    def text(self, place: Field) -> str:
        column = self.heading.places.get(place, len(self.line.cells))
        return self.line.cells[column] if column < len(self.line.cells) else ""

    def width_is_wrong(self) -> bool:
        """Whether the line has cells that no heading names, or stops short of the last one."""
        used = self.line.used
        strays = sum(bool(cell) for place, cell in enumerate(used) if place not in self.heading.named)
        cells = self.heading.width + strays if strays else len(self.line.cells)
        if not strays and cells >= self.heading.width:
            return False
        self.faults.append(
            WrongWidth(line=self.line.number, name=self.name, cells=cells, expected=self.heading.width)
        )
        return True

    def figures(self, limit: int, *, blank_is_fault: bool = True) -> Figures:
        total, first, second, third, fourth = (
            self.number(place, limit, blank_is_fault=blank_is_fault) for place in FIGURES.values()
        )
        return (total, first, second, third, fourth)

    def number(self, place: Field, limit: int, *, blank_is_fault: bool = True) -> int | None:
        """The whole number in a cell, 0 to `limit`; None with a fault when it is no such number."""
        text = self.text(place)
        if place not in self.heading.places or (not text and not blank_is_fault):
            return None
        fault = self._fault(place, text, limit)
        if fault is None:
            return int(text)
        self.faults.append(fault)
        return None

    def _fault(self, place: Field, text: str, limit: int) -> PlanFault | None:
        line, name, column = self.line.number, self.name, place.value
        if not text:
            return EmptyCell(line=line, name=name, column=column)
        if _NUMBER.fullmatch(text) is None:
            return NotANumber(line=line, name=name, column=column, text=text[:40])
        figure = int(text)
        if figure < 0:
            return Negative(line=line, name=name, column=column, figure=figure)
        if figure > limit:
            return TooLarge(line=line, name=name, column=column, figure=figure, limit=limit)
        return None


def _kind_of_total(line: Line) -> str:
    for cell in line.used[:3]:
        word = bare(cell)
        if re.match(r"tong cong\b", word):
            return "grand"
        if re.fullmatch(r"cong( bieu( \d+)?)?", word):
            return "group"
    return ""


def _is_title(line: Line) -> bool:
    filled = [bare(cell) for cell in line.used if cell]
    return len(filled) == 1 and any(title in filled[0] for title in _TITLES)
