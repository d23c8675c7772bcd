"""Inviting somebody: to which office, at which unit, and by what name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.dialogue.add_cell import has_cells
from bot.dialogue.invited_name import invited_name
from bot.dialogue.pages import ask_one
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import Invite
from domain.errors import NoCellsYet, NotAllowed, NotYourUnit
from domain.inviting import may_invite, roles_to_invite
from domain.office import Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Person, Role
from domain.policy import Action
from domain.title import title_of
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import Answer, NotUnderstood, OneOf, people_as_json
from messages.understand import UnitNames
from messages.understand.heard import Heard, Intent
from storage.queries.people import roles_held
from storage.queries.units import all_units
from storage.session import Session

_SAID: Final = (
    ("pho bi thu", Role.DEPUTY),
    ("bi thu chi bo", Role.CELL_SECRETARY),
    ("bi thu", Role.SECRETARY),
    ("phu trach", Role.OVERSEER),
    ("quan tri", Role.ADMIN),
    ("can bo", Role.DISTRICT),
)
"""How an office is called in a line, the longer name before the one that it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteFacts:
    """Who invites, the units that exist, and which offices are held there already."""

    person: Person
    office: Office
    units: tuple[Unit, ...]
    held: frozenset[tuple[UnitId, Role]]

    def open_to(self, role: Role) -> list[Unit]:
        """The units at which the person may invite others to a role, those first where nobody holds it."""
        own = [unit for unit in self.units if may_invite(self.person, role, unit)]
        return sorted(own, key=lambda unit: (unit.id, role) in self.held)


def invite_facts(session: Session, asker: Asker) -> InviteFacts:
    """Fetch the units, and who is there already."""
    units = all_units(session, asker.today)
    held = roles_held(session, [unit.id for unit in units], asker.today)
    return InviteFacts(person=asker.person, office=asker.office, units=units, held=held)


def invite_fills(heard: Heard, line: Answer) -> Fills:
    """The office, the unit and the name in «mời bí thư chi bộ thôn Trại, đồng chí Vi Văn An»."""
    role = role_said(line.said)
    fills = {} if role is None else {"whom": Answer(line.said, line.at, role.value)}
    if heard.unit is not None:
        fills["named"] = Answer(heard.unit, line.at, heard.unit)
    elif "unit" in heard.unclear and heard.text:
        fills["unit"] = Answer(heard.text, line.at)
    if len(heard.people) == 1:
        fills["name"] = Answer(line.said, line.at, people_as_json(heard.people))
    return fills


def role_said(line: str) -> Role | None:
    """The office that a line names, if it does."""
    said = fold(line)
    return next((role for words, role in _SAID if words in said), None)


@dialogue(
    "invite",
    opens_on=Intent.INVITE,
    needs=Action.INVITE,
    facts=invite_facts,
    fills=invite_fills,
    asks=("whom", "unit", "which", "cell", "name", "confirm"),
    takes_words=("name",),
)
def invite(talk: Talk, facts: InviteFacts) -> Invite:
    """Who is invited, and to what."""
    role = _role(talk, facts)
    unit = _cell(talk, facts) if role is Role.CELL_SECRETARY else _unit(talk, role, facts.open_to(role))
    title = title_of(role, unit)
    later: str | None = None
    reader = OneOf(
        ((Choice("later", labels.NAME_LATER), later),),
        other=lambda answer: invited_name(answer, unit, facts.office),
    )
    name = talk.ask("name", reader, {"title": title})
    command = Invite(unit=unit, role=role, name=name)
    talk.confirm(command, {"title": title, "is_held": (unit.id, role) in facts.held})
    return command


