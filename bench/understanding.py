"""How well lines are understood: for each corpus the lines, those right in every slot, and the wrong bookings.

A wrong booking is a line for which an entry would be offered with other people, another day or another number than
was meant, while nothing is named as unclear. A day that lies ahead is never booked: it is asked for again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from bench.table import Row
from messages.fold import fold
from messages.understand import UnitNames, understand
from storage.data import shipped_units

CORPUS: Final = Path(__file__).parents[1] / "tests" / "corpus"
TODAY: Final = date(2022, 3, 20)
BOOKED: Final = frozenset(
    {
        "admission",
        "nil",
        "file_quarter",
        "candidate_add",
        "candidate_step",
        "candidate_close",
        "correct",
        "heads",
    }
    | {"undo", "candidate_back", "hand_over", "consent", "facts"}
)
"""The intents that end in the books."""
_SLOTS: Final = ("people", "count", "date", "step", "reason", "heads", "code")
_OF_QUARTERS: Final = frozenset({"nil", "file_quarter"})
"""Here the quarter itself is booked; an admission is placed by its day."""

Line = dict[str, Any]


class Score(NamedTuple):
    """Of so many lines so many are right in every slot expected; and those that would be booked wrongly."""

    lines: int
    right: int
    booked_wrongly: tuple[str, ...]


class Judge:
    """Hears lines with the units that chibo ships, and compares with what was expected."""

    def __init__(self) -> None:
        self._units = UnitNames(shipped_units())

    def heard(self, line: Line) -> Line:
        district = line.get("role") == "district"
        return understand(line["text"], today=TODAY, units=self._units, district=district).as_json()

    def faults(self, line: Line) -> Line:
        """Slot -> (expected, heard), for those that differ."""
        got = self.heard(line)
        return {
            key: (value, got[key])
            for key, value in line["expect"].items()
            if not agrees(key, value, got[key])
        }

    def books_wrongly(self, line: Line) -> bool:
        """Whether something would be offered for the books that was not said, with nothing unclear."""
        got, wanted = self.heard(line), line["expect"]
        if got["intent"] not in BOOKED or got["unclear"] or (got["date"] or "") > TODAY.isoformat():
            return False
        if got["intent"] != wanted.get("intent", got["intent"]):
            return True
        slots = (*_SLOTS, "quarter") if got["intent"] in _OF_QUARTERS else _SLOTS
        said = [slot for slot in slots if slot in wanted and got[slot] not in (None, [])]
        return bool(wanted.get("unclear")) or not all(agrees(slot, wanted[slot], got[slot]) for slot in said)

    def score(self, lines: list[Line]) -> Score:
        right = sum(not self.faults(line) for line in lines)
        return Score(len(lines), right, tuple(line["text"] for line in lines if self.books_wrongly(line)))


def agrees(slot: str, wanted: Any, got: Any) -> bool:
    """Whether a slot is as expected; names are compared without tone marks and case."""
    if slot == "people":
        return len(wanted) == len(got) and all(map(_same_person, wanted, got))
    if slot == "responsible" and wanted and got:
        return fold(wanted) == fold(got)
    return bool(wanted == got)


def _same_person(wanted: Line, got: Line) -> bool:
    return all(
        fold(value) == fold(got[key]) if key == "name" else value == got[key] for key, value in wanted.items()
    )


def lines_of(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def corpora() -> Iterator[tuple[str, list[Line]]]:
    """The name of each corpus and its lines."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        yield path.stem, lines_of(path)


def measure_all(rounds: int, root: Path) -> list[Row]:
    """A row for each corpus."""
    judge = Judge()
    rows = []
    for name, lines in corpora():
        score = judge.score(lines)
        share = f"{100 * score.right / score.lines:.1f} %"
        remark = f"{score.right} of {score.lines} lines · wrong bookings: {len(score.booked_wrongly)}"
        rows.append(Row(f"understood right: {name}", share, remark))
    return rows


if __name__ == "__main__":
    for row in measure_all(1, CORPUS):
        print(*row, sep=" | ")
