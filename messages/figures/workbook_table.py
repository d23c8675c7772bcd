"""The workbook's first sheet: the annex's two tables with assigned, admitted, per cent and left for year and quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from domain.figures import Figures, UnitYear, summed
from domain.office import Office
from domain.period import ROMAN, Quarter
from domain.plan import Quarters
from messages.figures.paper import column_heading, counted_until, dated, letterhead, plan_named, table_title
from messages.figures.workbook_styles import (
    LEFT_OVER,
    NUMBER,
    PERCENT,
    UNTIL_THEN,
    Formula,
    Styles,
    Value,
    lines_of,
    paper,
    put,
    put_unit,
)

_SPANS: Final = 5
"""The year and its four quarters."""
_FIRST: Final = 2
_WIDTH: Final = 4
_LAST: Final = _FIRST + _SPANS * _WIDTH - 1
_HEADING: Final = 4
_FORMS: Final = (NUMBER, NUMBER, PERCENT, LEFT_OVER)
_NAMES: Final = 40
_COLUMNS: Final = (5.3, 6.7, 7.3, 7.3)
_LINE: Final = 14.5


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of figures: what it adds up from (rows of the sheet), empty for a unit's own."""

    assigned: Quarters
    admitted: Quarters
    adds: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    sheet: Worksheet
    styles: Styles
    begun: int
    """How many quarters of the year have begun."""

    def line(self, row: int, line: _Line, shade: str) -> None:
        """The figures of the year and of each quarter."""
        for span in range(_SPANS):
            for column, what in enumerate(_figures(row, span, line)):
                form = _FORMS[column] if column == 0 or span <= self.begun else UNTIL_THEN[_FORMS[column]]
                look = self.styles.cell(shade, num_format=form, align="center")
                put(self.sheet, row, _FIRST + span * _WIDTH + column, what, look)


def write_table(sheet: Worksheet, styles: Styles, figures: Figures, office: Office) -> None:
    """Fill the sheet."""
    _set_out(sheet)
    _write_heads(sheet, styles, figures, office)
    table = _Sheet(sheet, styles, _begun(figures, office))
    row, sums = _HEADING + 2, []
    for number, block in enumerate(figures.blocks, 1):
        row = _write_block(table, row, number, block)
        sums.append(row - 1)
    sheet.set_h_pagebreaks([each + 1 for each in sums[:-1]])
    row = _write_grand(table, row, sums, figures)
    _write_pledge(table, row, figures)
    _write_foot(table, row + 2, figures, office)


def _begun(figures: Figures, office: Office) -> int:
    today = Quarter.of(office.day_of(figures.roll_up.as_of))
    year = figures.roll_up.quarter.year
    return 4 if today.year > year else today.number if today.year == year else 0


def _set_out(sheet: Worksheet) -> None:
    paper(sheet, landscape=True)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, _NAMES)
    for column in range(_FIRST, _LAST + 1):
        sheet.set_column(column, column, _COLUMNS[(column - _FIRST) % _WIDTH])
    sheet.repeat_rows(_HEADING, _HEADING + 1)
    sheet.freeze_panes(_HEADING + 2, _FIRST)


def _write_heads(sheet: Worksheet, styles: Styles, figures: Figures, office: Office) -> None:
    plan, above = figures.roll_up.plan, letterhead(figures, office).above
    titles = (
        ("BIỂU TỔNG HỢP", styles.of(bold=True, font_size=14, align="center")),
        (
            f"kết quả kết nạp đảng viên năm {plan.year} so với chỉ tiêu giao",
            styles.of(bold=True, font_size=12, align="center"),
        ),
        (
            f"(chỉ tiêu theo {plan_named(plan, above)}; số liệu tính đến {counted_until(figures, office)})",
            styles.of(italic=True, align="center"),
        ),
    )
    for row, (words, look) in enumerate(titles):
        sheet.set_row(row, 17)
        sheet.merge_range(row, 0, row, _LAST, words, look)
    sheet.set_row(_HEADING - 1, 6)
    heading = styles.heading()
    sheet.set_row(_HEADING, 15)
    sheet.set_row(_HEADING + 1, 26)
    sheet.merge_range(_HEADING, 0, _HEADING + 1, 0, "TT", heading)
    names = column_heading([row.unit.name for row in figures.rows])
    sheet.merge_range(_HEADING, 1, _HEADING + 1, 1, names, heading)
    for span, words in enumerate((f"Cả năm {plan.year}", *(f"Quý {roman}" for roman in ROMAN))):
        left = _FIRST + span * _WIDTH
        sheet.merge_range(_HEADING, left, _HEADING, left + _WIDTH - 1, words, heading)
        for column, each in enumerate(("Giao", "Đã kết nạp", "%", "Còn lại")):
            put(sheet, _HEADING + 1, left + column, each, heading)


