"""How the pages are made from their templates: escaped, strict, and with the filters for days and hours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.progress import percent
from messages.say import day, starting

_PAGES: Final = Path(__file__).parent / "pages"


def pages(zone: ZoneInfo) -> Environment:
    """The environment of all pages; moments are shown where the office is, as `08:05, 2/4/2022`."""
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def clock(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{local:%H:%M}, {day(local)}"

    environment.filters |= {"clock": clock, "day": day, "percent": percent, "starting": starting}
    return environment