def _role(talk: Talk, facts: InviteFacts) -> Role:
    """The office: the only one, the one that was said, or the one chosen."""
    roles = roles_to_invite(facts.person)
    if not roles:
        raise NotAllowed
    options = tuple((Choice(role.value, labels.office(role)), role) for role in roles)

    def said(answer: Answer) -> Role:
        if answer.value == Role.SECRETARY and Role.CELL_SECRETARY in roles:
            return Role.CELL_SECRETARY  # «mời bí thư thôn Trại»: a commune invites no other secretaries
        raise NotUnderstood("not_a_choice") if answer.value is None else NotAllowed

    reader = OneOf(options, other=said)
    if len(roles) == 1:
        return talk.given("whom", reader) or roles[0]
    role = talk.ask("whom", reader)
    alone = {unit.name for unit in facts.units if unit.kind is UnitKind.GRASSROOTS and not has_cells(unit)}
    lead = role is Role.CELL_SECRETARY and _named(talk) in alone
    return Role.SECRETARY if lead and Role.SECRETARY in roles else role


def _named(talk: Talk) -> str | None:
    """The name of the unit that the opening line named."""
    answer = talk.answers.get("named")
    return None if answer is None else answer.value


def _cell(talk: Talk, facts: InviteFacts) -> Unit:
    """The cell: named, or chosen among those of the commune."""
    cells = facts.open_to(Role.CELL_SECRETARY)
    own = [cell for cell in cells if cell.name == _named(talk)]
    if len(own) == 1:
        return own[0]
    communes = [unit for unit in facts.units if has_cells(unit) and _may_lead(facts, unit)]
    commune = _unit(talk, Role.CELL_SECRETARY, communes, [cell.name for cell in own])
    below = [cell for cell in cells if cell.parent == commune.id]
    if not below:
        raise NoCellsYet(commune.short)
    if len(below) == 1:
        return below[0]
    options = [(Choice(cell.code, cell.short), cell) for cell in below]
    return ask_one(talk, "cell", options, _by_name(below), {"commune": commune})


def _may_lead(facts: InviteFacts, commune: Unit) -> bool:
    """Whether the person may invite somebody to lead a cell of this commune."""
    return facts.person.is_district or any(a.unit.id == commune.id for a in facts.person.appointments)


def _unit(talk: Talk, role: Role, units: Sequence[Unit], also: Sequence[str] = ()) -> Unit:
    """The unit: the one named, the only one, or the one chosen; where a name fits several it is asked which.

    The names in `also` may have been named, too, and settle nothing; another's unit is refused.
    """
    if not units:
        raise NotAllowed
    name = _named(talk)
    named = [unit for unit in units if unit.name == name]
    if name is not None and not named and name not in also:
        raise NotYourUnit(name)
    if named or len(units) == 1:
        return [*named, *units][0]
    options: list[tuple[Choice, tuple[Unit, ...]]] = [
        (Choice(unit.code, unit.short), (unit,)) for unit in units
    ]
    meant = ask_one(talk, "unit", options, _those_named(units), {"office": labels.office(role)})
    if len(meant) == 1:
        return meant[0]
    return talk.ask("which", OneOf(tuple((Choice(unit.code, unit.short), unit) for unit in meant)))


def _those_named(units: Sequence[Unit]) -> Callable[[Answer], tuple[Unit, ...]]:
    """A reading of words as one of these units, or as the several that they fit."""

    def read(answer: Answer) -> tuple[Unit, ...]:
        found = _names(tuple(units)).find(answer.said)
        if found.unit is None and not found.candidates:
            raise NotUnderstood("no_such_unit", {"said": answer.said[:40]})
        return (found.unit,) if found.unit else found.candidates[:9]

    return read


def _by_name(cells: Sequence[Unit]) -> Callable[[Answer], Unit]:
    """A reading of words as one of these cells."""
    several = _those_named(cells)

    def read(answer: Answer) -> Unit:
        found = several(answer)
        if len(found) != 1:
            raise NotUnderstood("not_a_choice")
        return found[0]

    return read


@lru_cache(maxsize=8)
def _names(units: tuple[Unit, ...]) -> UnitNames:
    return UnitNames(units)
