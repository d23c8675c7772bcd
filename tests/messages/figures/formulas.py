"""The few formulas that our workbooks use, reckoned without an office program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet


def value_of(sheet: Worksheet, cell: str) -> object:
    """The value of a cell; a formula of a kind that is not known is an error."""
    said = sheet[cell.replace("$", "")].value
    if not (isinstance(said, str) and said.startswith("=")):
        return said
    return _reckoned(sheet, said[1:])


def _reckoned(sheet: Worksheet, formula: str) -> object:
    if match := re.fullmatch(r'IF\((\w+)=0,"(.)",(\w+)/\1\)', formula):
        whole, otherwise, part = _number(sheet, match[1]), match[2], _number(sheet, match[3])
        return otherwise if whole == 0 else part / whole
    if match := re.fullmatch(r"SUM\((\w+:\w+)\)", formula):
        return sum(_number(sheet, cell) for cell in _cells(sheet, match[1]))
    if match := re.fullmatch(r'COUNTIF\((\$\w+\$\w+:\$\w+\$\w+),"(.+)"\)', formula):
        return sum(value_of(sheet, cell) == match[2] for cell in _cells(sheet, match[1]))
    if match := re.fullmatch(r"(\w+)-(\w+)", formula):
        return _number(sheet, match[1]) - _number(sheet, match[2])
    if re.fullmatch(r"\w+(\+\w+)*", formula):
        return sum(_number(sheet, cell) for cell in formula.split("+"))
    raise ValueError(f"a formula of another kind: {formula}")


def _number(sheet: Worksheet, cell: str) -> float:
    found = value_of(sheet, cell)
    assert isinstance(found, int | float), f"{cell} holds {found!r}"
    return found


def _cells(sheet: Worksheet, area: str) -> Iterator[str]:
    for row in sheet[area.replace("$", "")]:
        for cell in row:
            yield cell.coordinate


def all_formulas(sheet: Worksheet) -> list[str]:
    """The cells that hold a formula."""
    return [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
