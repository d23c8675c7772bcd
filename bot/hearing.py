"""How a text is understood here: with the units on the books, for whoever says it, on the day it was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.office import Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Person, Role
from domain.spelling import bare
from messages.channel import IncomingMessage
from messages.understand import understand
from messages.understand.heard import Heard, Intent
from messages.understand.line import Line
from messages.understand.units import UnitMention, UnitNames
from storage.queries.units import all_units
from storage.session import Session

_AT_HOME: Final = frozenset({"que", "tru", "goc", "khau", "sinh", "quan", "nguoi"})
"""What stands before the name of somebody's home: «quê thôn Trại», «hộ khẩu ở thôn Trại»."""
_AT: Final = frozenset({"o", "tai", ":"})
_NAMES_NO_UNIT: Final = frozenset({Intent.ADD_CELL, Intent.ISSUE, Intent.ISSUE_ANSWER, Intent.LESSON})
_OF_STATUS: Final = frozenset({Intent.UNIT_LIST, Intent.AT_RISK, Intent.FIGURE, Intent.TRAIL})
_KINDS: Final = frozenset({"thon", "xom", "lang", "ban", "khu", "pho", "to", "truong", "tram", "cong", "hop"})
"""Words that a name of a cell begins with and that of no person does."""


class Hearing:
    """Understands texts; keeps the names of the units, which `refresh` reads anew.

    The cells of a commune are read with each text of its people, so that a new one is understood at once in every
    process, and by nobody else: two communes may each have a «thôn Trại». `learn` is how names are learnt from units.
    """

    def __init__(self, office: Office, learn: Callable[[tuple[Unit, ...]], UnitNames] = UnitNames) -> None:
        self._office = office
        self._learn = learn
        self._units: tuple[Unit, ...] = ()
        self._names = learn(())
        self._with_cells: dict[frozenset[UnitId], tuple[tuple[Unit, ...], UnitNames]] = {}

    def refresh(self, session: Session, on: date) -> None:
        """Read the names of the grassroots organisations that exist on a day."""
        found = tuple(unit for unit in all_units(session, on) if unit.kind is not UnitKind.CELL)
        if found != self._units:
            self._units, self._names = found, self._learn(found)
            self._with_cells.clear()

    def __call__(self, session: Session, text: str, person: Person, message: IncomingMessage) -> Heard:
        today = self._office.day_of(message.at)
        communes = frozenset(_commune(unit) for unit in person.reports_for)
        cells = person.cells
        units = self._names_with(communes, cells) if cells else self._names
        heard = understand(text, today=today, units=units, district=person.asks_of_others)
        if heard.intent is Intent.UNKNOWN and (asked := self._of_cluster(text, person, today)):
            return asked
        named = _own_cell(text, cells, units) if cells and heard.intent not in _NAMES_NO_UNIT else None
        if named is None:
            return heard
        # What the name is made of («thôn Trại Hai») is neither a number nor a man.
        rest = understand(named.rest, today=today, units=units, district=person.asks_of_others)
        own = (None, named.cell.name, self._name_of(named.cell.parent))
        if rest.unit not in own:
            return replace(heard, unit=rest.unit)
        if heard.unit not in own:
            return heard
        meant = rest if rest.intent is heard.intent else heard
        unclear = tuple(slot for slot in meant.unclear if slot != "unit")
        return replace(meant, unit=named.cell.name, unclear=unclear, text="")

    def _of_cluster(self, text: str, person: Person, today: date) -> Heard | None:
        """What somebody who reports for a unit, and oversees others, asks of those; a name is theirs or a man's."""
        cluster = {each.unit.name for each in person.appointments if each.role is Role.OVERSEER}
        if not cluster or person.asks_of_others:
            return None
        heard = understand(text, today=today, units=self._names, district=True)
        is_theirs = heard.intent is Intent.UNIT_STATUS and heard.unit in cluster
        is_whole = heard.intent is Intent.ROLLUP and "cum" in bare(text).split()
        return heard if is_theirs or is_whole or heard.intent in _OF_STATUS else None

    def _name_of(self, unit: UnitId | None) -> str | None:
        return next((each.name for each in self._units if each.id == unit), None)

    def _names_with(self, communes: frozenset[UnitId], cells: tuple[Unit, ...]) -> UnitNames:
        """The names of all grassroots organisations and of these cells; made once for each set of cells."""
        kept = self._with_cells.get(communes)
        if kept is not None and kept[0] == cells:
            return kept[1]
        # Of two that have one name (somebody may lead two communes) the name is understood: which one is asked then.
        of_each_name = {bare(cell.short): cell for cell in cells}.values()
        names = self._learn((*self._units, *of_each_name))
        self._with_cells[communes] = (cells, names)
        return names


@dataclass(frozen=True, slots=True)
class _Named:
    """The cell that a line names, and the line without its name."""

    cell: Unit
    rest: str


def _own_cell(text: str, cells: Sequence[Unit], units: UnitNames) -> _Named | None:
    """The one cell that a line names in full, if it does."""
    plain = f" {bare(text)} "
    if not any(f" {bare(cell.short)} " in plain for cell in cells):
        return None
    line = Line(text)
    named = [m for m in units.mentions(line) if m.unit in cells and _speaks(line, m)]
    if len({mention.unit.id for mention in named}) != 1:
        return None
    mention = named[0]
    first = mention.first - (mention.first > 0 and line.words[mention.first - 1] in _AT)
    before, after = line.tokens[first].start, line.tokens[mention.after - 1].end
    return _Named(mention.unit, f"{line.text[:before]} {line.text[after:]}")


def _commune(unit: Unit) -> UnitId:
    return unit.parent if unit.kind is UnitKind.CELL and unit.parent is not None else unit.id


def _speaks(line: Line, mention: UnitMention) -> bool:
    """Whether a cell's name stands there for the cell: not as somebody's home, and not as what may be a person."""
    words, at = line.words, mention.first - 1
    if at >= 0 and words[at] in _AT:
        at -= 1
    at_home = at >= 0 and words[at] in _AT_HOME
    return not at_home and (mention.marked or words[mention.first] in _KINDS)
