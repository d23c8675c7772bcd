"""How the books hold what a file is made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.enclosure import Enclosure, Output
from domain.period import Quarter


def as_stored(enclosure: Enclosure | None) -> dict[str, object] | None:
    """The form in which the books hold an enclosure."""
    if enclosure is None:
        return None
    return {
        "output": enclosure.output.value,
        "quarter": enclosure.quarter.code,
        "as_of": enclosure.as_of.isoformat(),
    }


def from_stored(stored: Mapping[str, Any] | None) -> Enclosure | None:
    """The enclosure that the books hold; None where a message has none."""
    return None if stored is None else read_stored(stored)


def read_stored(stored: Mapping[str, Any]) -> Enclosure:
    """The enclosure of a form that is surely there."""
    return Enclosure(
        output=Output(stored["output"]),
        quarter=Quarter.parse(stored["quarter"]),
        as_of=datetime.fromisoformat(stored["as_of"]),
    )
