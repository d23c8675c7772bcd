"""The table in which all measurements end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, the figure with its unit, and what else there is to say."""

    what: str
    figure: str
    remark: str = ""


def lines(rows: Sequence[Row]) -> list[str]:
    """The rows under each other, in columns."""
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    return [f"{row.what:{widths[0]}}  {row.figure:>{widths[1]}}  {row.remark}".rstrip() for row in rows]
