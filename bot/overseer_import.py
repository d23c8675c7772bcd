"""Who oversees which units, from a file: read, checked against the books with every fault named, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.access.invite import Invited, end_appointment, invite
from bot.cli_words import Trouble
from bot.find_unit import find_unit
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import PersonId, Role
from domain.phone import phone_in
from domain.spelling import bare
from messages.figures.office_table import Columns, Row, TableFault
from storage.queries import audit, people
from storage.queries.people import Known
from storage.queries.units import all_units
from storage.session import Session

NAME, UNIT, PHONE, PERSON = "ho_ten", "don_vi", "so_dien_thoai", "so_nguoi"
COLUMNS: Final = Columns(
    spellings={
        NAME: ("ho va ten", "ho ten uy vien", "ten", "uy vien phu trach", "dong chi"),
        UNIT: ("don vi phu trach", "phu trach", "ten don vi", "xa", "cum"),
        PHONE: ("dien thoai", "so may", "sdt"),
        PERSON: (),
    },
    required=(NAME, UNIT),
)
_NEW: Final = "moi"
_SEPARATORS: Final = str.maketrans({",": ";", "\n": ";"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One unit that somebody oversees by the file; `person` when they are on the books."""

    line: int
    name: str
    unit: Unit
    person: PersonId | None = None
    phone: str | None = None

    @property
    def who(self) -> tuple[str, PersonId | None]:
        """What tells people apart: the name, and the number where there is one."""
        return bare(self.name), self.person


