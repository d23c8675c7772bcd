from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.facts import Schooling
from domain.figures import Figures, OpenIssue
from domain.office import Office
from domain.period import Quarter
from domain.progress import Breakdown, FilingKind, HeadsRate
from domain.rollup_json import rollup_json
from messages.figures.workbook import workbook
from tests.harness.figures import AT, any_figures, figures, figures_of_rows
from tests.messages.figures.formulas import all_formulas, value_of

OFFICE = Office()
SOME = {
    "Biên Sơn": (2, 0, 0, 0),
    "Chũ": (2, 1, 0, 0),
    "Thanh Hải": (2, 0, 0, 0),
    "THPT số 3": (4, 0, 0, 0),
}
FILED = {"Biên Sơn": FilingKind.FILED, "Chũ": FilingKind.FILED, "Kim Sơn": FilingKind.NIL}


def opened(content: bytes, *, values: bool) -> tuple[Worksheet, Worksheet]:
    """The two sheets, with the formulas or with the values stored beside them."""
    book = load_workbook(io.BytesIO(content), data_only=values)
    table, states = book.worksheets
    return table, states


def line_of(sheet: Worksheet, words: str, column: int = 1) -> list[object]:
    """The cells right of the first that holds these words."""
    for row in sheet.iter_rows(values_only=True):
        if words in row[:2]:
            return [cell for cell in row[2:] if cell != ""]
    raise AssertionError(f"no line «{words}»")


def totals_of(all_of: Figures) -> list[tuple[int, int]]:
    """Assigned and admitted of the year and of each quarter, from the JSON of the roll-ups."""
    roll_ups = [figures_of_rows(all_of.rows, quarter=Quarter(2022, n)).roll_up for n in (1, 2, 3, 4)]
    totals = [rollup_json(each, OFFICE.timezone)["totals"] for each in roll_ups]
    spans = [totals[0]["year"], *(each["quarter"] for each in totals)]
    return [(span["target"], span["admitted"]) for span in spans]


def pairs(cells: list[object]) -> list[tuple[object, object]]:
    return [(cells[span * 4], cells[span * 4 + 1]) for span in range(5)]


def test_the_grand_total_is_that_of_the_json():
    all_of = figures(SOME)
    table, _ = opened(workbook(all_of, OFFICE), values=True)
    assert pairs(line_of(table, "TỔNG CỘNG")) == totals_of(all_of)
    assert totals_of(all_of) == [(220, 11), (46, 10), (71, 1), (72, 0), (31, 0)]


@settings(max_examples=10)
@given(any_figures())
def test_every_total_is_that_of_the_json_and_every_formula_has_the_value_stored_beside_it(all_of):
    content = workbook(all_of, OFFICE)
    assert pairs(line_of(opened(content, values=True)[0], "TỔNG CỘNG")) == totals_of(all_of)
    for live, stored in zip(opened(content, values=False), opened(content, values=True), strict=True):
        cells = all_formulas(live)
        assert cells
        assert {cell: stored[cell].value for cell in cells} == {cell: value_of(live, cell) for cell in cells}


def test_the_rows_are_those_of_the_annex_in_two_tables():
    table, _ = opened(workbook(figures(), OFFICE), values=True)
    rows = list(table.iter_rows(min_col=1, max_col=3, values_only=True))
    named = [row for row in rows if isinstance(row[0], int)]
    assert [row[0] for row in named] == [*range(1, 30), *range(1, 27)]
    assert (named[0][1], named[29][1]) == ("Biên Sơn", "Đảng bộ Chính quyền")
    assert [row[2] for row in rows if row[0] == "Cộng"] == [178, 42]
    assert [row[0] for row in rows if str(row[0]).startswith("BIỂU ")] == [
        "BIỂU TỔNG HỢP",
        "BIỂU I. 29 đảng bộ",
        "BIỂU II. 26 đảng bộ, chi bộ",
    ]


def test_a_unit_has_assigned_admitted_per_cent_and_left():
    table, _ = opened(workbook(figures(SOME), OFFICE), values=True)
    assert line_of(table, "Biên Sơn")[:8] == [5, 2, 0.4, 3, 1, 2, 2, -1]
    assert line_of(table, "Kim Sơn")[4:8] == [0, 0, "–", 0]
    assert line_of(table, "Mục tiêu của Kế hoạch (trở lên)")[:4] == [200, 11, 0.055, 189]


def test_what_was_admitted_over_the_target_is_said_to_be_so():
    table, _ = opened(workbook(figures(SOME), OFFICE), values=False)
    row = next(cells for cells in table.iter_rows() if cells[1].value == "Biên Sơn")
    assert row[9].number_format == '0;"vượt "0;0'


def test_a_quarter_that_has_not_begun_shows_no_zeros():
    table, _ = opened(workbook(figures(SOME), OFFICE), values=False)
    row = next(cells for cells in table.iter_rows() if cells[1].value == "Biên Sơn")
    assert [row[column].number_format for column in (7, 11, 12)] == ["0", "0;-0;;", "0.0%;-0.0%;;"]


def test_it_prints_on_a4_lying_with_its_headings_on_every_page():
    table, states = opened(workbook(figures(), OFFICE), values=True)
    assert (table.page_setup.paperSize, table.page_setup.orientation) == (9, "landscape")
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert (table.page_setup.fitToWidth or 1, table.page_setup.fitToHeight) == (1, 0)
    assert table.print_title_rows == "$5:$6"
    assert len(table.row_breaks.brk) == 1
    assert states.page_setup.orientation == "portrait"


