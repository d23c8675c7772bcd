"""A table that the office fills in: csv or Excel, one line of headings, a row for each thing, every fault named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.spelling import bare
from messages.figures.plan_file import lines_in
from messages.figures.plan_headings import Line

_NUMBERING = frozenset({"tt", "stt", "so tt", "so thu tu"})
"""A column that only numbers the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFault:
    """What is wrong with a table, in words; `line` is 0 where it is with the whole."""

    line: int
    words: str

    @property
    def sentence(self) -> str:
        """One Vietnamese sentence that says where and what."""
        return f"Dòng {self.line}: {self.words}" if self.line else f"{self.words[:1].upper()}{self.words[1:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row by the names of its columns; a cell that is not there is empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table: the name of each with its other spellings, and which may not be left out."""

    spellings: Mapping[str, Collection[str]]
    required: Collection[str]

    def name_of(self, heading: str) -> str | None:
        """The column that a heading means; None when it means none."""
        said = bare(heading.replace("_", " "))
        for name, others in self.spellings.items():
            if said == bare(name.replace("_", " ")) or said in others:
                return name
        return None

    def is_heading(self, line: Line) -> bool:
        """Whether a line names all the columns that may not be left out."""
        named = {self.name_of(cell) for cell in line.cells}
        return all(name in named for name in self.required)


def read_office_table(content: bytes, columns: Columns) -> tuple[tuple[Row, ...], tuple[TableFault, ...]]:
    """The rows below the headings, and what is wrong with the headings; raises UnreadableFile."""

    def has_heading(lines: Sequence[Line]) -> bool:
        return any(map(columns.is_heading, lines))

    lines = lines_in(content, has_heading)
    at = next((at for at, line in enumerate(lines) if columns.is_heading(line)), None)
    if at is None:
        known, needed = ",".join(columns.spellings), ", ".join(columns.required)
        return (), (TableFault(line=0, words=f"thiếu dòng tên cột ({known}); phải có {needed}."),)
    names = [columns.name_of(cell) for cell in lines[at].cells]
    faults = tuple(_headings_wrong(lines[at], names))
    rows = tuple(_row(line, names) for line in lines[at + 1 :] if any(line.cells))
    if not rows and not faults:
        faults = (TableFault(line=0, words="tệp không có dòng nào dưới tên cột."),)
    return rows, faults


def _headings_wrong(line: Line, names: Sequence[str | None]) -> list[TableFault]:
    unknown = [
        TableFault(line=line.number, words=f"không có cột «{cell[:40]}».")
        for cell, name in zip(line.cells, names, strict=True)
        if cell and name is None and bare(cell) not in _NUMBERING
    ]
    twice = {name for name in names if name is not None and names.count(name) > 1}
    return [*unknown, *(TableFault(line=line.number, words=f"hai cột {name}.") for name in sorted(twice))]


def _row(line: Line, names: Sequence[str | None]) -> Row:
    cells = zip(names, line.cells, strict=False)
    return Row(line=line.number, cells={name: cell for name, cell in cells if name is not None})
