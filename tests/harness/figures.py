"""Figures of a year without books: the plan of 2022, or any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from domain.figures import Figures, UnitYear
from domain.organisation import Unit
from domain.period import Quarter
from domain.plan import Quarters
from domain.plan_table import accepted_rows
from domain.progress import Breakdown, Filed, FilingKind, PlanTerms, RollUp, Tally, UnitProgress
from domain.rating import Rating, UnitRating
from messages.figures.plan_file import read_plan_file
from storage.data import shipped_plan_path, shipped_units

AT = datetime(2022, 3, 31, 10, 0, tzinfo=UTC)
TERMS = PlanTerms(
    year=2022, number="72-KH/HU", signed_on=date(2022, 2, 11), pledged=200, heads_rate=90, grace_days=5
)
FIRST = Quarter(2022, 1)
NOTHING: Quarters = (0, 0, 0, 0)


def figures(
    admitted: Mapping[str, Quarters] | None = None,
    *,
    quarter: Quarter = FIRST,
    filed: Mapping[str, FilingKind] | None = None,
    breakdown: Breakdown | None = None,
    at: datetime = AT,
) -> Figures:
    """The plan of 2022 with these admissions and filings, by the short names of units."""
    rows = tuple(
        UnitYear(unit=unit, assigned=planned.quarters, admitted=(admitted or {}).get(unit.short, NOTHING))
        for unit, planned in zip(shipped_units(), SHIPPED, strict=True)
    )
    return figures_of_rows(rows, quarter=quarter, filed=filed, breakdown=breakdown, at=at)


def figures_of_rows(
    rows: Sequence[UnitYear],
    *,
    quarter: Quarter = FIRST,
    filed: Mapping[str, FilingKind] | None = None,
    breakdown: Breakdown | None = None,
    at: datetime = AT,
) -> Figures:
    """The figures of any rows, the roll-up counted from them."""

    def tally(quarters: Quarters) -> Tally:
        number = quarter.number
        return Tally(quarter=quarters[number - 1], to_date=sum(quarters[:number]), year=sum(quarters))

    def filing(unit: Unit) -> Filed | None:
        kind = (filed or {}).get(unit.short)
        return Filed(kind=kind, at=datetime(2022, 3, 30, 2, tzinfo=UTC)) if kind else None

    units = tuple(
        UnitProgress(
            unit=row.unit,
            quarter=quarter,
            target=tally(row.assigned),
            admitted=tally(row.admitted),
            filed=filing(row.unit),
        )
        for row in rows
    )
    roll_up = RollUp(
        plan=TERMS,
        as_of=at,
        quarter=quarter,
        units=units,
        breakdown=breakdown or Breakdown(),
        district="Lục Ngạn",
    )
    return Figures(roll_up=roll_up, rows=tuple(rows))


SHIPPED = accepted_rows(read_plan_file(shipped_plan_path().read_bytes()))

_numbers = st.integers(0, 40)


@st.composite
def any_figures(draw: st.DrawFn) -> Figures:
    """The plan's units with any targets, any admissions, seen from any quarter and moment of the year."""
    quarters = st.tuples(_numbers, _numbers, _numbers, _numbers)
    units = shipped_units()
    chosen = draw(st.lists(st.sampled_from(units), min_size=1, max_size=8, unique_by=lambda unit: unit.id))
    rows = [
        UnitYear(unit=unit, assigned=draw(quarters), admitted=draw(quarters))
        for unit in sorted(chosen, key=lambda unit: unit.id)
    ]
    kinds = draw(st.lists(st.sampled_from(FilingKind), max_size=len(rows)))
    filed = {row.unit.short: kind for row, kind in zip(rows, kinds, strict=False)}
    return figures_of_rows(
        rows,
        quarter=Quarter(2022, draw(st.integers(1, 4))),
        filed=filed,
        at=datetime(2022, draw(st.integers(1, 12)), 5, tzinfo=UTC),
    )


def rated(all_of: Figures) -> Figures:
    """The same with what the rating of the units rests on: each unit's figures, and how it may have reported."""
    rows = tuple(
        UnitRating(
            unit=row.unit,
            assigned=sum(row.assigned),
            admitted=sum(row.admitted),
            due=sum(number > 0 for number in row.assigned),
            on_time=sum(number > 0 for number in row.assigned[::2]),
            corrected=place % 3,
        )
        for place, row in enumerate(all_of.rows)
    )
    return replace(all_of, rating=Rating(plan=all_of.roll_up.plan, as_of=all_of.roll_up.as_of, rows=rows))
