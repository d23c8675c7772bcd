"""The outputs that people open, each by its kind; what draws them is loaded only when one is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from domain.enclosure import Output
from domain.figures import Figures
from domain.office import Office

MEDIA_TYPES: Final[Mapping[Output, str]] = {
    Output.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Output.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Output.PNG: "image/png",
    Output.RATING: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def drawn(output: Output, figures: Figures, office: Office) -> bytes:
    """The file of an output."""
    match output:
        case Output.XLSX:
            from messages.figures.workbook import workbook

            return workbook(figures, office)
        case Output.DOCX:
            from messages.figures.document import document

            return document(figures, office)
        case Output.PNG:
            from messages.figures.chart import chart

            return chart(figures, office)
        case Output.RATING:
            from messages.figures.rating_table import rating_workbook

            return rating_workbook(figures, office)
        case _:
            assert_never(output)
