"""A plan's annex from a file: csv or Excel, in the annex's own shape or with one flat heading."""

from __future__ import annotations

import csv
import io
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

from domain.errors import Refused
from domain.plan_table import PlanTable
from messages.figures.plan_headings import Line
from messages.figures.plan_lines import has_heading, read_lines

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE: Final = 5_000_000
"""Bytes; the annex of a district has some ten thousand."""
LARGEST_TABLE: Final = (5_000, 60)
"""Lines and columns that are looked at; no annex has more."""
_SEPARATORS: Final = (",", ";", "\t")
# openpyxl lets the faults of zip, XML and its own reading through as they are.
_BROKEN_WORKBOOK: Final = (
    BadZipFile,
    KeyError,
    TypeError,
    ValueError,
    OSError,
    EOFError,
    SyntaxError,
    AttributeError,
    zlib.error,
)


@dataclass(eq=False)
class UnreadableFile(Refused):
    """The file is no table that could be read; `reason` is one Vietnamese sentence that says what to do."""

    reason: str


def read_plan_file(content: bytes) -> PlanTable:
    """The table in a file, told by its content, not its name; UnreadableFile when there is none to read."""
    return read_lines(lines_in(content, has_heading))


def lines_in(content: bytes, has_heading: Callable[[Sequence[Line]], bool]) -> tuple[Line, ...]:
    """The lines of a csv or Excel file, by the separator, or of the sheet, that has a heading; UnreadableFile."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("Tệp quá lớn: một biểu không quá 5 MB.")
    if not content.strip():
        raise UnreadableFile("Tệp trống.")
    if content.startswith(b"PK"):
        return _workbook_lines(content, has_heading)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("Đây là tệp Excel đời cũ (.xls): hãy mở bằng Excel và lưu lại thành .xlsx.")
    return _text_lines(_decoded(content), has_heading)


def _decoded(content: bytes) -> str:
    # Excel's «Unicode text» is UTF-16 with a mark at its beginning; «CSV UTF-8» has a mark as well.
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnreadableFile(
            "Tệp không phải UTF-8: trong Excel hãy lưu thành «CSV UTF-8» hoặc .xlsx."
        ) from fault
    if "\0" in text:
        raise UnreadableFile("Tệp không phải csv hay xlsx.")
    return text


def _text_lines(text: str, has_heading: Callable[[Sequence[Line]], bool]) -> tuple[Line, ...]:
    """The lines by the first separator that makes a heading of one of them."""
    readings = [_separated(text, separator) for separator in _SEPARATORS]
    return next((lines for lines in readings if has_heading(lines)), readings[0])


def _separated(text: str, separator: str) -> tuple[Line, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return tuple(_lines((reader.line_num, cells) for cells in reader))
    except csv.Error as fault:
        raise UnreadableFile(f"Tệp csv hỏng ở dòng {reader.line_num}.") from fault


def _workbook_lines(content: bytes, has_heading: Callable[[Sequence[Line]], bool]) -> tuple[Line, ...]:
    """The lines of the one sheet that has a heading."""
    sheets = _sheets(content)
    with_plan = [title for title, lines in sheets.items() if has_heading(lines)]
    if len(with_plan) > 1:
        titles = ", ".join(f"«{title}»" for title in with_plan)
        raise UnreadableFile(f"Tệp có nhiều trang có biểu ({titles}): hãy để các biểu trên cùng một trang.")
    return sheets[with_plan[0]] if with_plan else ()


def _sheets(content: bytes) -> dict[str, tuple[Line, ...]]:
    from openpyxl import load_workbook  # it takes longer to load than a csv file to read
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return {sheet.title: tuple(_sheet_lines(sheet)) for sheet in book.worksheets}
    except (InvalidFileException, *_BROKEN_WORKBOOK) as fault:
        raise UnreadableFile("Tệp Excel hỏng hoặc có mật khẩu: hãy mở ra và lưu lại thành .xlsx.") from fault


def _sheet_lines(sheet: Worksheet) -> Iterator[Line]:
    lines, columns = LARGEST_TABLE
    rows = sheet.iter_rows(max_row=lines + 1, max_col=columns, values_only=True)
    return _lines((number, [_written(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def _lines(numbered: Iterable[tuple[int, list[str]]]) -> Iterator[Line]:
    for count, (number, cells) in enumerate(numbered, start=1):
        if count > LARGEST_TABLE[0]:
            raise UnreadableFile(f"Tệp quá dài: một biểu không quá {LARGEST_TABLE[0]} dòng.")
        yield Line(number, tuple(_tidy(cell) for cell in cells))


def _written(cell: object) -> str:
    """A cell of a workbook as one would type it; Excel keeps whole numbers as 5.0 now and then."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())
