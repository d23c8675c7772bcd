"""The words of status: rows of units, the early warning, and cutting long lists into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import Final

from domain.at_risk import AtRisk
from domain.organisation import Unit
from domain.progress import FilingState, UnitProgress, Verdict
from messages.step_words import step_done

MARKS: Final = {
    FilingState.FILED: "●",
    FilingState.DRAFT: "◐",
    FilingState.SILENT: "○",
    FilingState.NIL: "∅",
    FilingState.NOT_DUE: "–",
}
"""The mark of each state in a list."""
OVER: Final = "▲"
IN_ONE: Final = 32
"""Lines that one message shows at once, whatever blocks they are of."""
ROOM: Final = 1500
"""Characters that the lines of a page may have, so that heading and choices fit beside them."""


def row_words(row: UnitProgress) -> str:
    """A unit in a list: mark, number, short name, done against target of the quarter and of the year."""
    over = f" {OVER}" if row.verdict is Verdict.OVER else ""
    quarter = f"{row.admitted.quarter}/{row.target.quarter}"
    return f"{MARKS[row.filing]} {named(row.unit)} {quarter} · {row.admitted.year}/{row.target.year}{over}"


def named(unit: Unit) -> str:
    """A unit with its number in lists: «108 Hồng Giang»."""
    return f"{unit.number} {unit.short}".strip()


def risk_words(risk: AtRisk) -> str:
    """The arithmetic of an early warning: «còn thiếu 2, có thể kịp 1: 1 đã có quyết định; thiếu 1»."""
    if not risk.ready:
        return f"còn thiếu {risk.missing}, chưa có ai kịp"
    ready = ", ".join(f"{number} {step_done(step)}" for step, number in risk.ready)
    return f"còn thiếu {risk.missing}, có thể kịp {risk.can_make_it}: {ready}; thiếu {risk.short}"


def row_pages(rows: Iterable[UnitProgress]) -> tuple[tuple[str, ...], ...]:
    """All units in the plan's order: a page for each block, or one for all where they are few."""
    blocks = [[row_words(row) for row in block] for _, block in groupby(rows, lambda row: row.unit.block)]
    everything = [line for block in blocks for line in block]
    if len(everything) <= IN_ONE and _fits(everything):
        return (tuple(everything),)
    return tuple(chain.from_iterable(pages(block) for block in blocks))


def pages(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Lines cut into as few pages as they need; one empty page of none."""
    found: list[list[str]] = [[]]
    for line in lines:
        if found[-1] and not _fits([*found[-1], line]):
            found.append([])
        found[-1].append(line)
    return tuple(tuple(page) for page in found)


def fitted(lists: Sequence[Sequence[str]], room: int, numbers: Sequence[int]) -> list[str]:
    """Lists of names as words within so many characters; the longest ones give way first.

    `numbers` says how many each is of, for the names may be the first of them only: who is not named is counted.
    """
    shown = [len(each) for each in lists]
    words = [_named_some(*each) for each in zip(lists, shown, numbers, strict=True)]
    while sum(map(len, words)) > room and max(shown, default=0) > LEAST_NAMED:
        at = max(range(len(words)), key=lambda n: len(words[n]) if shown[n] > LEAST_NAMED else 0)
        shown[at] -= 1
        words[at] = _named_some(lists[at], shown[at], numbers[at])
    return words


LEAST_NAMED: Final = 3
"""Units that a list names however little room there is."""


def _named_some(names: Sequence[str], most: int, number: int) -> str:
    rest = f" và {number - most} đơn vị khác" if number > most else ""
    return ", ".join(names[:most]) + rest


def _fits(lines: Sequence[str]) -> bool:
    return sum(len(line) + 1 for line in lines) <= ROOM
