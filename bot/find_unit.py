"""The unit that somebody named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.cli_words import Trouble
from domain.organisation import Unit
from domain.spelling import bare


def find_unit(units: Sequence[Unit], text: str) -> Unit:
    """The unit with this name, short name, code or alias, tone marks or not; Trouble with offers when none has."""
    asked = bare(text)
    exact = [unit for unit in units if asked in {bare(name) for name in (unit.name, unit.short, unit.code)}]
    found = exact or [unit for unit in units if asked in {bare(alias) for alias in unit.aliases}]
    if len(found) == 1:
        return found[0]
    names = [unit.short for unit in found] or _near(units, asked)
    hint = f" Có phải: {', '.join(names)}?" if names else " Xem các đơn vị: chibo plan show"
    raise Trouble(f"Không rõ đơn vị «{text}».{hint}")


def _near(units: Sequence[Unit], asked: str) -> list[str]:
    by_name = {bare(unit.short): unit.short for unit in units}
    parts = [name for bare_name, name in by_name.items() if asked and asked in bare_name]
    return (parts or [by_name[name] for name in get_close_matches(asked, by_name, n=3)])[:5]
