"""Plans and their targets: importing a year's annex, amending it, and reading it as it stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, insert, literal, or_, select, update

from domain.organisation import Unit
from domain.people import PersonId
from domain.period import Quarter
from domain.plan import Plan, PlanRow, UnitTargets
from domain.plan_changes import PlanChange, TargetChange, UnitAdded, plan_changes
from domain.plan_faults import PlanFault
from domain.plan_units import units_named_twice, units_of_rows
from storage.data import shipped_district, shipped_units
from storage.queries.audit import note
from storage.queries.plan_terms import terms_at
from storage.queries.unit_entry import (
    codes_taken,
    district_unit,
    enter_unit,
    grassroots_of_year,
    place_unit,
)
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import former_plans, plans, targets, units


class ImportOutcome(StrEnum):
    """What became of an import."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"  # the books say the same already
    AMENDED = "amended"
    DIFFERS = "differs"  # the year has another plan, and no reason for amending it was given
    REFUSED = "refused"  # two rows are the same unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImport:
    """The outcome of an import, the plan as the file has it, and what was new, different or wrong."""

    outcome: ImportOutcome
    plan: Plan
    new_units: tuple[Unit, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    faults: tuple[PlanFault, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the books were changed."""
        return self.outcome in (ImportOutcome.IMPORTED, ImportOutcome.AMENDED)


def import_plan(
    session: Session,
    plan: Plan,
    rows: Sequence[PlanRow],
    *,
    at: datetime,
    by: PersonId | None = None,
    reason: str | None = None,
    only_check: bool = False,
) -> PlanImport:
    """Put a year's plan on the books, with the units that are not there yet.

    The same plan again changes nothing. Another one for a year that has a plan amends it from `at` on when
    there is a `reason`, and else is left out, every difference named. With `only_check` the outcome is told
    and nothing is written.
    """
    outcome = _compared(session, plan, rows, reason)
    if only_check or not outcome.is_written:
        return outcome
    written = _with_new_units(session, outcome, at)
    if outcome.outcome is ImportOutcome.IMPORTED:
        _write_first(session, written.plan, at, by)
    else:
        _write_amendments(session, written, at, by, reason)
    for target in written.plan.targets:
        place_unit(session, target.unit, at)
    return written


def plan_of(session: Session, year: int, at: datetime | None = None) -> Plan | None:
    """The plan of a year with its targets in the annex's order, now or as they stood at a moment."""
    row = session.execute(select(plans).where(plans.c.year == year)).mappings().first()
    if row is None:
        return None
    terms = terms_at(session, row, at)
    return Plan(
        year=row["year"],
        number=terms["number"],
        signed_on=terms["signed_on"],
        pledged=terms["pledged"],
        heads_rate=terms["heads_rate"],
        grace_days=terms["grace_days"],
        targets=_targets_of(session, row["id"], at),
    )


def plan_years(session: Session) -> tuple[int, ...]:
    """The years that have a plan, the first one first."""
    return tuple(session.execute(select(plans.c.year).order_by(plans.c.year)).scalars())


def _targets_of(session: Session, plan_id: int, at: datetime | None) -> tuple[UnitTargets, ...]:
    in_force = (
        targets.c.until_at.is_(None)
        if at is None
        else (targets.c.from_at <= at) & or_(targets.c.until_at.is_(None), targets.c.until_at > at)
    )
    found = session.execute(
        select(targets.c.quarter, targets.c.assigned, *units.c)
        .join(units, units.c.id == targets.c.unit_id)
        .where(targets.c.plan_id == plan_id, in_force)
        .order_by(units.c.block == 0, units.c.block, units.c.position, units.c.id, targets.c.quarter)
    ).mappings()
    quarters: dict[Unit, list[int]] = {}
    for row in found:
        figures = quarters.setdefault(unit_from(row), [0, 0, 0, 0])
        figures[row["quarter"].number - 1] = row["assigned"]
    return tuple(
        UnitTargets(unit=unit, quarters=(first, second, third, fourth))
        for unit, (first, second, third, fourth) in quarters.items()
    )


def _compared(session: Session, plan: Plan, rows: Sequence[PlanRow], reason: str | None) -> PlanImport:
    """What an import would come to; units that are not on the books yet have negative ids."""
    known = grassroots_of_year(session, plan.year)
    taken = {*codes_taken(session), shipped_district().code}
    found = units_of_rows(rows, known, shipped_units(), taken)
    named_twice = units_named_twice(rows, [*found, *known])
    assigned = replace(
        plan,
        targets=tuple(
            UnitTargets(unit=unit, quarters=row.quarters) for unit, row in zip(found, rows, strict=True)
        ),
    )
    if named_twice:
        return PlanImport(outcome=ImportOutcome.REFUSED, plan=assigned, faults=named_twice)
    old = plan_of(session, plan.year)
    new_units = tuple(unit for unit in found if unit.id < 0)
    if old is None:
        return PlanImport(outcome=ImportOutcome.IMPORTED, plan=assigned, new_units=new_units)
    changes = plan_changes(old, assigned)
    if not changes:
        return PlanImport(outcome=ImportOutcome.UNCHANGED, plan=assigned)
    outcome = ImportOutcome.DIFFERS if reason is None else ImportOutcome.AMENDED
    return PlanImport(outcome=outcome, plan=assigned, new_units=new_units, changes=changes)


def _with_new_units(session: Session, outcome: PlanImport, at: datetime) -> PlanImport:
    """The outcome with its new units on the books, under their own ids."""
    district = district_unit(session)
    entered = {unit.id: enter_unit(session, unit, district, at) for unit in outcome.new_units}
    return replace(
        outcome,
        plan=replace(
            outcome.plan,
            targets=tuple(
                replace(target, unit=entered.get(target.unit.id, target.unit))
                for target in outcome.plan.targets
            ),
        ),
        new_units=tuple(entered.values()),
        changes=tuple(
            replace(change, unit=entered[change.unit.id]) if isinstance(change, UnitAdded) else change
            for change in outcome.changes
        ),
    )


def _write_first(session: Session, plan: Plan, at: datetime, by: PersonId | None) -> None:
    plan_id = session.execute(
        insert(plans).values(imported_at=at, **_terms(plan)).returning(plans.c.id)
    ).scalar_one()
    # A plan is for its whole year, whenever somebody came to import it. The day before: in Viet Nam the
    # year is some hours old when it begins in UTC.
    from_at = datetime(plan.year - 1, 12, 31, tzinfo=UTC)
    session.execute(
        insert(targets),
        [
            {
                "plan_id": plan_id,
                "unit_id": target.unit.id,
                "quarter": Quarter(plan.year, number),
                "assigned": assigned,
                "from_at": from_at,
                "by_person_id": by,
            }
            for target in plan.targets
            for number, assigned in enumerate(target.quarters, start=1)
        ],
    )
    details: dict[str, object] = {"pledged": plan.pledged, "assigned": plan.assigned}
    note(session, "import plan", at=at, person=by, subject=plan.number, details=details)


def _write_amendments(
    session: Session, outcome: PlanImport, at: datetime, by: PersonId | None, reason: str | None
) -> None:
    plan = outcome.plan
    this_year = plans.c.year == plan.year
    _keep_terms(session, this_year, at)
    plan_id = session.execute(
        update(plans).where(this_year).values(**_terms(plan)).returning(plans.c.id)
    ).scalar_one()
    for change in outcome.changes:
        for target in change.targets:
            _write_amendment(session, plan_id, target, at=at, by=by, reason=reason)
    details: dict[str, object] = {
        "reason": reason,
        "changes": [change.sentence for change in outcome.changes],
    }
    note(session, "amend plan", at=at, person=by, subject=plan.number, details=details)


def _keep_terms(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    """Keep what a plan has laid down until now: a roll-up of an earlier day needs it."""
    names = [column.name for column in former_plans.c if column.name not in ("id", "plan_id", "until_at")]
    until = literal(at, former_plans.c.until_at.type)
    before = select(plans.c.id, until, *(plans.c[name] for name in names)).where(which)
    session.execute(insert(former_plans).from_select(["plan_id", "until_at", *names], before))


def _write_amendment(
    session: Session,
    plan_id: int,
    change: TargetChange,
    *,
    at: datetime,
    by: PersonId | None,
    reason: str | None,
) -> None:
    this_target = (targets.c.unit_id == change.unit.id) & (targets.c.quarter == change.quarter)
    session.execute(update(targets).where(this_target, targets.c.until_at.is_(None)).values(until_at=at))
    session.execute(
        insert(targets).values(
            plan_id=plan_id,
            unit_id=change.unit.id,
            quarter=change.quarter,
            assigned=change.after,
            from_at=at,
            reason=reason,
            by_person_id=by,
        )
    )


def _terms(plan: Plan) -> dict[str, object]:
    return {
        "year": plan.year,
        "number": plan.number,
        "signed_on": plan.signed_on,
        "pledged": plan.pledged,
        "heads_rate": plan.heads_rate,
        "grace_days": plan.grace_days,
    }
