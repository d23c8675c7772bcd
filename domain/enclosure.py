"""Files that go with a message: not as bytes, but as what they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.period import ROMAN, Quarter


class Output(StrEnum):
    """The official table, the covering report and the chart of a quarter; and the table of a year for rating the units."""

    XLSX = "xlsx"
    DOCX = "docx"
    PNG = "png"
    RATING = "rating"

    @property
    def ending(self) -> str:
        """How the names of its files end."""
        return "xlsx" if self is Output.RATING else self.value


QUARTERLY: Final = (Output.XLSX, Output.DOCX, Output.PNG)
"""What goes with the roll-up of every quarter."""


_NAMES: Final = {
    Output.XLSX: ("Bieu-ket-nap", "Biểu kết nạp"),
    Output.DOCX: ("Bao-cao-ket-nap", "Báo cáo kết nạp"),
    Output.PNG: ("Bieu-do-ket-nap", "Biểu đồ kết nạp"),
    Output.RATING: ("Bang-xep-loai", "Bảng xếp loại"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """An output of a quarter with the figures as the books stood at `as_of` (UTC): the same file whenever it is made."""

    output: Output
    quarter: Quarter
    as_of: datetime

    @property
    def name(self) -> str:
        """The file's name in letters that every system can carry: `Bieu-ket-nap-quy-I-2022.xlsx`."""
        quarter = "" if self.output is Output.RATING else f"-quy-{self._roman}"
        return f"{_NAMES[self.output][0]}{quarter}-{self.quarter.year}.{self.output.ending}"

    @property
    def full_name(self) -> str:
        """The file's name as it is written: `Biểu kết nạp quý I-2022.xlsx`."""
        when = "năm " if self.output is Output.RATING else f"quý {self._roman}-"
        return f"{_NAMES[self.output][1]} {when}{self.quarter.year}.{self.output.ending}"

    @property
    def subject(self) -> str:
        """What the log calls it: `xlsx 2022-Q1`."""
        return f"{self.output} {self.quarter.code}"

    @property
    def _roman(self) -> str:
        return ROMAN[self.quarter.number - 1]