def test_it_names_the_plan_the_moment_the_place_and_who_signs():
    table, _ = opened(workbook(figures(), OFFICE), values=True)
    words = " ".join(str(cell) for row in table.iter_rows(values_only=True) for cell in row if cell)
    assert "Kế hoạch số 72-KH/HU, ngày 11/2/2022 của Ban Thường vụ Huyện ủy Lục Ngạn" in words
    assert "số liệu tính đến 17:00 ngày 31/3/2022" in words
    assert "Lục Ngạn, ngày 31 tháng 3 năm 2022" in words
    assert "NGƯỜI LẬP BIỂU" in words
    assert "TRƯỞNG BAN" in words
    assert "T/M" not in words


def test_the_second_sheet_says_what_each_unit_has_said():
    _, states = opened(workbook(figures(SOME, filed=FILED), OFFICE), values=True)
    assert line_of(states, "Biên Sơn")[:6] == [1, 2, -1, "đã chốt", "vượt", "30/03/2022"]
    assert line_of(states, "Thanh Hải")[:5] == [3, 2, 1, "chưa chốt", "chưa đạt"]
    assert line_of(states, "Cẩm Sơn")[:5] == [1, 0, 1, "chưa báo", "chưa đạt"]
    assert line_of(states, "Kim Sơn")[:5] == [0, 0, 0, "không phát sinh", "không có chỉ tiêu"]
    assert line_of(states, "Phú Nhuận")[:5] == [0, 0, 0, "không phải báo", "không có chỉ tiêu"]


def test_the_second_sheet_counts_the_states_and_the_groups():
    whole = figures(SOME, filed=FILED, breakdown=Breakdown(women=4, minority=3))
    whole = replace(
        whole,
        issues=(OpenIssue(unit="Sa Lý", text="thiếu nguồn"),),
        roll_up=replace(
            whole.roll_up,
            heads=HeadsRate(members=250, total=289),
            amended_after_close=(whole.roll_up.units[0],),
        ),
    )
    _, states = opened(workbook(whole, OFFICE), values=True)
    rows = list(states.iter_rows(values_only=True))
    counts = {row[0]: row[2] for row in rows if isinstance(row[2], int) and isinstance(row[0], str)}
    filings = {state.words: number for state, number in whole.roll_up.filings.items()}
    assert {words.lower(): counts[words] for words in list(counts)[:5]} == filings
    groups = {row[4]: row[8] for row in rows if isinstance(row[4], str)}
    assert groups["Nữ"] == 4
    assert groups["Trưởng thôn là đảng viên"] == "250/289"
    assert groups["Vướng mắc chưa giải quyết"] == 1
    assert groups["Đơn vị điều chỉnh sau chốt"] == 1
    assert line_of(states, "Biên Sơn")[-1] == "điều chỉnh sau chốt"


def test_a_name_that_looks_like_a_formula_stays_a_name():
    whole = figures()
    unit = replace(whole.rows[0].unit, name="=1+1")
    rows = (replace(whole.rows[0], unit=unit), *whole.rows[1:])
    table, _ = opened(workbook(replace(whole, rows=rows), OFFICE), values=True)
    assert line_of(table, "=1+1")[0] == 5


def test_the_same_figures_are_the_same_file():
    assert workbook(figures(SOME), OFFICE) == workbook(figures(SOME), OFFICE)
    later = figures(SOME, at=datetime(2022, 4, 1, tzinfo=UTC))
    assert workbook(later, OFFICE) != workbook(figures(SOME, at=AT), OFFICE)


def test_an_office_program_reckons_the_same(tmp_path):
    """LibreOffice is given the formulas without their values, and has to find them itself."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine (Debian: apt-get install libreoffice-calc-nogui)")
    content = workbook(figures(SOME, filed=FILED), OFFICE)
    bare = load_workbook(io.BytesIO(content))
    bare.save(tmp_path / "bare.xlsx")  # openpyxl writes no values beside formulas
    assert load_workbook(tmp_path / "bare.xlsx", data_only=True).worksheets[0]["C8"].value is None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*convert, "--outdir", str(tmp_path / "out"), str(tmp_path / "bare.xlsx")],
        check=True,
        capture_output=True,
    )
    reckoned = load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True).worksheets
    sheets = zip(reckoned, opened(content, values=True), opened(content, values=False), strict=True)
    for found, ours, live in sheets:
        for cell in all_formulas(live):
            value = ours[cell].value
            assert found[cell].value == (pytest.approx(value) if isinstance(value, float) else value)


def test_the_second_sheet_tells_the_schooling_in_one_line_where_there_is_any():
    told = {**dict.fromkeys(Schooling, 0), Schooling.UNIVERSITY: 6, Schooling.UPPER_SECONDARY: 4}
    for breakdown, lines in (
        (Breakdown(schooling=told), ["Học vấn: THPT 4, đại học 6"]),
        (Breakdown(), []),
    ):
        _, states = opened(workbook(figures(SOME, breakdown=breakdown), OFFICE), values=True)
        found = [row[4] for row in states.iter_rows(values_only=True) if str(row[4]).startswith("Học vấn")]
        assert found == lines
