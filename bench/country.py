"""Books as large as a whole country's: ten thousand units, and their year."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Engine, Table, insert

from domain.people import Role
from domain.period import Quarter
from storage.schema import upgrade
from storage.tables import (
    addresses,
    admissions,
    appointments,
    filings,
    people,
    plans,
    revisions,
    targets,
    units,
)

UNITS: Final = 10_000
ADMISSIONS: Final = 200_000
YEAR: Final = 2022
SIGNED: Final = datetime(2021, 12, 31, tzinfo=UTC)
JOINED: Final = datetime(2022, 1, 3, tzinfo=UTC)
_LOT: Final = 5_000
_FAMILIES: Final = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Lý".split()
_GIVEN: Final = "An Bình Cường Dung Giang Hiếu Khoa Lâm Mạnh Nhung Oanh Phúc Quyên Sơn Tuấn".split()


def lay_down(engine: Engine, *, admitted: bool = True, per_unit: int = 0) -> None:
    """A year of a country, with so many people in office at each unit, all reached by Telegram."""
    upgrade(engine)
    _put(engine, units, _units())
    plan = {"id": 1, "year": YEAR, "number": "1-KH/TW", "signed_on": SIGNED.date(), "pledged": 180_000}
    _put(engine, plans, iter([{**plan, "heads_rate": 90, "grace_days": 5, "imported_at": SIGNED}]))
    _put(engine, targets, _targets())
    if admitted:
        _put(engine, admissions, _admissions())
        _put(engine, revisions, _revisions(random.Random(2022)))
        _put(engine, filings, _filings())
    _put(engine, people, _people(per_unit))
    _put(engine, appointments, _appointments(per_unit))
    _put(engine, addresses, _addresses(per_unit))
    if engine.dialect.name == "postgresql":
        _settle(engine)


def _settle(engine: Engine) -> None:
    """What PostgreSQL would have got round to by itself in quieter hours."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        session.exec_driver_sql("SET statement_timeout = 0")
        for table in (units, targets, admissions, revisions, filings, people, appointments, addresses):
            last = f"(SELECT coalesce(max(id), 1) FROM {table.name})"
            session.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
        session.exec_driver_sql("VACUUM ANALYZE")


def _put(engine: Engine, table: Table, rows: Iterator[Mapping[str, Any]]) -> None:
    with engine.begin() as session:
        while lot := list(islice(rows, _LOT)):
            session.execute(insert(table), lot)


def _units() -> Iterator[Mapping[str, Any]]:
    whole = {"parent_id": None, "valid_from": date(1900, 1, 1), "valid_to": None, "entered_at": None}
    yield {**whole, **_unit(1, "district", "Trung ương", 0, 0)}
    for number in range(2, UNITS + 2):
        name = f"Xã số {number - 1}"
        yield {**whole, **_unit(number, "grassroots", name, 1, number), "parent_id": 1}


def _unit(id_: int, kind: str, name: str, block: int, position: int) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": kind,
        "name": name,
        "short": name,
        "code": f"U{id_}",
        "aliases": [],
        "block": block,
        "position": position,
    }


def _targets() -> Iterator[Mapping[str, Any]]:
    for unit in range(2, UNITS + 2):
        for number in (1, 2, 3, 4):
            quarter, assigned = Quarter(YEAR, number), (unit + number) % 4 + 4
            yield {
                "plan_id": 1,
                "unit_id": unit,
                "quarter": quarter,
                "assigned": assigned,
                "from_at": SIGNED,
            }


def _admissions() -> Iterator[Mapping[str, Any]]:
    for number in range(ADMISSIONS):
        serial = number // UNITS + 1
        yield {
            "id": number + 1,
            "unit_id": number % UNITS + 2,
            "year": YEAR,
            "serial": serial,
            "reported_at": JOINED,
        }


def _revisions(dice: random.Random) -> Iterator[Mapping[str, Any]]:
    """Spread over the year; each twentieth has been corrected once."""
    for number in range(ADMISSIONS):
        day = date(YEAR, 1, 4) + timedelta(days=dice.randrange(360))
        said = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        name = f"{dice.choice(_FAMILIES)} {dice.choice(_GIVEN)} {number}"
        row = {
            "admission_id": number + 1,
            "number": 1,
            "unit_id": number % UNITS + 2,
            "name": name,
            "folded": name.lower(),
            "gender": dice.choice(("nam", "nữ")),
            "birth_year": 1970 + number % 34,
            "ceremony_on": day,
            "minority": dice.choice((None, True, False)),
            "youth": True,
            "withdrawn": False,
            "from_at": said,
            "until_at": said + timedelta(hours=6) if number % 20 == 0 else None,
        }
        yield row
        if number % 20 == 0:
            yield {**row, "number": 2, "from_at": row["until_at"], "until_at": None}


def _filings() -> Iterator[Mapping[str, Any]]:
    at = datetime(YEAR, 3, 28, tzinfo=UTC)
    for unit in range(2, UNITS + 2, 2):
        kind = "nil" if unit % 20 == 0 else "filed"
        yield {
            "unit_id": unit,
            "quarter": Quarter(YEAR, 1),
            "kind": kind,
            "admitted": 5,
            "from_at": at,
            "until_at": None,
        }


def _people(per_unit: int) -> Iterator[Mapping[str, Any]]:
    for number in range(1, UNITS * per_unit + 1):
        yield {"id": number, "name": f"Người {number}", "created_at": JOINED}


def _appointments(per_unit: int) -> Iterator[Mapping[str, Any]]:
    for number in range(UNITS * per_unit):
        yield {
            "person_id": number + 1,
            "unit_id": number // per_unit + 2,
            "role": Role.SECRETARY.value,
            "since": JOINED.date(),
            "created_at": JOINED,
        }


def _addresses(per_unit: int) -> Iterator[Mapping[str, Any]]:
    for number in range(1, UNITS * per_unit + 1):
        yield {
            "channel": "telegram",
            "value": str(number),
            "person_id": number,
            "created_at": JOINED,
            "last_used_at": JOINED,
        }
