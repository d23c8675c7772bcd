"""The workbook's second sheet: what the units have said of the quarter, the verdicts, and the groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from domain.figures import Figures
from domain.office import Office
from domain.progress import FilingState, RollUp, UnitProgress, Verdict
from messages.figures.paper import counted_groups, counted_schooling, counted_until
from messages.figures.workbook_styles import (
    LEFT_OVER,
    NUMBER,
    Formula,
    Styles,
    Value,
    lines_of,
    paper,
    put,
    put_unit,
)

_HEADINGS: Final = (
    "TT",
    "Đơn vị",
    "Giao",
    "Đã kết nạp",
    "Còn lại",
    "Báo cáo",
    "Kết quả",
    "Chốt ngày",
    "Ghi chú",
)
_WIDTHS: Final = (5, 50, 8, 9, 9, 17, 18, 13, 19)
_LAST: Final = len(_HEADINGS) - 1
_COLOURS: Final = {
    FilingState.SILENT.words: "#C00000",
    FilingState.DRAFT.words: "#B45F06",
    Verdict.BELOW.words: "#C00000",
    Verdict.MET.words: "#1E6B34",
    Verdict.OVER.words: "#1E6B34",
    FilingState.NOT_DUE.words: "#7F7F7F",
    Verdict.NONE.words: "#7F7F7F",
}
_SUMMARY: Final = 4
_AMENDED: Final = "điều chỉnh sau chốt"
_LINE: Final = 15.0

Line = tuple[str, Value | Formula]


def write_states(sheet: Worksheet, styles: Styles, figures: Figures, office: Office) -> None:
    """Fill the sheet."""
    roll_up = figures.roll_up
    paper(sheet, landscape=False)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _write_titles(sheet, styles, figures, office)
    left, right = _counts(roll_up), _groups(figures)
    first = _SUMMARY + max(len(left), len(right)) + 1
    _write_table(sheet, styles, first, roll_up, office)
    states, verdicts = _column(first, 5, len(roll_up.units)), _column(first, 6, len(roll_up.units))
    live = [(words, _counting(words, number, states, verdicts)) for words, number in left]
    _write_summary(sheet, styles, live, right)


def _write_titles(sheet: Worksheet, styles: Styles, figures: Figures, office: Office) -> None:
    quarter = figures.roll_up.quarter
    title = f"TÌNH HÌNH BÁO CÁO KẾT NẠP ĐẢNG VIÊN {quarter.name.upper()} NĂM {quarter.year}"
    sheet.set_row(0, 20)
    sheet.merge_range(0, 0, 0, _LAST, title, styles.of(bold=True, font_size=13, align="center"))
    until = f"(số liệu tính đến {counted_until(figures, office)})"
    sheet.merge_range(1, 0, 1, _LAST, until, styles.of(italic=True, align="center"))


def _counts(roll_up: RollUp) -> list[tuple[str, int]]:
    verdicts = [row.verdict for row in roll_up.units]
    return [
        *((state.words, number) for state, number in roll_up.filings.items()),
        *((each.words, verdicts.count(each)) for each in Verdict),
    ]


def _groups(figures: Figures) -> list[Line]:
    roll_up = figures.roll_up
    heads = roll_up.heads
    return [
        *counted_groups(roll_up.breakdown),
        *_schooling(roll_up),
        ("Trưởng thôn là đảng viên", f"{heads.members}/{heads.total}" if heads else "chưa có số liệu"),
        ("Vướng mắc chưa giải quyết", len(figures.issues)),
        ("Đơn vị điều chỉnh sau chốt", len(roll_up.amended_after_close)),
    ]


def _schooling(roll_up: RollUp) -> list[Line]:
    """All in one line, which stands for itself."""
    told = ", ".join(f"{words} {number}" for words, number in counted_schooling(roll_up))
    return [(f"Học vấn: {told}", "")] if told else []


def _column(first: int, column: int, length: int) -> str:
    letter = "ABCDEFGHI"[column]
    return f"${letter}${first + 2}:${letter}${first + 1 + max(1, length)}"


def _counting(words: str, number: int, states: str, verdicts: str) -> Formula:
    where = states if words in {state.words for state in FilingState} else verdicts
    return Formula(f'=COUNTIF({where},"{words}")', number)


def _write_summary(sheet: Worksheet, styles: Styles, left: Sequence[Line], right: Sequence[Line]) -> None:
    heading = styles.heading()
    sheet.merge_range(_SUMMARY - 1, 0, _SUMMARY - 1, 2, "Số đơn vị", heading)
    sheet.merge_range(_SUMMARY - 1, 4, _SUMMARY - 1, _LAST, "Trong số kết nạp của quý", heading)
    for row, (one, other) in enumerate(zip_longest(left, right), _SUMMARY):
        if one:
            sheet.merge_range(row, 0, row, 1, _starting(one[0]), _coloured(styles, one[0]))
            put(sheet, row, 2, one[1], styles.cell(align="center", num_format=NUMBER))
        if other and other[1] == "":
            sheet.merge_range(row, 4, row, _LAST, other[0], styles.words(shrink=True))
        elif other:
            sheet.merge_range(row, 4, row, 7, other[0], styles.words())
            put(sheet, row, 8, other[1], styles.cell(align="center"))


def _starting(words: str) -> str:
    return words[:1].upper() + words[1:]


def _write_table(sheet: Worksheet, styles: Styles, first: int, roll_up: RollUp, office: Office) -> None:
    for column, words in enumerate(_HEADINGS):
        put(sheet, first, column, words, styles.heading())
    sheet.set_row(first, 30)
    sheet.repeat_rows(first)
    amended = {row.unit.id for row in roll_up.amended_after_close}
    for row, each in enumerate(roll_up.units, first + 1):
        note = _AMENDED if each.unit.id in amended else ""
        _write_unit(sheet, styles, row, each, _filed_on(each, office), note)
    sheet.autofilter(first, 0, first + len(roll_up.units), _LAST)


def _filed_on(row: UnitProgress, office: Office) -> str:
    if row.filed is None or row.filing not in (FilingState.FILED, FilingState.NIL):
        return ""
    return f"{office.day_of(row.filed.at):%d/%m/%Y}"


def _write_unit(
    sheet: Worksheet, styles: Styles, row: int, each: UnitProgress, filed_on: str, note: str
) -> None:
    target, admitted = each.target.quarter, each.admitted.quarter
    sheet.set_row(row, _LINE * lines_of(each.unit.name, _WIDTHS[1]))
    put_unit(sheet, styles, row, each.unit.position or "", each.unit.name)
    for column, number in ((2, target), (3, admitted)):
        put(sheet, row, column, number, styles.cell(align="center", num_format=NUMBER))
    left = Formula(f"=C{row + 1}-D{row + 1}", target - admitted)
    put(sheet, row, 4, left, styles.cell(align="center", num_format=LEFT_OVER))
    for column, words in ((5, each.filing.words), (6, each.verdict.words)):
        put(sheet, row, column, words, _coloured(styles, words))
    put(sheet, row, 7, filed_on, styles.cell(align="center"))
    put(sheet, row, 8, note, styles.words(italic=True))


def _coloured(styles: Styles, words: str) -> Format:
    """Colour only underlines what the words say."""
    return styles.words(font_color=_COLOURS.get(words, "#000000"))
