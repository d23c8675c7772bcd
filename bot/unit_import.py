"""How strong units are, from a file: members and last admission, checked with every fault named, and written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.cli_words import Trouble
from bot.find_unit import find_unit
from domain.organisation import Unit, UnitKind
from domain.spelling import bare
from domain.strength import Strength
from messages.figures.office_table import Columns, Row, TableFault
from messages.long_ago import last_day_of
from storage.queries import audit, strength
from storage.queries.admissions import Origin
from storage.queries.closings import lock_quarters
from storage.queries.periods import after_words
from storage.queries.units import all_units
from storage.session import Session

UNIT, ABOVE, MEMBERS, LAST = "don_vi", "truc_thuoc", "so_dang_vien", "ket_nap_gan_nhat"
COLUMNS: Final = Columns(
    spellings={
        UNIT: ("ten don vi", "chi bo", "to chuc dang", "chi bo dang bo"),
        ABOVE: ("thuoc", "dang bo", "dang uy", "xa"),
        MEMBERS: ("dang vien", "tong so dang vien", "dang so"),
        LAST: ("ngay ket nap gan nhat", "lan ket nap gan nhat", "ket nap lan cuoi"),
    },
    required=(UNIT,),
)
MOST: Final = 9_999
_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00(?::00)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a line of the file tells of a unit."""

    line: int
    unit: Unit
    told: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many units' figures were new, and how many stood so already."""

    changed: int
    same: int


def read_strengths(
    session: Session, rows: Sequence[Row], today: date
) -> tuple[tuple[Line, ...], tuple[TableFault, ...]]:
    """What the rows tell, and all that is wrong with them; a row without any figure is left out."""
    units = all_units(session, today)
    lines: list[Line] = []
    faults: list[TableFault] = []
    for row in rows:
        said = len(faults)

        def fault(words: str, at: int = row.line) -> None:
            faults.append(TableFault(line=at, words=words))

        unit = _unit(units, row, fault)
        told = Strength(members=_members(row[MEMBERS], fault), last_admission=_last(row[LAST], today, fault))
        first = next((one.line for one in lines if unit is not None and one.unit.id == unit.id), None)
        if first is not None and unit is not None:
            fault(f"{unit.short} đã có ở dòng {first}.")
        if unit is not None and told.is_known and len(faults) == said:
            lines.append(Line(line=row.line, unit=unit, told=told))
    if not lines and not faults:
        faults.append(TableFault(line=0, words=f"tệp không có số liệu nào ở cột {MEMBERS}, {LAST}."))
    return tuple(lines), tuple(faults)


def _unit(units: Sequence[Unit], row: Row, fault: Callable[[str], None]) -> Unit | None:
    if not row[UNIT]:
        fault("thiếu tên đơn vị.")
        return None
    try:
        among = _below(units, row[ABOVE]) if row[ABOVE] else _first_of_grassroots(units, row[UNIT])
        if sum(bare(unit.short) == bare(row[UNIT]) for unit in among) > 1:
            fault(f"có nhiều chi bộ «{row[UNIT][:40]}»; hãy ghi đảng bộ vào cột {ABOVE}.")
            return None
        return find_unit(among, row[UNIT])
    except Trouble as trouble:
        fault(trouble.message[:1].lower() + trouble.message[1:])
        return None


def _below(units: Sequence[Unit], above: str) -> list[Unit]:
    """The cells of the organisation that a row names beside."""
    parent = find_unit([unit for unit in units if unit.kind is UnitKind.GRASSROOTS], above)
    return [unit for unit in units if unit.parent == parent.id and unit.kind is UnitKind.CELL]


def _first_of_grassroots(units: Sequence[Unit], name: str) -> Sequence[Unit]:
    """Without an organisation named beside it, a name is that of an organisation if there is one; else a cell's."""
    grassroots = [unit for unit in units if unit.kind is UnitKind.GRASSROOTS]
    exact = [
        u for u in grassroots if bare(name) in {bare(each) for each in (u.name, u.short, u.code, *u.aliases)}
    ]
    return exact or [unit for unit in units if unit.kind is not UnitKind.DISTRICT]


def _members(text: str, fault: Callable[[str], None]) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        fault(f"số đảng viên «{text[:20]}» phải là số từ 1 đến {MOST}.")
        return None
    return int(text)


def _last(text: str, today: date, fault: Callable[[str], None]) -> date | None:
    if not text:
        return None
    day = _day(text) or last_day_of(text, today)
    if day is None:
        fault(f"«{text[:20]}» không phải ngày đã qua; ghi như 15/03/2019, 3/2019 hoặc 2019.")
    elif day > today:
        fault(f"ngày {text[:20]} chưa đến.")
        return None
    return day


def _day(text: str) -> date | None:
    iso, local = _ISO.fullmatch(text), _DAY.fullmatch(text)
    try:
        if iso is not None:
            return date.fromisoformat(iso[1])
        return date(int(local[3]), int(local[2]), int(local[1])) if local is not None else None
    except ValueError:
        return None


def write_strengths(session: Session, lines: Sequence[Line], now: datetime) -> Written:
    """Put on the books what is not there yet; what was told before ends, and stays to be seen.

    A closing that is under way is waited for: its roll-up does not see what is written.
    """
    lock_quarters(session)
    now, changed = after_words(session, now), 0
    for line in lines:
        before, unit = strength.told_by(session, line.unit.id).strength, line.unit.id
        origin, told = Origin(at=now, said_at=now), line.told
        news: dict[str, object] = {}
        if told.members not in (None, before.members) and told.members is not None:
            news["members"] = strength.tell_members(session, unit, told.members, origin)
        if told.last_admission not in (None, before.last_admission) and told.last_admission is not None:
            news["last"] = strength.tell_last_admission(session, unit, told.last_admission, origin)
        if news:
            audit.note(session, "import strength", at=now, unit=unit, details=news)
            changed += 1
    return Written(changed=changed, same=len(lines) - changed)
