"""The headings of a plan's annex: over one row or two, in the annex's words or in short names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.plan_cell_faults import DuplicateHeading, MissingColumn, UnknownHeading
from domain.plan_faults import Column, PlanFault
from domain.spelling import bare


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number as people count, from 1, and its cells without outer spaces."""

    number: int
    cells: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """The cells up to the last one that says something."""
        cells = self.cells
        while cells and not cells[-1]:
            cells = cells[:-1]
        return cells


class Field(StrEnum):
    """What a column holds; the value is the heading that people know it by."""

    BLOCK = "Biểu"
    POSITION = "TT"
    NAME = "Tên đơn vị"
    TOTAL = "Tổng"
    QUARTER_1 = "Quý I"
    QUARTER_2 = "Quý II"
    QUARTER_3 = "Quý III"
    QUARTER_4 = "Quý IV"


FIGURES: Final[Mapping[Column, Field]] = {
    Column.TOTAL: Field.TOTAL,
    Column.QUARTER_1: Field.QUARTER_1,
    Column.QUARTER_2: Field.QUARTER_2,
    Column.QUARTER_3: Field.QUARTER_3,
    Column.QUARTER_4: Field.QUARTER_4,
}
_SPELLINGS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.BLOCK: ("bieu", "bieu so"),
    Field.POSITION: ("tt", "stt", "so tt", "so thu tu"),
    Field.NAME: (
        "don vi",
        "ten don vi",
        "ten dang bo",
        "ten dang bo chi bo",
        "dang bo chi bo",
        "dang bo",
        "to chuc dang",
    ),
    Field.TOTAL: ("tong", "tong so", "tong so dang vien ket nap", "ca nam", "chi tieu ca nam"),
    Field.QUARTER_1: ("quy 1", "quy i", "q1"),
    Field.QUARTER_2: ("quy 2", "quy ii", "q2"),
    Field.QUARTER_3: ("quy 3", "quy iii", "q3"),
    Field.QUARTER_4: ("quy 4", "quy iv", "q4"),
}
_FIELDS: Final = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings}
_ABOVE_QUARTERS: Final = frozenset({"chia ra theo quy", "chia ra", "chia theo quy", "trong do"})
_ENOUGH: Final = 3
"""Known words that make a line a heading: fewer occur in a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The columns under a heading: `places` from 0; `rows` is how many lines the heading takes."""

    line: int
    rows: int
    width: int
    places: Mapping[Field, int]
    named: frozenset[int]
    faults: tuple[PlanFault, ...]

    @property
    def has_blocks(self) -> bool:
        """Whether each row says itself which table it belongs to."""
        return Field.BLOCK in self.places


def heading_at(line: Line, following: Line | None) -> Heading | None:
    """The heading that begins with this line, or None when it is no heading."""
    words = [bare(cell) for cell in line.used]
    if sum(word in _FIELDS or word in _ABOVE_QUARTERS for word in words) < _ENOUGH:
        return None
    below = following.used if following is not None and _is_lower_half(following) else ()
    width = max(len(line.used), len(below))
    texts = [_at(below, place) or _at(line.used, place) for place in range(width)]
    return _heading(line.number, 2 if below else 1, texts)


def _is_lower_half(line: Line) -> bool:
    words = [bare(cell) for cell in line.used if cell]
    return bool(words) and all(_FIELDS.get(word) in FIGURES.values() for word in words)


def _at(cells: tuple[str, ...], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _heading(number: int, rows: int, texts: list[str]) -> Heading:
    places: dict[Field, int] = {}
    faults: list[PlanFault] = []
    for place, text in enumerate(texts):
        field = _FIELDS.get(bare(text))
        if field is None:
            faults.extend(_unknown(number, place, text))
        elif field in places:
            faults.append(DuplicateHeading(line=number, place=place + 1, heading=text))
        else:
            places[field] = place
    faults.extend(
        MissingColumn(line=number, column=field.value)
        for field in Field
        if field not in places and field is not Field.BLOCK
    )
    return Heading(
        line=number,
        rows=rows,
        width=len(texts),
        places=places,
        named=frozenset(place for place, text in enumerate(texts) if text),
        faults=tuple(faults),
    )


def _unknown(number: int, place: int, text: str) -> Iterator[PlanFault]:
    if text and bare(text) not in _ABOVE_QUARTERS:
        yield UnknownHeading(line=number, place=place + 1, heading=text[:40])
