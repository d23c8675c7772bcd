from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from PIL import Image, ImageFont

from domain.figures import UnitYear
from domain.office import Office
from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import FilingKind
from messages.figures.canvas import BOLD, REGULAR, Canvas
from messages.figures.chart import MOST_ROWS, WIDTH, chart
from storage.data import shipped_units
from tests.harness.figures import NOTHING, any_figures, figures, figures_of_rows

OFFICE = Office()
SOME = {"Biên Sơn": (2, 0, 0, 0), "Thanh Hải": (2, 0, 0, 0)}
GREEN, AMBER, RED = (30, 123, 69), (199, 119, 0), (192, 41, 43)
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def seen(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def colours(picture: Image.Image) -> dict[tuple[int, ...], int]:
    return {colour: number for number, colour in picture.getcolors(1 << 20)}


def area(content: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels are of this colour, or so near that nobody sees it: the palette is a small one."""
    return sum(
        number
        for found, number in colours(seen(content)).items()
        if all(abs(one - other) < 16 for one, other in zip(found, colour, strict=True))
    )


def letters() -> str:
    """Every letter of Vietnamese, and the signs that the chart uses."""
    import unicodedata

    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
    small = [*_VOWELS, *toned, *"bcdđghklmnpqrstvx"]
    return "".join([*small, *(letter.upper() for letter in small), *"0123456789/:,.%&()«»–…·-"])


def test_it_is_a_picture_for_a_phone():
    content = chart(figures(SOME), OFFICE)
    picture = seen(content)
    assert picture.width == WIDTH
    assert 2000 < picture.height < 4000
    assert len(content) < 200_000
    assert len(colours(picture)) > 20


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_every_letter_has_a_shape_of_its_own_font(font):
    opened = ImageFont.truetype(font, 32, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(opened.getmask("\uffff"))
    assert [letter for letter in letters() if bytes(opened.getmask(letter)) == missing] == []


def test_the_fonts_ship_with_their_licence():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (REGULAR.parent / "OFL.txt").read_text(encoding="utf-8")


def test_the_colours_say_who_has_met_who_is_below_and_who_is_silent():
    spoken = dict.fromkeys((unit.short for unit in shipped_units()), FilingKind.NIL)
    legend = chart(figures(filed=spoken), OFFICE)
    assert area(chart(figures({"Biên Sơn": (1, 0, 0, 0)}, filed=spoken), OFFICE), GREEN) > area(legend, GREEN)
    assert area(chart(figures({"Thanh Hải": (2, 0, 0, 0)}, filed=spoken), OFFICE), AMBER) > area(
        legend, AMBER
    )
    assert area(chart(figures(), OFFICE), RED) > area(legend, RED) > 0


def test_a_bar_is_measured_by_the_year_to_date_and_the_figure_by_the_quarter():
    spoken = dict.fromkeys((unit.short for unit in shipped_units()), FilingKind.FILED)
    # Biên Sơn owes 1, 2, 2, 0: the second quarter alone is met, the half year is not, then both are.
    behind = figures({"Biên Sơn": (0, 2, 0, 0)}, filed=spoken, quarter=Quarter(2022, 2))
    caught_up = figures({"Biên Sơn": (0, 3, 0, 0)}, filed=spoken, quarter=Quarter(2022, 2))
    cell = 26 * 30
    assert area(chart(behind, OFFICE), AMBER) > area(chart(caught_up, OFFICE), AMBER) + cell
    assert area(chart(caught_up, OFFICE), GREEN) > area(chart(behind, OFFICE), GREEN) + cell


def test_another_quarter_is_another_picture():
    first, second = (chart(figures(SOME, quarter=Quarter(2022, n)), OFFICE) for n in (1, 2))
    assert first != second


@settings(max_examples=15)
@given(any_figures())
def test_any_figures_can_be_drawn(all_of):
    assert seen(chart(all_of, OFFICE)).width == WIDTH


def test_a_whole_country_still_fits_a_picture():
    unit = shipped_units()[0]
    rows = [
        UnitYear(unit=replace(unit, id=UnitId(n), position=n), assigned=(n, 0, 0, 0), admitted=NOTHING)
        for n in range(1, 301)
    ]
    assert seen(chart(figures_of_rows(rows), OFFICE)).height < 700 + (MOST_ROWS + 2) * 48


def test_the_same_figures_are_the_same_file():
    assert chart(figures(SOME), OFFICE) == chart(figures(SOME), OFFICE)


def test_a_name_too_long_is_written_smaller_and_then_cut():
    canvas = Canvas(10, 10)
    assert canvas.fitted("Chũ", (30, 24), 200) == ("Chũ", 30)
    assert canvas.fitted("Y Dược Bắc Thăng Long", (30, 24), 300) == ("Y Dược Bắc Thăng Long", 24)
    cut, size = canvas.fitted("Lâm nghiệp Lục Ngạn hai thành viên", (30, 24), 300)
    assert size == 24
    assert cut.endswith("…")
    assert canvas.width(cut, 24) <= 300
