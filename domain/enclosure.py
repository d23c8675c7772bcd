"""Files that go with a message: not as bytes, but as what they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.period import ROMAN, Quarter


class Output(StrEnum):
    """The official table, the covering report, and the chart, by the ending of their files."""

    XLSX = "xlsx"
    DOCX = "docx"
    PNG = "png"


_NAMES: Final = {
    Output.XLSX: ("Bieu-ket-nap", "Biểu kết nạp"),
    Output.DOCX: ("Bao-cao-ket-nap", "Báo cáo kết nạp"),
    Output.PNG: ("Bieu-do-ket-nap", "Biểu đồ kết nạp"),
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
        return f"{_NAMES[self.output][0]}-quy-{self._roman}-{self.quarter.year}.{self.output}"

    @property
    def full_name(self) -> str:
        """The file's name as it is written: `Biểu kết nạp quý I-2022.xlsx`."""
        return f"{_NAMES[self.output][1]} quý {self._roman}-{self.quarter.year}.{self.output}"

    @property
    def subject(self) -> str:
        """What the log calls it: `xlsx 2022-Q1`."""
        return f"{self.output} {self.quarter.code}"

    @property
    def _roman(self) -> str:
        return ROMAN[self.quarter.number - 1]
