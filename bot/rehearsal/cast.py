"""Who is told in a rehearsal: the people on the books, those of a file, or stand-ins where there is nobody yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum, auto

from bot.cli_words import Trouble
from bot.find_unit import find_unit
from bot.rehearsal.people_file import Entry
from domain.office import Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Role
from storage.queries import rehearsed
from storage.queries.recipients import roles_reached
from storage.queries.unit_entry import district_unit
from storage.queries.units import all_units
from storage.session import Session


class Cast(Enum):
    """Where the people of a rehearsal come from."""

    BOOKS = auto()
    FILE = auto()
    STAND_INS = auto()


def prepare(session: Session, since: datetime, now: datetime, office: Office) -> None:
    """Make the copy ready to be played from a moment on: where that has passed, those of today are in office."""
    rehearsed.mask_channels(session)
    if since < now:
        rehearsed.rewind(session, since)
        rehearsed.call_in(session, office.day_of(now), office.day_of(since))


def from_file(session: Session, entries: Iterable[Entry], since: date, at: datetime) -> Cast:
    """Let those of the file hold the offices, and nobody else; whoever is named twice is one person."""
    rehearsed.send_home(session)
    district, known = district_unit(session), all_units(session, since)
    held: dict[str, list[tuple[UnitId, Role]]] = {}
    for number, entry in enumerate(entries):
        unit = _unit(entry, district, known)
        held.setdefault(entry.name or f"#{number}", []).append((unit.id, entry.role))
    for name, offices in held.items():
        rehearsed.stand_in(session, name, offices, since, at)
    return Cast.FILE


def from_books(session: Session, since: date, at: datetime) -> Cast:
    """Those on the books who can be reached; where nobody can, a secretary for each unit and a district officer."""
    if roles_reached(session, since):
        return Cast.BOOKS
    rehearsed.send_home(session)
    units = [unit for unit in all_units(session, since) if unit.kind is UnitKind.GRASSROOTS]
    for unit in units:
        rehearsed.stand_in(session, unit.short, [(unit.id, Role.SECRETARY)], since, at)
    district = district_unit(session)
    rehearsed.stand_in(session, district.short, [(district.id, Role.DISTRICT)], since, at)
    return Cast.STAND_INS


def _unit(entry: Entry, district: Unit, known: Sequence[Unit]) -> Unit:
    if not entry.unit:
        return district
    try:
        return find_unit(known, entry.unit)
    except Trouble as trouble:
        raise Trouble(f"{entry.place}: {trouble.message}") from trouble
