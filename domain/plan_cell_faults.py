"""What of a plan's file cannot be read: headings, rows and cells."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plan_faults import row_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHeading:
    """No line of the file names the columns."""

    line: int = 0

    @property
    def sentence(self) -> str:
        return "Không thấy dòng tiêu đề (bieu, tt, don_vi, tong, quy_1 … quy_4, hoặc TT, Tên đảng bộ …)."


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
            f"{row_words(self.line, self.name)}: {more_or_less} cột, "
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
        return f"{row_words(self.line, self.name)}, cột {self.column}: ô trống (không có thì ghi 0)."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotANumber:
    """A cell that is not a whole number."""

    line: int
    name: str
    column: str
    text: str

    @property
    def sentence(self) -> str:
        return f"{row_words(self.line, self.name)}, cột {self.column}: «{self.text}» không phải số nguyên."


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """A figure below zero."""

    line: int
    name: str
    column: str
    figure: int

    @property
    def sentence(self) -> str:
        return f"{row_words(self.line, self.name)}, cột {self.column}: {self.figure} là số âm."


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
            f"{row_words(self.line, self.name)}, cột {self.column}: "
            f"{self.figure} quá lớn (nhiều nhất {self.limit})."
        )
