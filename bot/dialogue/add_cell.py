"""A commune's secretary adds a cell: its name, and whether it is not one that is there under a near name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.cell_names import is_name, short_name, without_kind
from domain.commands import AddCell
from domain.errors import CellExists, NoCellsBelow
from domain.organisation import Unit, UnitKind
from domain.policy import Action, may
from domain.spelling import bare
from domain.title import body_of
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf
from messages.understand.heard import Heard, Intent
from storage.queries.units import cells_below
from storage.session import Session

_CELL_ALONE: Final = "Chi bộ "
"""What the name of a grassroots organisation begins with that is a cell itself: none is below it."""
_SHORTEST_WITH_SLIPS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFacts:
    """The communes that the asker may add cells to, with the cells that they have."""

    communes: tuple[Unit, ...]
    cells: tuple[Unit, ...]

    def below(self, commune: Unit) -> list[Unit]:
        """The cells of one of the communes."""
        return [cell for cell in self.cells if cell.parent == commune.id]


def cell_facts(session: Session, asker: Asker) -> CellFacts:
    """Fetch the asker's communes and their cells."""
    units = dict.fromkeys(
        a.unit for a in asker.person.appointments if may(asker.person, Action.ADD_CELL, a.unit)
    )
    communes = tuple(unit for unit in units if has_cells(unit))
    if not communes:
        raise NoCellsBelow(next(iter(units)).short)
    return CellFacts(communes=communes, cells=cells_below(session, [c.id for c in communes], asker.today))


def has_cells(unit: Unit) -> bool:
    """Whether cells can stand below a unit."""
    return unit.kind is UnitKind.GRASSROOTS and not unit.name.startswith(_CELL_ALONE)


def cell_fills(heard: Heard, line: Answer) -> Fills:
    """The name that «thêm chi bộ thôn Trại Một» holds."""
    return {"name": Answer(heard.text, line.at)} if heard.text else {}


@dialogue(
    "add_cell",
    opens_on=Intent.ADD_CELL,
    needs=Action.ADD_CELL,
    facts=cell_facts,
    fills=cell_fills,
    asks=("unit", "name", "near", "confirm"),
    takes_words=("name",),
)
def add_cell(talk: Talk, facts: CellFacts) -> AddCell:
    """Which cell is new, below which organisation."""
    parent = facts.communes[0]
    if len(facts.communes) > 1:
        options = tuple((Choice(unit.code, unit.short), unit) for unit in facts.communes)
        parent = talk.ask("unit", OneOf(options))
    below = facts.below(parent)
    short = talk.ask("name", NewCell(parent=parent, below=tuple(below)), {"parent": parent})
    for cell in _near(short, below):
        reader = OneOf(
            ((Choice("same", labels.THIS_CELL), True), (Choice("another", labels.NEW_CELL), False))
        )
        if talk.ask("near", reader, {"cell": cell, "parent": parent, "short": short}, item=cell.code):
            raise CellExists(cell.name, parent.short)
    command = AddCell(parent=parent, short=short)
    talk.confirm(command, {"body": body_of(parent)})
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCell:
    """Reads the name of a cell that is not there yet."""

    parent: Unit
    below: tuple[Unit, ...]

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        short = short_name(answer.said)
        if not is_name(short) or bare(short) == bare(self.parent.short):
            raise NotUnderstood("not_a_cell", {"said": short[:40]})
        there = next((cell for cell in self.below if bare(cell.short) == bare(short)), None)
        if there is not None:
            raise NotUnderstood("cell_exists", {"cell": there, "parent": self.parent})
        return short


def _near(short: str, below: list[Unit]) -> Iterator[Unit]:
    """The cells whose names may be this one with a slip or without its kind; «thôn 1» is not «thôn 2»."""
    name = without_kind(short)
    for cell in below:
        other = without_kind(cell.short)
        slips = 2 if len(name) >= _SHORTEST_WITH_SLIPS else 1
        if _figures(name) == _figures(other) and OSA.distance(name, other, score_cutoff=slips) <= slips:
            yield cell


def _figures(name: str) -> list[str]:
    return [word for word in name.split() if word.isdigit()]
