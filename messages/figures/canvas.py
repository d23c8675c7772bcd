"""A sheet to draw on with letters of our own: a machine without fonts shows Vietnamese all the same."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont

FONTS: Final = Path(__file__).parent / "fonts"
REGULAR: Final = FONTS / "BeVietnamPro-Regular.ttf"
BOLD: Final = FONTS / "BeVietnamPro-Bold.ttf"
_SHADES: Final = 12
"""Of each colour towards white, for the soft edges of letters: a palette is a third of the size on a slow line."""


class Canvas:
    """A white picture of a size in pixels; places are given from its upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width, height), "white")
        self._draw = ImageDraw.Draw(self._image)
        self._fonts: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}
        self._inks: dict[str, None] = {}
        self._paints: dict[str, None] = {"white": None}

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        colour: str = "#1A1A1A",
        *,
        bold: bool = False,
        side: Literal["l", "m", "r"] = "l",
    ) -> None:
        """Write one line around a height; `side` is where of it the place lies: left, middle or right."""
        self._inks[colour] = None
        self._draw.text(at, words, fill=colour, font=self._font(size, bold=bold), anchor=f"{side}m")

    def width(self, words: str, size: int, *, bold: bool = False) -> float:
        """How wide a line is."""
        return self._font(size, bold=bold).getlength(words)

    def fitted(self, words: str, sizes: Sequence[int], room: float) -> tuple[str, int]:
        """The words and the first size in which they are no wider than the room; in the last one cut with «…»."""
        for size in sizes:
            if self.width(words, size) <= room:
                return words, size
        kept = words
        while kept and self.width(f"{kept}…", sizes[-1]) > room:
            kept = kept[:-1].rstrip()
        return f"{kept}…", sizes[-1]

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle; one without an extent leaves nothing."""
        if right > left and bottom > top:
            self._paints[colour] = None
            self._draw.rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=colour)

    def png(self) -> bytes:
        """The picture's file."""
        out = io.BytesIO()
        few = self._image.quantize(palette=self._palette(), dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _palette(self) -> Image.Image:
        """Every colour that was used, and the inks in shades too: none is lost for being rare."""
        paints = [_parts(colour) for colour in self._paints]
        shades = [shade for colour in self._inks for shade in _shades(_parts(colour))]
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in [*paints, *shades][:256] for part in colour])
        return palette

    def _font(self, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
        if (size, bold) not in self._fonts:
            # Basic layout: our text is composed (NFC), so no shaping library has to be there.
            self._fonts[size, bold] = ImageFont.truetype(
                BOLD if bold else REGULAR, size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[size, bold]


def _parts(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)[:3]


def _shades(colour: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """A colour, then nearer and nearer to white, but never so near that white itself would be taken for it."""
    for step in range(_SHADES - 1):
        yield tuple(part + (255 - part) * step // _SHADES for part in colour)
