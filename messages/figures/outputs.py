"""The outputs that people open, each by its kind; what draws them is loaded only when one is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from domain.figures import Figures
from domain.office import Office


class Output(StrEnum):
    """The official table, the covering report, and the chart, by the ending of their files."""

    XLSX = "xlsx"
    DOCX = "docx"
    PNG = "png"


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
        case _:
            assert_never(output)
