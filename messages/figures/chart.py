"""The chart (png) for a phone: every unit's admissions against its year, with the line of the quarter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.figures import Figures
from domain.office import Office
from domain.period import ROMAN
from domain.progress import FilingState, RollUp, UnitProgress, Verdict, percent, total, verdict
from messages.figures.paper import counted_until, table_number

if TYPE_CHECKING:
    from messages.figures.canvas import Canvas

WIDTH: Final = 1080
MOST_ROWS: Final = 100
"""More units make a picture that no phone opens: those furthest behind the quarter are shown then."""
_EDGE: Final = 44
_HEAD: Final = 560
_ROW: Final = 48
_BLOCK: Final = 66
_FOOT: Final = 90
_BAR: Final = (356, 756)
_QUARTER_AT: Final = 846
_YEAR_AT: Final = WIDTH - _EDGE
_SEPARATE_UP_TO: Final = 25

_INK: Final = "#1A1A1A"
_GREY: Final = "#666666"
_TRACK: Final = "#DDE3EA"
_GREEN: Final = "#1E7B45"
_AMBER: Final = "#C77700"
_RED: Final = "#C0292B"
_BLUE: Final = "#1F4E8C"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is drawn: the blocks with the rows of each that have anything to show, and how many have nothing."""

    blocks: tuple[tuple[UnitProgress, ...], ...]
    bare: int
    left_out: int

    @property
    def height(self) -> int:
        rows = sum(len(block) for block in self.blocks)
        return _HEAD + rows * _ROW + len(self.blocks) * _BLOCK + _FOOT

    @property
    def longest(self) -> int:
        """The greatest figure that a bar has to hold."""
        rows = [row for block in self.blocks for row in block]
        return max((max(row.target.year, row.admitted.to_date) for row in rows), default=1)


def chart(figures: Figures, office: Office) -> bytes:
    """The picture's file, 1080 pixels wide and as long as there are units."""
    from messages.figures.canvas import Canvas

    shown = _shown(figures)
    canvas = Canvas(WIDTH, shown.height)
    _draw_head(canvas, figures, counted_until(figures, office))
    top = _HEAD
    for number, block in enumerate(shown.blocks, 1):
        _draw_block(canvas, top, number, block)
        top += _BLOCK
        for row in block:
            _draw_row(canvas, top, row, shown.longest)
            top += _ROW
    _draw_foot(canvas, top, shown)
    return canvas.png()


def _shown(figures: Figures) -> _Shown:
    rows = {row.unit.id: row for row in figures.roll_up.units}
    telling = [row for row in rows.values() if row.target.year or row.admitted.to_date]
    kept = {row.unit.id for row in sorted(telling, key=_behind)[:MOST_ROWS]}
    blocks = (tuple(rows[each.unit.id] for each in block if each.unit.id in kept) for block in figures.blocks)
    return _Shown(
        blocks=tuple(block for block in blocks if block),
        bare=len(rows) - len(telling),
        left_out=len(telling) - len(kept),
    )


def _behind(row: UnitProgress) -> int:
    return row.admitted.to_date - row.target.to_date


def _draw_head(canvas: Canvas, figures: Figures, until: str) -> None:
    roll_up = figures.roll_up
    canvas.text((_EDGE, 62), f"KẾT NẠP ĐẢNG VIÊN {roll_up.quarter.full_name.upper()}", 46, _INK, bold=True)
    place = f"{roll_up.district} · " if roll_up.district else ""
    canvas.text((_EDGE, 118), f"{place}tính đến {until}", 30, _GREY)
    quarter, year = roll_up.admitted.quarter, roll_up.admitted.to_date
    thirds = (WIDTH - 2 * _EDGE) // 3
    numbers = (
        (quarter, roll_up.target.quarter, f"chỉ tiêu {roll_up.quarter.name}"),
        (year, roll_up.assigned, "chỉ tiêu năm"),
        (year, roll_up.plan.pledged, "mục tiêu năm"),
    )
    for third, (done, whole, words) in enumerate(numbers):
        _draw_number(canvas, _EDGE + third * thirds, done, whole, words)
    _draw_year(canvas, 330, figures)
    _draw_legend(canvas, 462, roll_up)
    canvas.text((_EDGE, 530), "Đơn vị", 26, _GREY)
    canvas.text((_QUARTER_AT, 530), f"Quý {ROMAN[roll_up.quarter.number - 1]}", 26, _GREY, side="m")
    canvas.text((_YEAR_AT, 530), "Cả năm", 26, _GREY, side="r")


def _draw_number(canvas: Canvas, left: float, done: int, whole: int, words: str) -> None:
    canvas.text((left, 196), f"{done}/{whole}", 60, _BLUE, bold=True)
    canvas.text((left, 252), f"{words}: {percent(done, whole)}", 27, _GREY)