@dataclass(slots=True)
class Reading:
    """What was read: the charges, what is wrong, and what is only worth knowing."""

    charges: list[Charge] = field(default_factory=list)
    faults: list[TableFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of it: appointments added, kept and ended; those who have not joined, with fresh codes if asked for."""

    added: tuple[Charge, ...]
    new_people: tuple[str, ...]
    kept: int
    others: tuple[tuple[str, str], ...]
    ended: int
    waiting: tuple[str, ...]
    invited: tuple[Invited, ...] = ()


def read_charges(session: Session, rows: Sequence[Row], today: date) -> Reading:
    """The charges of a file's rows, checked against each other and against the books."""
    reading = Reading()
    units, known = all_units(session, today), _by_name(people.everybody(session, today))
    for row in rows:
        _read_row(reading, row, units, known)
    _look_for_doubles(reading)
    _note_units(reading, units)
    return reading


def _read_row(
    reading: Reading, row: Row, units: Sequence[Unit], known: Mapping[str, Sequence[Known]]
) -> None:
    name = " ".join(row[NAME].split())
    said = len(reading.faults)

    def fault(words: str) -> None:
        reading.faults.append(TableFault(line=row.line, words=words))

    if not name:
        fault("thiếu họ tên.")
    elif any(letter.isdigit() for letter in name) or len(name.split()) < 2:
        fault(f"«{name[:40]}» không phải họ tên đầy đủ.")
    phone = phone_in(row[PHONE])
    if row[PHONE] and phone is None:
        fault(f"«{row[PHONE][:40]}» không phải số điện thoại.")
    named = [words.strip() for words in row[UNIT].translate(_SEPARATORS).split(";") if words.strip()]
    if not named:
        fault("thiếu đơn vị.")
    found = [_unit(units, words, fault) for words in named]
    person = _person(name, phone, row[PERSON], known, fault) if name else None
    if len(reading.faults) == said:
        charges = (Charge(line=row.line, name=name, unit=u, person=person, phone=phone) for u in found if u)
        reading.charges += charges


def _unit(units: Sequence[Unit], words: str, fault: Callable[[str], None]) -> Unit | None:
    try:
        unit = find_unit(units, words)
    except Trouble as trouble:
        fault(trouble.message[:1].lower() + trouble.message[1:])
        return None
    if unit.kind is UnitKind.GRASSROOTS:
        return unit
    fault(f"{unit.short} không phải đảng bộ, chi bộ cơ sở; ủy viên phụ trách các tổ chức cơ sở.")
    return None


def _person(
    name: str,
    phone: str | None,
    number: str,
    known: Mapping[str, Sequence[Known]],
    fault: Callable[[str], None],
) -> PersonId | None:
    """Who is meant: by number, by phone, as the one who oversees already; nobody on the books for a new one."""
    same = known.get(bare(name), ())
    if bare(number) == _NEW:
        return None
    if number:
        found = next((one for one in same if str(one.id) == number), None)
        if found is None:
            fault(f"trong sổ không có {name} mang số {number[:10]}; xem: chibo people list")
        return None if found is None else found.id
    overseers = [one for one in same if Role.OVERSEER in one.roles or (phone and one.phone == phone)]
    if len(overseers) == 1:
        return overseers[0].id
    if same:
        who = ", ".join(f"số {one.id} ({one.holds or 'không giữ chức vụ'})" for one in same)
        fault(f"trong sổ đã có {name}: {who}. Ghi số ấy vào cột {PERSON}, hoặc ghi «mới» nếu là người khác.")
    return None


def _by_name(known: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for one in known:
        found.setdefault(bare(one.name), []).append(one)
    return found


def _look_for_doubles(reading: Reading) -> None:
    """The same charge twice, and one person with two telephones."""
    charged: dict[tuple[tuple[str, PersonId | None], UnitId], Charge] = {}
    phones: dict[tuple[str, PersonId | None], Charge] = {}
    for charge in reading.charges:
        first = charged.setdefault((charge.who, charge.unit.id), charge)
        if first is not charge:
            words = f"{charge.name} phụ trách {charge.unit.short} đã có ở dòng {first.line}."
            reading.faults.append(TableFault(line=charge.line, words=words))
        other = phones.setdefault(charge.who, charge) if charge.phone else charge
        if charge.phone and other.phone != charge.phone:
            words = f"{charge.name} có số điện thoại khác ở dòng {other.line}."
            reading.faults.append(TableFault(line=charge.line, words=words))


def _note_units(reading: Reading, units: Sequence[Unit]) -> None:
    """Units that several oversee, and those that nobody does."""
    overseers: dict[UnitId, list[str]] = {}
    for charge in reading.charges:
        overseers.setdefault(charge.unit.id, []).append(charge.name)
    grassroots = [unit for unit in units if unit.kind is UnitKind.GRASSROOTS]
    shared = [u for u in grassroots if len(set(overseers.get(u.id, ()))) > 1]
    reading.notes += [
        f"{unit.short} có nhiều người phụ trách: {', '.join(overseers[unit.id])}." for unit in shared
    ]
    alone = [unit.short for unit in grassroots if unit.id not in overseers]
    if alone:
        reading.notes.append(f"Chưa có người phụ trách: {len(alone)} đơn vị ({_some(alone)}).")


def _some(names: Sequence[str], most: int = 10) -> str:
    rest = f" và {len(names) - most} đơn vị khác" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def write_charges(
    session: Session,
    charges: Sequence[Charge],
    *,
    now: datetime,
    today: date,
    end_others: bool,
    below: Callable[[int], int] | None = None,
) -> Imported:
    """Appoint whom the file names, from today on; what else is on the books stays, unless others are to end.

    With `below` (a number under n that nobody can foresee) those who have not joined get a fresh code each.
    """
    before = {
        (held.person_id, held.unit.id): held
        for held in people.held_on(session, today)
        if _oversees(held.role)
    }
    new: dict[tuple[str, PersonId | None], PersonId] = {}
    added: list[Charge] = []
    wanted: set[tuple[PersonId, UnitId]] = set()
    for charge in charges:
        person = charge.person or new.get(charge.who) or _enter(session, charge, new, now)
        if charge.phone is not None:
            people.keep_phone(session, person, charge.phone)
        wanted.add((person, charge.unit.id))
        if (person, charge.unit.id) not in before:
            people.appoint(session, person, charge.unit.id, Role.OVERSEER, since=today, at=now)
            details: dict[str, object] = {"role": Role.OVERSEER.value, "line": charge.line}
            audit.note(session, "appoint", at=now, unit=charge.unit.id, subject=charge.name, details=details)
            added.append(charge)
    others = [held for key, held in before.items() if key not in wanted]
    for held in others if end_others else ():
        end_appointment(session, held.id, now=now, today=today)
    waiting = _not_joined(session, today)
    return Imported(
        added=tuple(added),
        new_people=tuple(dict.fromkeys(charge.name for charge in charges if charge.who in new)),
        kept=len(wanted) - len(added),
        others=tuple((held.name, held.unit.short) for held in others),
        ended=len(others) if end_others else 0,
        waiting=tuple(name for name, _ in waiting.values()),
        invited=tuple(
            invite(session, unit, Role.OVERSEER, now=now, below=below, name=name, person=person)
            for person, (name, unit) in waiting.items()
        )
        if below
        else (),
    )


def _oversees(role: Role) -> bool:
    return role is Role.OVERSEER


def _enter(
    session: Session, charge: Charge, new: dict[tuple[str, PersonId | None], PersonId], now: datetime
) -> PersonId:
    new[charge.who] = people.add(session, charge.name, now)
    return new[charge.who]


def _not_joined(session: Session, today: date) -> dict[PersonId, tuple[str, Unit]]:
    """The overseers who are reached on no channel, with the first of their units."""
    found: dict[PersonId, tuple[str, Unit]] = {}
    for held in people.held_on(session, today):
        if _oversees(held.role) and not held.channels:
            found.setdefault(held.person_id, (held.name, held.unit))
    return found
