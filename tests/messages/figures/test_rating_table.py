"""The table for the rating: its sums and shares are live and right, and it prints on A4."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.figures import Figures
from domain.office import Office
from messages.figures.rating_table import rating_workbook
from tests.harness.figures import any_figures, figures, rated
from tests.messages.figures.formulas import all_formulas, value_of

OFFICE = Office()
SOME = {"Biên Sơn": (2, 0, 1, 0), "Chũ": (2, 1, 0, 0), "Thanh Hải": (2, 3, 3, 4)}


def opened(all_of: Figures, *, values: bool = False) -> Worksheet:
    return load_workbook(io.BytesIO(rating_workbook(all_of, OFFICE)), data_only=values).active


def line_of(sheet: Worksheet, words: str) -> list[object]:
    """The cells right of the one that holds these words."""
    found = next(row for row in sheet.iter_rows(values_only=True) if words in row[:2])
    return list(found[2:])


def test_each_unit_has_its_year_and_an_empty_place_for_the_rating():
    sheet = opened(rated(figures(SOME)), values=True)
    assert line_of(sheet, "Biên Sơn")[:7] == [5, 3, 0.6, 3, 2, pytest.approx(2 / 3), 0]
    assert line_of(sheet, "Biên Sơn")[7] in (None, "")
    assert line_of(sheet, "Chi bộ Hạt Kiểm lâm")[:6] == [0, 0, "–", 0, 0, "–"]


def test_the_grand_total_is_that_of_the_rating():
    all_of = rated(figures(SOME))
    found = all_of.rating
    cells = line_of(opened(all_of, values=True), "TỔNG CỘNG")
    assert (cells[0], cells[1], cells[3], cells[4], cells[6]) == (
        found.assigned,
        found.admitted,
        found.due,
        found.on_time,
        found.corrected,
    )
    assert cells[0] == 220


@settings(max_examples=15, deadline=None)
@given(any_figures())
def test_every_formula_has_the_value_that_stands_beside_it(all_of):
    live, stored = opened(rated(all_of)), opened(rated(all_of), values=True)
    formulas = all_formulas(live)
    assert formulas
    for cell in formulas:
        assert value_of(live, cell) == pytest.approx(stored[cell].value)


def test_it_prints_on_a4_as_wide_as_the_page_and_repeats_its_heading():
    sheet = opened(rated(figures()))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$5:$5"


def test_figures_without_a_rating_make_none():
    with pytest.raises(ValueError, match="no rating"):
        rating_workbook(figures(), OFFICE)