def _draw_year(canvas: Canvas, top: float, figures: Figures) -> None:
    """All units together: how far into the year, with a line at the end of each quarter."""
    roll_up = figures.roll_up
    left, right = _EDGE, WIDTH - _EDGE
    whole = max(roll_up.assigned, roll_up.admitted.to_date, 1)
    scale = (right - left) / whole
    canvas.box(left, top, right, top + 40, _TRACK)
    canvas.box(left, top, left + roll_up.admitted.to_date * scale, top + 40, _BLUE)
    free = float(right)
    for number in (4, 3, 2, 1):
        due = sum(figures.assigned_in(each) for each in range(1, number + 1))
        now, at = number == roll_up.quarter.number, left + due * scale
        canvas.box(at - 4, top - 12, at, top + 52, _INK if now else "#9AA4B0")
        words = f"{ROMAN[number - 1]}: {due}"
        width = canvas.width(words, 27, bold=now)
        # From the right: a label that would touch the one after it gives way.
        middle = min(at, free - width / 2)
        canvas.text((middle, top + 76), words, 27, _INK if now else _GREY, bold=now, side="m")
        free = middle - width / 2 - 24


def _draw_legend(canvas: Canvas, top: float, roll_up: RollUp) -> None:
    left: float = _EDGE
    for colour, words in ((_GREEN, "đạt, vượt"), (_AMBER, "chưa đạt"), (_RED, "chưa báo")):
        canvas.box(left, top - 13, left + 26, top + 13, colour)
        canvas.text((left + 36, top), words, 26, _GREY)
        left += 36 + canvas.width(words, 26) + 30
    canvas.box(left + 8, top - 18, left + 13, top + 18, _INK)
    canvas.text((left + 26, top), f"mức phải đạt hết {roll_up.quarter.name}", 26, _GREY)


def _draw_block(canvas: Canvas, top: float, number: int, block: Sequence[UnitProgress]) -> None:
    target, admitted = total(row.target for row in block), total(row.admitted for row in block)
    middle = top + _BLOCK / 2 + 4
    canvas.box(_EDGE, top + 12, WIDTH - _EDGE, top + _BLOCK - 4, "#EEF2F7")
    canvas.text((_EDGE + 12, middle), f"Biểu {table_number(number)}", 30, _INK, bold=True)
    canvas.text((_QUARTER_AT, middle), f"{admitted.quarter}/{target.quarter}", 30, _INK, bold=True, side="m")
    canvas.text((_YEAR_AT - 8, middle), f"{admitted.to_date}/{target.year}", 30, _INK, bold=True, side="r")


def _draw_row(canvas: Canvas, top: float, row: UnitProgress, longest: int) -> None:
    middle, quarter = top + _ROW / 2, (row.target.quarter, row.admitted.quarter)
    name = unicodedata.normalize("NFC", row.unit.short)
    canvas.text((_EDGE, middle), *canvas.fitted(name, (30, 27, 24), _BAR[0] - _EDGE - 12))
    _draw_bar(canvas, top, row, longest, _colour(row, verdict(row.target.to_date, row.admitted.to_date)))
    figure = f"{quarter[1]}/{quarter[0]}" if any(quarter) else "–"
    canvas.text((_QUARTER_AT, middle), figure, 30, _colour(row, row.verdict), bold=True, side="m")
    canvas.text((_YEAR_AT - 8, middle), f"{row.admitted.to_date}/{row.target.year}", 30, _GREY, side="r")


def _draw_bar(canvas: Canvas, top: float, row: UnitProgress, longest: int, colour: str) -> None:
    left, scale = _BAR[0], (_BAR[1] - _BAR[0]) / longest
    end = left + max(row.target.year, row.admitted.to_date) * scale
    canvas.box(left, top + 10, end, top + _ROW - 10, _TRACK)
    canvas.box(left, top + 10, left + row.admitted.to_date * scale, top + _ROW - 10, colour)
    if longest <= _SEPARATE_UP_TO:
        for each in range(1, longest):
            canvas.box(left + each * scale - 1, top + 10, left + each * scale + 1, top + _ROW - 10, "white")
    if row.target.to_date:
        due = left + row.target.to_date * scale
        canvas.box(due - 3, top + 4, due + 2, top + _ROW - 4, _INK)
    if row.filing is FilingState.SILENT:
        room = _QUARTER_AT - 50 - canvas.width(words := FilingState.SILENT.words, 24)
        canvas.text((min(end + 12, room), top + _ROW / 2), words, 24, _RED)


def _colour(row: UnitProgress, stands: Verdict) -> str:
    """Colours only underline what the figures, the line and the words say: of the year to date, or of the quarter."""
    if row.filing is FilingState.SILENT:
        return _RED
    return {Verdict.BELOW: _AMBER, Verdict.NONE: _GREY}.get(stands, _GREEN)


def _draw_foot(canvas: Canvas, top: float, shown: _Shown) -> None:
    notes = []
    if shown.bare:
        notes.append(f"{shown.bare} đơn vị không được giao chỉ tiêu năm")
    if shown.left_out:
        notes.append(f"{shown.left_out} đơn vị khác không có trong hình")
    canvas.text((_EDGE, top + _FOOT / 2), " · ".join(notes), 26, _GREY)
