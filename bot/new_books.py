"""Books for a new installation: the tables, and the plan that ships with the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.session import Engine, unit_of_work


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What was done: the plan that was imported, if one was, and with how many units."""

    plan: str | None = None
    units: int = 0


def create(engine: Engine, at: datetime, *, with_plan: bool) -> Created:
    """Create or upgrade the tables and, where the books hold no plan, import the shipped one of 2022."""
    from storage.queries.plans import plan_years
    from storage.queries.unit_entry import district_unit
    from storage.schema import upgrade

    upgrade(engine)
    with unit_of_work(engine)() as session:
        district_unit(session)
        wanted = with_plan and not plan_years(session)
    return _import_shipped(engine, at) if wanted else Created()


def _import_shipped(engine: Engine, at: datetime) -> Created:
    from bot.plan_import import import_shipped_plan

    with unit_of_work(engine)() as session:
        imported = import_shipped_plan(session, at)
    return Created(plan=imported.plan.number, units=len(imported.plan.targets))
