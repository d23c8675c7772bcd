"""The table for the rating of the units (xlsx): a year's target, done, on time, corrected after the close."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from domain.figures import Figures
from domain.office import Office
from domain.rating import Rating, UnitRating
from messages.figures.paper import column_heading, counted_until, dated, letterhead, plan_named, table_title
from messages.figures.workbook_styles import (
    FONT,
    NUMBER,
    PERCENT,
    Formula,
    Styles,
    Value,
    lines_of,
    paper,
    put,
    put_unit,
)

_HEADINGS: Final = (
    "Chỉ tiêu năm",
    "Đã kết nạp",
    "%",
    "Số quý phải báo",
    "Báo đúng hạn",
    "%",
    "Điều chỉnh sau chốt",
    "Xếp loại",
)
_WIDTHS: Final = (8, 8, 8, 8, 8, 8, 9, 11)
_NAMES: Final = 36
_FIRST: Final = 2
_LAST: Final = _FIRST + len(_HEADINGS) - 1
_HEADING: Final = 4
_SHARES: Final = {2: (0, 1), 5: (3, 4)}
"""Which columns are shares, and of which two others: the second of the first."""
_LINE: Final = 15.0
_Counts = tuple[int, int, int, int, int]
"""Target, done, quarters due, on time, corrected."""
_PLACES: Final = (0, 1, 3, 4, 6)
"""The columns that those counts stand in."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of figures; `adds` is the formula of its sums, empty for a unit's own."""

    counts: _Counts
    adds: str = ""


def rating_workbook(figures: Figures, office: Office) -> bytes:
    """The workbook's file; its last column is empty, for the rating itself is the office's."""
    found = figures.rating
    if found is None:
        raise ValueError("these figures hold no rating")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_format_properties": dict(FONT)}) as book:
        book.set_properties(
            {
                "title": f"Đánh giá kết quả kết nạp đảng viên năm {found.plan.year}",
                "author": office.name,
                "created": found.as_of.astimezone(office.timezone).replace(tzinfo=None),
            }
        )
        _write(book.add_worksheet("Xếp loại"), Styles(book), figures, found, office)
    return out.getvalue()


def _write(sheet: Worksheet, styles: Styles, figures: Figures, found: Rating, office: Office) -> None:
    _set_out(sheet)
    _write_heads(sheet, styles, figures, found, office)
    row, sums = _HEADING + 1, []
    for number, block in enumerate(found.blocks, 1):
        row = _write_block(sheet, styles, row, number, block)
        sums.append(row - 1)
    adds = "=" + ("+".join(f"{{0}}{each + 1}" for each in sums) or "0")
    row = _write_sum(sheet, styles, row, "TỔNG CỘNG", _Line(_summed(found.rows), adds), "grand")
    _write_foot(sheet, styles, row + 1, figures, office)


def _set_out(sheet: Worksheet) -> None:
    paper(sheet, landscape=False)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, _NAMES)
    for column, width in enumerate(_WIDTHS, _FIRST):
        sheet.set_column(column, column, width)
    sheet.repeat_rows(_HEADING, _HEADING)
    sheet.freeze_panes(_HEADING + 1, _FIRST)


def _write_heads(sheet: Worksheet, styles: Styles, figures: Figures, found: Rating, office: Office) -> None:
    above = letterhead(figures, office).above
    titles = (
        ("BẢNG TỔNG HỢP PHỤC VỤ ĐÁNH GIÁ, XẾP LOẠI", styles.of(bold=True, font_size=14, align="center")),
        (
            f"kết quả kết nạp đảng viên và chế độ báo cáo năm {found.plan.year}",
            styles.of(bold=True, font_size=12, align="center"),
        ),
        (
            f"(theo {plan_named(found.plan, above)}; số liệu tính đến {counted_until(figures, office)})",
            styles.of(italic=True, align="center", text_wrap=True),
        ),
    )
    for row, (words, look) in enumerate(titles):
        sheet.set_row(row, 17 if row < len(titles) - 1 else 28)
        sheet.merge_range(row, 0, row, _LAST, words, look)
    sheet.set_row(_HEADING - 1, 6)
    sheet.set_row(_HEADING, 42)
    names = column_heading([row.unit.name for row in found.rows])
    for column, words in enumerate(("TT", names, *_HEADINGS)):
        put(sheet, _HEADING, column, words, styles.heading())


