"""What the dashboard shows: the quarter of all units, one of them, and where a number came from, as somebody may see it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from bot.channels.web.channel import NAME
from domain.at_risk import AtRisk
from domain.errors import NoPlan
from domain.office import NamesShown, Office
from domain.organisation import Unit
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may, overseen
from domain.progress import FilingState, RollUp, UnitProgress
from messages.names import name_shown
from messages.rollup_words import groups_of
from messages.status_words import risk_words
from storage.queries.admissions import reported
from storage.queries.periods import periods_of
from storage.queries.rollup import risks, roll_up
from storage.session import Session

ORDER: Final = (
    FilingState.SILENT,
    FilingState.DRAFT,
    FilingState.NIL,
    FilingState.FILED,
    FilingState.NOT_DUE,
)
"""The states in the order in which an officer looks at them."""


class NotShown(Exception):
    """There is no such unit or quarter on this person's dashboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks, when, and as what: an overseer sees the units of the own cluster alone, and initials for names."""

    person: Person
    now: datetime
    office: Office

    @property
    def today(self) -> date:
        return self.office.day_of(self.now)

    @property
    def is_cluster(self) -> bool:
        """Whether only some units are theirs."""
        return overseen(self.person) is not None

    @property
    def may_export(self) -> bool:
        return may(self.person, Action.EXPORT)

    @property
    def names(self) -> NamesShown:
        """In full to the district alone."""
        shown = self.office.names_on(NAME)
        return NamesShown.INITIALS if shown is NamesShown.FULL and self.is_cluster else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """The quarter at a glance: the roll-up, the quarters one can turn to, and the one being reported now."""

    all: RollUp
    quarters: tuple[Quarter, ...]
    reported: Quarter

    @property
    def states(self) -> tuple[tuple[FilingState, int], ...]:
        """How many units are in each state that there is."""
        filings = self.all.filings
        return tuple((state, filings[state]) for state in ORDER if filings[state])

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """The groups that those admitted belong to."""
        return tuple((words, number) for words, _, number in groups_of(self.all.breakdown))

    @property
    def warnings(self) -> tuple[tuple[Unit, str], ...]:
        """The units that will miss the quarter, with the arithmetic."""
        return tuple((risk.unit, risk_words(risk)) for risk in self.all.at_risk)

    def blocks(self, state: FilingState | None) -> Iterator[tuple[int, Sequence[UnitProgress]]]:
        """The rows under the annex's headings; those in one state where it is given."""
        rows = self.all.units if state is None else self.all.in_state(state)
        for block, of_block in groupby(rows, lambda row: row.unit.block):
            yield block, tuple(of_block)

    @property
    def mark(self) -> str:
        """Another one when anything that is shown has changed; the moment alone changes nothing."""
        shown = repr((replace(self.all, as_of=datetime.min), self.quarters, self.reported))  # noqa: DTZ901
        return hashlib.blake2b(shown.encode(), digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Somebody whom a unit admitted: the code that opens where it came from, the name as it may be shown, the date."""

    code: str
    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDashboard:
    """One unit's quarter: its row, whom it admitted, and whether it will miss the quarter."""

    row: UnitProgress
    admitted: tuple[Admitted, ...]
    outlook: str


def dashboard_of(session: Session, viewer: Viewer, quarter: Quarter | None) -> Dashboard:
    """The dashboard of a quarter, or of the one that is being reported; raises NotShown."""
    periods = periods_of(session)
    now = periods.reported_on(viewer.today)
    quarters = tuple(Quarter(year, n) for year in sorted(periods.grace_days) for n in range(1, 5))
    shown = now if quarter is None else quarter
    try:
        found = roll_up(session, shown, viewer.now, viewer.office, overseen(viewer.person))
    except NoPlan:
        raise NotShown from None
    return Dashboard(all=found, quarters=quarters, reported=now)


def unit_dashboard_of(session: Session, viewer: Viewer, quarter: Quarter, code: str) -> UnitDashboard:
    """One unit of a dashboard; raises NotShown where it is not on this person's."""
    dashboard = dashboard_of(session, viewer, quarter)
    row = next((each for each in dashboard.all.units if each.unit.code == code), None)
    if row is None:
        raise NotShown
    return UnitDashboard(
        row=row,
        admitted=_admitted(session, viewer, row),
        outlook=_outlook(risks(session, quarter, viewer.now, viewer.office, {row.unit.id})),
    )


def _admitted(session: Session, viewer: Viewer, row: UnitProgress) -> tuple[Admitted, ...]:
    quarter = row.quarter
    found = reported(session, [row.unit.id], quarter.first_day, quarter.last_day, viewer.office.count_by)
    return tuple(
        Admitted(code=one.code, name=name_shown(one.name, viewer.names, one.code), on=one.counted_on)
        for one in found
    )


def _outlook(found: Sequence[AtRisk]) -> str:
    return risk_words(found[0]) if found else ""
