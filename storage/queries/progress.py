"""How one unit stands: its targets, its admissions, its filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, case, func, select

from domain.office import CountBy
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import CellProgress, Tally, UnitProgress
from storage.dialect import dialect_of
from storage.queries.admissions import counts_by_cell, counts_by_quarter
from storage.queries.filings import filing_of, nils_of
from storage.queries.units import cells_below
from storage.session import Session
from storage.tables import plans, targets, units

_TARGETS = select(targets.c.quarter, targets.c.assigned).where(
    targets.c.unit_id == bindparam("unit"),
    targets.c.quarter.between(bindparam("first"), bindparam("last")),
    targets.c.until_at.is_(None),
)
_GRACE_DAYS = select(plans.c.year, plans.c.grace_days)
_COUNTED = (
    select(
        case(
            (units.c.kind == UnitKind.CELL.value, func.coalesce(units.c.parent_id, units.c.id)),
            else_=units.c.id,
        )
    )
    .where(units.c.id == bindparam("unit"))
    .scalar_subquery()
)
_LOCK = select(units.c.id).where(units.c.id == _COUNTED).with_for_update(key_share=True)


def targets_of(session: Session, unit_id: UnitId, year: int) -> dict[Quarter, int]:
    """What a unit is assigned in each quarter of a year."""
    of_year = {"unit": unit_id, "first": Quarter(year, 1), "last": Quarter(year, 4)}
    assigned = dict.fromkeys((Quarter(year, number) for number in (1, 2, 3, 4)), 0)
    return assigned | {row.quarter: row.assigned for row in session.execute(_TARGETS, of_year)}


def tally(by_quarter: dict[Quarter, int], quarter: Quarter) -> Tally:
    """Figures by quarter as a tally seen from one quarter."""
    return Tally(
        quarter=by_quarter[quarter],
        to_date=sum(number for each, number in by_quarter.items() if each <= quarter),
        year=sum(by_quarter.values()),
    )


def progress_of(session: Session, unit: Unit, quarter: Quarter, count_by: CountBy) -> UnitProgress:
    """How a grassroots organisation stands in a quarter."""
    standing = unfiled_progress_of(session, unit, quarter, count_by)
    return replace(standing, filed=filing_of(session, unit.id, quarter))


def unfiled_progress_of(session: Session, unit: Unit, quarter: Quarter, count_by: CountBy) -> UnitProgress:
    """How a grassroots organisation stands in a quarter that it is known not to have filed."""
    return UnitProgress(
        unit=unit,
        quarter=quarter,
        target=tally(targets_of(session, unit.id, quarter.year), quarter),
        admitted=tally(counts_by_quarter(session, unit.id, quarter.year, count_by), quarter),
    )


def cells_progress(
    session: Session, unit: Unit, quarter: Quarter, on: date, count_by: CountBy
) -> tuple[tuple[CellProgress, ...], int]:
    """How each cell of a grassroots organisation stands, and how many of the year's admissions name no cell."""
    cells = cells_below(session, [unit.id], on)
    counts = counts_by_cell(session, unit.id, quarter.year, count_by)
    nils = nils_of(session, [cell.id for cell in cells], quarter)
    standings = tuple(
        CellProgress(
            unit=cell,
            quarter=counts.get(cell.id, {}).get(quarter, 0),
            year=sum(counts.get(cell.id, {}).values()),
            is_nil=cell.id in nils,
        )
        for cell in cells
    )
    return standings, sum(counts.get(None, {}).values())


def grace_days_of(session: Session, year: int) -> int | None:
    """For how many days after a quarter's end reports are taken; None when no plan of this year is on the books."""
    return grace_days_by_year(session).get(year)


def grace_days_by_year(session: Session) -> dict[int, int]:
    """For how many days after a quarter's end reports are taken, for each year that has a plan on the books."""
    return {row.year: row.grace_days for row in session.execute(_GRACE_DAYS)}


def lock_unit(session: Session, unit_id: UnitId) -> None:
    """Let nobody else write this unit's books until the end of the transaction; SQLite has one writer anyway.

    The books of a cell are those of the organisation that it counts for: what one writes of a candidate rests on
    the other's admissions, and the other way round.
    """
    if dialect_of(session) == "sqlite":
        return
    session.execute(_LOCK, {"unit": unit_id})
