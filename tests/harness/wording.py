"""Which of the product's sentences a message holds, so that a test of what happens outlives a change of words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_TEMPLATES: Final = Path(__file__).parents[2] / "messages" / "templates"
_FILLED_IN: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def holds(text: str, template: str) -> bool:
    """Whether a line of the text is a line of the template, whatever was filled in."""
    return _lines(template).search(text) is not None


@cache
def _lines(template: str) -> re.Pattern[str]:
    source = (_TEMPLATES / f"{template}.j2").read_text(encoding="utf-8")
    lines = [[re.escape(part) for part in _FILLED_IN.split(line)] for line in source.splitlines()]
    worded = [".*".join(parts) for parts in lines if any(parts)]
    return re.compile("^(?:" + "|".join(worded) + ")$", re.MULTILINE)