def _write_block(sheet: Worksheet, styles: Styles, row: int, number: int, block: Sequence[UnitRating]) -> int:
    """One table of the annex with its sum; answers the row after it."""
    title = table_title(number, [each.unit.name for each in block])
    sheet.set_row(row, _LINE + 2)
    sheet.merge_range(row, 0, row, _LAST, title, styles.words("sum", italic=True))
    first = row + 1
    for place, each in enumerate(block, 1):
        row += 1
        sheet.set_row(row, _LINE * lines_of(each.unit.name, _NAMES))
        put_unit(sheet, styles, row, each.unit.position or place, each.unit.name)
        _write_line(sheet, styles, row, _Line(_counts(each)), "row")
    sums = _Line(_summed(block), f"=SUM({{0}}{first + 1}:{{0}}{row + 1})")
    return _write_sum(sheet, styles, row + 1, "Cộng", sums, "sum")


def _counts(row: UnitRating) -> _Counts:
    return row.assigned, row.admitted, row.due, row.on_time, row.corrected


def _summed(rows: Sequence[UnitRating]) -> _Counts:
    first, second, third, fourth, fifth = (
        sum(column) for column in zip((0, 0, 0, 0, 0), *map(_counts, rows), strict=True)
    )
    return first, second, third, fourth, fifth


def _write_sum(sheet: Worksheet, styles: Styles, row: int, words: str, line: _Line, shade: str) -> int:
    sheet.set_row(row, _LINE + 2)
    sheet.merge_range(row, 0, row, 1, words, styles.cell(shade, align="center"))
    _write_line(sheet, styles, row, line, shade)
    return row + 1


def _write_line(sheet: Worksheet, styles: Styles, row: int, line: _Line, shade: str) -> None:
    values = dict(zip(_PLACES, line.counts, strict=True))
    for column in range(len(_HEADINGS)):
        form = PERCENT if column in _SHARES else NUMBER
        look = styles.cell(shade, num_format=form, align="center")
        put(sheet, row, _FIRST + column, _cell(row, column, values, line.adds), look)


def _cell(row: int, column: int, values: dict[int, int], adds: str) -> Value | Formula:
    if column in _SHARES:
        whole, part = _SHARES[column]
        cells = [xl_rowcol_to_cell(row, _FIRST + each) for each in (whole, part)]
        share = values[part] / values[whole] if values[whole] else "–"
        return Formula(f'=IF({cells[0]}=0,"–",{cells[1]}/{cells[0]})', share)
    if column not in values:
        return ""
    return Formula(adds.format(xl_col_to_name(_FIRST + column)), values[column]) if adds else values[column]


def _write_foot(sheet: Worksheet, styles: Styles, row: int, figures: Figures, office: Office) -> None:
    """What the columns mean, where and when the table was drawn up, and who signs."""
    said = (
        "Báo đúng hạn: quý có chỉ tiêu đã chốt báo cáo trước khi khóa sổ. Điều chỉnh sau chốt: số lần báo thêm, sửa, "
        "rút báo cáo sau khi khóa sổ quý. Cột xếp loại do cơ quan ghi."
    )
    sheet.set_row(row, 28)
    sheet.merge_range(row, 0, row, _LAST, said, styles.of(italic=True, text_wrap=True))
    head, row = letterhead(figures, office), row + 2
    bold = styles.of(align="center", bold=True)
    day = dated(head.place, office.day_of(figures.roll_up.as_of))
    sheet.merge_range(row, 5, row, _LAST, day, styles.of(align="center", italic=True))
    sheet.merge_range(row + 1, 0, row + 1, 1, "NGƯỜI LẬP BẢNG", bold)
    for line, words in enumerate(head.signs, row + 1):
        sheet.merge_range(line, 5, line, _LAST, words, bold)
    sheet.print_area(0, 0, row + 6, _LAST)
