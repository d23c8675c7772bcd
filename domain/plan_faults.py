"""What can be wrong with a plan; each fault says in one Vietnamese sentence where and what."""

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


def row_words(line: int, name: str) -> str:
    """Where in the file: `Dòng 7, Giáp Sơn`."""
    return f"Dòng {line}, {name}" if name else f"Dòng {line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRows:
    """The file has a heading but no unit."""

    line: int = 0

    @property
    def sentence(self) -> str:
        return "Tệp không có dòng chỉ tiêu nào."


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
        return f"{row_words(self.line, self.name)}: đơn vị này đã có ở dòng {self.first_line}{same}."


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePosition:
    """The same number (TT) twice in one table."""

    line: int
    name: str
    position: int
    first_line: int

    @property
    def sentence(self) -> str:
        return f"{row_words(self.line, self.name)}: TT {self.position} đã có ở dòng {self.first_line}."


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
        return f"{row_words(self.line, self.name)}: biểu {self.block} thiếu TT {many} trước dòng này."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSum:
    """A row's total is not the sum of its quarters."""

    line: int
    name: str
    stated: int
    summed: int

    @property
    def sentence(self) -> str:
        return f"{row_words(self.line, self.name)}: tổng ghi {self.stated} nhưng bốn quý cộng lại là {self.summed}."


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
        return f"{row_words(self.line, self.name)}: đã có dòng này ở dòng {self.first_line}."
