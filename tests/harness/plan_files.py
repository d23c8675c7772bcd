"""The annex of a plan as files: flat csv, and Excel in the annex's own shape."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

from domain.plan import PlanRow

FLAT = ["bieu", "tt", "don_vi", "tong", "quy_1", "quy_2", "quy_3", "quy_4"]
UPPER = ["TT", "Tên Đảng bộ, chi bộ", "Tổng số đảng viên kết nạp", "Chia ra theo quý", None, None, None]
LOWER = [None, None, None, "Quý I", "Quý II", "Quý III", "Quý IV"]

Grid = list[list[object]]


def flat_grid(rows: Sequence[PlanRow]) -> Grid:
    """One heading, then a line a unit that names its table."""
    body: Grid = [[row.block, row.position, row.name, row.total, *row.quarters] for row in rows]
    return [[*FLAT], *body]


def annex_grid(rows: Sequence[PlanRow]) -> Grid:
    """The annex as it is printed: a title, two rows of heading, the rows and «Cộng» for each table."""
    lines: Grid = []
    for block in sorted({row.block for row in rows}):
        own = [row for row in rows if row.block == block]
        lines += [["BIỂU TỔNG HỢP Giao chỉ tiêu kết nạp đảng viên năm 2022"], [], [*UPPER], [*LOWER]]
        lines += [[row.position, row.name, row.total, *row.quarters] for row in own]
        lines += [["Cộng", None, *_sums(own)], []]
    return [*lines, [f"Tổng cộng: {sum(row.total for row in rows)} đảng viên."]]


def as_csv(grid: Grid, separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(grid)
    return out.getvalue().encode(encoding)


def as_xlsx(*grids: Grid) -> bytes:
    book = Workbook()
    sheets = [book.active, *(book.create_sheet() for _ in grids[1:])]
    for sheet, grid in zip(sheets, grids, strict=True):
        assert sheet is not None
        for line in grid:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sums(rows: Sequence[PlanRow]) -> list[int]:
    return [sum(row.total for row in rows), *(sum(row.quarters[n] for row in rows) for n in range(4))]
