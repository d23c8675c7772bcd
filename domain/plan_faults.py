"""What can be wrong with a plan's file; each fault says in one Vietnamese sentence where and what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Column(IntEnum):
    """A column of figures of the annex, in its order; the value is its place in `Figures`."""

    TOTAL = 0
    QUARTER_1 = 1
    QUARTER_2 = 2
    QUARTER_3 = 3
    QUARTER_4 = 4

    @property
    def words(self) -> str:
        """The column's name as people read it."""
        return ("Tổng", "Quý I", "Quý II", "Quý III", "Quý IV")[self]


class PlanFault(Protocol):
    """One fault of a file: the line it stands in (0: the file as a whole) and its sentence."""

    @property
    def line(self) -> int: ...
    @property
    def sentence(self) -> str: ...


def _row(line: int, name: str) -> str:
    return f"Dòng {line}, {name}" if name else f"Dòng {line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHeading:
    """No line of the file names the columns."""

    line: int = 0

    @property
    def sentence(self) -> str:
        return "Không thấy dòng tiêu đề (bieu, tt, don_vi, tong, quy_1 … quy_4, hoặc TT, Tên đảng bộ …)."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRows:
    """The file has a heading but no unit."""

    line: int = 0

    @property
    def sentence(self) -> str:
        return "Tệp không có dòng chỉ tiêu nào."


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingColumn:
    """A column that the annex has is not there."""

    line: int
    column: str

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}: thiếu cột {self.column}."


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownHeading:
    """A column that the annex does not have; `place` counts from 1."""

    line: int
    place: int
    heading: str

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}, cột {self.place}: không hiểu tiêu đề «{self.heading}»."


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateHeading:
    """Two columns with the same meaning."""

    line: int
    place: int
    heading: str

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}, cột {self.place}: tiêu đề «{self.heading}» có hai lần."


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongWidth:
    """A row with more or fewer cells than the heading."""

    line: int
    name: str
    cells: int
    expected: int

    @property
    def sentence(self) -> str:
        more_or_less = "thừa" if self.cells > self.expected else "thiếu"
        return (
            f"{_row(self.line, self.name)}: {more_or_less} cột, "
            f"có {self.cells} ô mà tiêu đề có {self.expected} cột."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayRow:
    """A row with figures outside the tables: before a heading or after the total."""

    line: int
    text: str

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}: dòng «{self.text}» nằm ngoài biểu."


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyCell:
    """A cell without its figure; no target is written as 0."""

    line: int
    name: str
    column: str

    @property
    def sentence(self) -> str:
        return f"{_row(self.line, self.name)}, cột {self.column}: ô trống (không có thì ghi 0)."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotANumber:
    """A cell that is not a whole number."""

    line: int
    name: str
    column: str
    text: str

    @property
    def sentence(self) -> str:
        return f"{_row(self.line, self.name)}, cột {self.column}: «{self.text}» không phải số nguyên."


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """A figure below zero."""

    line: int
    name: str
    column: str
    figure: int

    @property
    def sentence(self) -> str:
        return f"{_row(self.line, self.name)}, cột {self.column}: {self.figure} là số âm."


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge:
    """A figure that no unit can be meant to reach."""

    line: int
    name: str
    column: str
    figure: int
    limit: int

    @property
    def sentence(self) -> str:
        return (
            f"{_row(self.line, self.name)}, cột {self.column}: "
            f"{self.figure} quá lớn (nhiều nhất {self.limit})."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyName:
    """A row without the unit's name."""

    line: int

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}: thiếu tên đơn vị."


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateUnit:
    """The same unit twice, be it in other case or with other tone marks."""

    line: int
    name: str
    first_line: int
    first_name: str

    @property
    def sentence(self) -> str:
        same = "" if self.name == self.first_name else f" («{self.first_name}»)"
        return f"{_row(self.line, self.name)}: đơn vị này đã có ở dòng {self.first_line}{same}."


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePosition:
    """The same number (TT) twice in one table."""

    line: int
    name: str
    position: int
    first_line: int

    @property
    def sentence(self) -> str:
        return f"{_row(self.line, self.name)}: TT {self.position} đã có ở dòng {self.first_line}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers (TT) left out before this row of a table, `first` to `last`."""

    line: int
    name: str
    block: int
    first: int
    last: int

    @property
    def sentence(self) -> str:
        many = f"{self.first}" if self.first == self.last else f"{self.first} đến {self.last}"
        return f"{_row(self.line, self.name)}: biểu {self.block} thiếu TT {many} trước dòng này."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSum:
    """A row's total is not the sum of its quarters."""

    line: int
    name: str
    stated: int
    summed: int

    @property
    def sentence(self) -> str:
        return (
            f"{_row(self.line, self.name)}: tổng ghi {self.stated} nhưng bốn quý cộng lại là {self.summed}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSum:
    """A table's stated total («Cộng») of a column is not the sum of its rows."""

    line: int
    block: int
    column: Column
    stated: int
    summed: int

    @property
    def sentence(self) -> str:
        return (
            f"Dòng {self.line}, Cộng biểu {self.block}, cột {self.column.words}: "
            f"ghi {self.stated} nhưng các dòng cộng lại là {self.summed}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GrandSum:
    """The grand total («Tổng cộng») of a column is not the sum of all rows."""

    line: int
    column: Column
    stated: int
    summed: int

    @property
    def sentence(self) -> str:
        return (
            f"Dòng {self.line}, Tổng cộng, cột {self.column.words}: "
            f"ghi {self.stated} nhưng tất cả các dòng cộng lại là {self.summed}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondTotal:
    """A second line of totals for the same table, or a second grand total."""

    line: int
    name: str
    first_line: int

    @property
    def sentence(self) -> str:
        return f"{_row(self.line, self.name)}: đã có dòng này ở dòng {self.first_line}."
