"""Adding cells, and taking them back."""

from __future__ import annotations

from bot.access.invite import take_back
from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from domain.cell_names import official_name
from domain.commands import AddCell
from domain.deed import Deed
from domain.errors import CellExists, CellInUse
from domain.organisation import Unit, UnitId, UnitKind
from domain.policy import Action
from domain.spelling import bare
from domain.unit_code import unit_code
from messages import labels
from messages.channel import Choice
from messages.say import Say
from storage.queries import invitations
from storage.queries.audit import Entry
from storage.queries.unit_entry import codes_taken, district_unit, end_unit, enter_unit, is_in_use
from storage.queries.units import cells_below, unit_by_id
from storage.session import Session

_NEW = UnitId(0)


def add_cell(session: Session, command: AddCell, act: Act) -> Say:
    """Put a cell on the books below a grassroots organisation, from the day on which it was said."""
    parent, today = command.parent, act.office.day_of(act.said_at)
    must_be_allowed(act, Action.ADD_CELL, parent)
    act = locked(session, parent.id, act)
    for cell in cells_below(session, [parent.id], today):
        if bare(cell.short) == bare(command.short):
            raise CellExists(cell.name, parent.short)
    act = locked(session, district_unit(session).id, act)  # whoever gives codes to units
    entered = enter_unit(session, _cell(session, command, act), parent, act.at)
    log(session, Deed.ADD_CELL, entered, act, entered.name, {"cell": entered.id})
    return Say("add_cell/done", {"at": act.said_at, "cell": entered, "parent": parent}, _offers(entered))


def remove_cell(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of adding a cell: it has never been, unless something rests on it."""
    cell = unit_by_id(session, UnitId(entry.row("cell")))
    must_be_allowed(act, Action.ADD_CELL, cell)
    for invitation in invitations.open_at(session, cell.id, act.at):
        take_back(session, invitation, act.at)
    if is_in_use(session, cell.id):  # asked last: whoever was joining as its secretary has done so by now
        raise CellInUse(cell.name)
    end_unit(session, cell.id, cell.valid_from, act.at)
    return ()


def _cell(session: Session, command: AddCell, act: Act) -> Unit:
    name = official_name(command.short)
    return Unit(
        id=_NEW,
        kind=UnitKind.CELL,
        name=name,
        short=command.short,
        code=unit_code(name, codes_taken(session)),
        valid_from=act.office.day_of(act.said_at),
    )


def _offers(cell: Unit) -> tuple[Choice, ...]:
    invite = Choice(f"mời bí thư {cell.name[:1].lower()}{cell.name[1:]}", labels.INVITE_ITS_SECRETARY)
    return (invite, labels.ANOTHER_CELL, labels.MENU)
