"""Facts for the counts: what is known of those who were admitted, and what was known before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import RowMapping, Select, bindparam, select

from domain.facts import Facts, Schooling
from domain.office import CountBy
from domain.organisation import UnitId
from storage.queries.admissions import counted_on, in_force, receipt_code
from storage.session import Session
from storage.tables import admissions, revisions, units

COLUMNS: Final = tuple(each.name for each in fields(Facts))
"""The columns of a revision that hold facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An admission on the books with the facts that are known of whom it is about."""

    admission: int
    code: str
    unit: UnitId
    cell: UnitId | None
    name: str
    birth_year: int | None
    gender: str | None
    counted_on: date
    facts: Facts


@cache
def _known(count_by: CountBy) -> Select[*tuple[object, ...]]:
    on = counted_on(count_by)
    return (
        select(
            revisions,
            units.c.code,
            admissions.c.year,
            admissions.c.serial,
            admissions.c.cell_id,
            on.label("counted_on"),
        )
        .join(admissions, admissions.c.id == revisions.c.admission_id)
        .join(units, units.c.id == admissions.c.unit_id)
        .where(in_force(), revisions.c.withdrawn.is_(False), on >= bindparam("first"))
        .where(revisions.c.unit_id.in_(bindparam("units", expanding=True)))
        .order_by(admissions.c.id.desc())
    )


def known_of(
    session: Session, unit_ids: Collection[UnitId], first: date, count_by: CountBy
) -> tuple[Known, ...]:
    """The admissions of some grassroots organisations counted from a day on, the latest report first."""
    asked = {"units": sorted(unit_ids), "first": first}
    return tuple(_from(row) for row in session.execute(_known(count_by), asked).mappings())


def _from(row: RowMapping) -> Known:
    return Known(
        admission=row["admission_id"],
        code=receipt_code(row["code"], row["year"], row["serial"]),
        unit=UnitId(row["unit_id"]),
        cell=None if row["cell_id"] is None else UnitId(row["cell_id"]),
        name=row["name"],
        birth_year=row["birth_year"],
        gender=row["gender"],
        counted_on=row["counted_on"],
        facts=_facts(row),
    )


def _facts(row: RowMapping) -> Facts:
    schooling = row["schooling"]
    told = {name: row[name] for name in COLUMNS if name != "schooling"}
    return Facts(**told, schooling=None if schooling is None else Schooling(schooling))


_NUMBER = select(revisions.c.number).where(revisions.c.id == bindparam("revision"))
_BEFORE = select(revisions).where(
    revisions.c.admission_id == bindparam("admission"), revisions.c.number == bindparam("before")
)


def known_before(
    session: Session, admission: int, revision: int, columns: Sequence[str]
) -> dict[str, object]:
    """What some columns of an admission held before one of its revisions."""
    number = session.execute(_NUMBER, {"revision": revision}).scalar_one()
    asked = {"admission": admission, "before": number - 1}
    row = session.execute(_BEFORE, asked).mappings().one()
    return {column: row[column] for column in columns}