def _write_block(table: _Sheet, row: int, number: int, block: Sequence[UnitYear]) -> int:
    """One table of the annex with its sum; answers the row after it."""
    sheet, styles = table.sheet, table.styles
    title = table_title(number, [each.unit.name for each in block])
    sheet.set_row(row, _LINE + 2)
    sheet.merge_range(row, 0, row, _LAST, title, styles.words("sum", italic=True))
    first = row + 1
    for place, each in enumerate(block, 1):
        row += 1
        sheet.set_row(row, _LINE * lines_of(each.unit.name, _NAMES))
        put_unit(sheet, styles, row, each.unit.position or place, each.unit.name)
        table.line(row, _Line(each.assigned, each.admitted), "row")
    sums = _Line(
        summed(each.assigned for each in block),
        summed(each.admitted for each in block),
        f"=SUM({{0}}{first + 1}:{{0}}{row + 1})",
    )
    return _write_sum(table, row + 1, "Cộng", sums, "sum")


def _write_grand(table: _Sheet, row: int, sums: Sequence[int], figures: Figures) -> int:
    grand = _Line(
        summed(each.assigned for each in figures.rows),
        summed(each.admitted for each in figures.rows),
        "=" + ("+".join(f"{{0}}{each + 1}" for each in sums) or "0"),
    )
    return _write_sum(table, row, "TỔNG CỘNG", grand, "grand")


def _write_sum(table: _Sheet, row: int, words: str, line: _Line, shade: str) -> int:
    table.sheet.set_row(row, _LINE + 2)
    table.sheet.merge_range(row, 0, row, 1, words, table.styles.cell(shade, align="center"))
    table.line(row, line, shade)
    return row + 1


def _figures(row: int, span: int, line: _Line) -> tuple[Value | Formula, ...]:
    """Assigned, admitted, per cent and left of the year (span 0) or of a quarter."""
    left = _FIRST + span * _WIDTH
    assigned, admitted = _of(line.assigned, span), _of(line.admitted, span)
    cells = [xl_rowcol_to_cell(row, left + column) for column in (0, 1)]
    return (
        _counted(row, left, span, line, assigned),
        _counted(row, left + 1, span, line, admitted),
        Formula(f'=IF({cells[0]}=0,"–",{cells[1]}/{cells[0]})', admitted / assigned if assigned else "–"),
        Formula(f"={cells[0]}-{cells[1]}", assigned - admitted),
    )


def _of(quarters: Quarters, span: int) -> int:
    return quarters[span - 1] if span else sum(quarters)


def _counted(row: int, column: int, span: int, line: _Line, value: int) -> Value | Formula:
    """A unit's quarters are its figures; its year, and every sum, is added up."""
    if line.adds:
        return Formula(line.adds.format(xl_col_to_name(column)), value)
    if span:
        return value
    quarters = [xl_rowcol_to_cell(row, column + number * _WIDTH) for number in (1, 2, 3, 4)]
    return Formula("=" + "+".join(quarters), value)


def _write_pledge(table: _Sheet, row: int, figures: Figures) -> None:
    """What the plan pledges, which is another number than what it assigns."""
    pledged = figures.roll_up.plan.pledged
    admitted = sum(sum(each.admitted) for each in figures.rows)
    cell, done = xl_rowcol_to_cell(row, _FIRST), xl_rowcol_to_cell(row - 1, _FIRST + 1)
    cells: tuple[Value | Formula, ...] = (
        pledged,
        Formula(f"={done}", admitted),
        Formula(f'=IF({cell}=0,"–",{done}/{cell})', admitted / pledged if pledged else "–"),
        Formula(f"={cell}-{done}", pledged - admitted),
    )
    look = table.styles.cell(align="center", italic=True)
    table.sheet.merge_range(row, 0, row, 1, "Mục tiêu của Kế hoạch (trở lên)", look)
    for column, (what, form) in enumerate(zip(cells, _FORMS, strict=True), _FIRST):
        put(table.sheet, row, column, what, table.styles.cell(num_format=form, align="center", italic=True))


def _write_foot(table: _Sheet, row: int, figures: Figures, office: Office) -> None:
    """Where and when the table was drawn up, and who signs."""
    head, sheet = letterhead(figures, office), table.sheet
    day = dated(head.place, office.day_of(figures.roll_up.as_of))
    bold = table.styles.of(align="center", bold=True)
    sheet.merge_range(row, 12, row, _LAST, day, table.styles.of(align="center", italic=True))
    sheet.merge_range(row + 1, 0, row + 1, 5, "NGƯỜI LẬP BIỂU", bold)
    for line, words in enumerate(head.signs, row + 1):
        sheet.merge_range(line, 12, line, _LAST, words, bold)
    sheet.print_area(0, 0, row + 6, _LAST)
