"""How the cells of the workbook look, and how a formula is written with its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FONT: Final = {"font_name": "Times New Roman", "font_size": 10}
"""The workbook's own font too: columns are measured in its digits."""
_GRID: Final = {"border": 1, "border_color": "#808080"}
_SHADES: Final = {
    "row": {},
    "sum": {"bold": True, "bg_color": "#F2F2F2"},
    "grand": {"bold": True, "bg_color": "#DDE7F3"},
}
NUMBER: Final = "0"
PERCENT: Final = "0.0%"
LEFT_OVER: Final = '0;"vượt "0;0'
UNTIL_THEN: Final = {NUMBER: "0;-0;;", PERCENT: "0.0%;-0.0%;;", LEFT_OVER: '0;"vượt "0;;'}
"""The forms of what was done in a quarter that has not begun: a zero there would read as a result."""
Value = int | float | str


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value that it has."""

    words: str
    value: Value


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **look: object) -> Format:  # the names are xlsxwriter's
        """The format that looks like this."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**FONT, "valign": "vcenter", **look})
        return self._made[key]

    def cell(self, shade: str = "row", **look: object) -> Format:
        """A cell of a table: in a `row`, in a `sum`, or in the `grand` total."""
        return self.of(**_GRID, **_SHADES[shade], **look)

    def words(self, shade: str = "row", **look: object) -> Format:
        """A cell of a table that holds words: a little away from its border."""
        return self.cell(shade, align="left", indent=1, **look)

    def heading(self) -> Format:
        """A cell of a table's heading."""
        return self.of(**_GRID, bold=True, align="center", text_wrap=True, bg_color="#DDE7F3")


def put(sheet: Worksheet, row: int, column: int, what: Value | Formula, look: Format) -> None:
    """Write one cell; text is never read as a formula or a link."""
    match what:
        case Formula(words, value):
            sheet.write_formula(row, column, words, look, value)
        case str():
            sheet.write_string(row, column, what, look)
        case _:
            sheet.write_number(row, column, what, look)


def put_unit(sheet: Worksheet, styles: Styles, row: int, place: Value, name: str) -> None:
    """Write the number and the name with which a unit's row begins."""
    put(sheet, row, 0, place, styles.cell(align="center"))
    put(sheet, row, 1, name, styles.words(text_wrap=True))


def lines_of(words: str, width: float) -> int:
    """How many lines words take in a column of this width, which is counted in digits."""
    return 1 + int(len(words) > width)


def paper(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, as wide as the page and as long as need be, with numbered pages."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.55)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer('&C&"Times New Roman"&9Trang &P/&N')
    sheet.hide_gridlines(2)
