"""Early warning: who will miss the quarter, by the candidates on the way and the days that are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from domain.at_risk import AtRisk
from domain.candidate import ORDER, Candidate, Step
from domain.candidate_limits import Concern, remarks_on
from domain.office import CountBy
from domain.organisation import UnitId
from domain.period import Quarter
from domain.progress import UnitProgress

WARNS_BEFORE: Final = timedelta(weeks=6)
"""For how long before a quarter's end the roll-up names those who are likely to miss it."""
LEAST_DAYS: Final[Mapping[Step, int]] = {
    Step.LISTED: 150,
    Step.MENTORED: 135,
    Step.TRAINED: 90,
    Step.APPLIED: 75,
    Step.VETTED: 40,
    Step.RECOMMENDED: 30,
    Step.CELL_RESOLVED: 20,
    Step.COMMITTEE_RESOLVED: 14,
    Step.DECIDED: 0,
}
"""By the furthest step so far, the days that it takes at the least until the ceremony has been held.

A table of data, to be set right from what files have taken (docs/decisions/0039).
"""
STOPS: Final = frozenset({Concern.IDLE, Concern.CERTIFICATE_OLD, Concern.TOO_YOUNG})
"""Concerns by which a file has to go back, or to wait: nobody of whom one is true makes it in time."""


def is_warned_of(quarter: Quarter, today: date) -> bool:
    """Whether the roll-up of a quarter names those at risk on a day: in the last weeks, while something can be done."""
    return quarter.last_day - WARNS_BEFORE <= today < quarter.last_day


def near_steps(quarter: Quarter, today: date) -> tuple[Step, ...]:
    """The steps from which the quarter can be reached at all on a day."""
    left = (quarter.last_day - today).days
    return tuple(step for step in ORDER if step in LEAST_DAYS and LEAST_DAYS[step] <= left)


def can_make_it(candidate: Candidate, quarter: Quarter, today: date, count_by: CountBy) -> bool:
    """Whether somebody can still be admitted so that it counts in a quarter, by the day that counts."""
    if candidate.is_admitted or any(remark.concern in STOPS for remark in remarks_on(candidate, today)):
        return False
    decided = candidate.taken(Step.DECIDED)
    if count_by is CountBy.DECISION and decided is not None:
        return decided.on in quarter
    return today + timedelta(days=LEAST_DAYS[candidate.step]) in quarter


def at_risk(
    rows: Iterable[UnitProgress],
    pipeline: Mapping[UnitId, Sequence[Candidate]],
    today: date,
    count_by: CountBy,
) -> tuple[AtRisk, ...]:
    """The units that will miss their quarter, those that will lack most first; none once it is over, or before it.

    `pipeline` are the open candidates of each grassroots organisation, those of its cells among them.
    """
    found = [_risk_of(row, pipeline.get(row.unit.id, ()), today, count_by) for row in rows if row.missing]
    return tuple(sorted((risk for risk in found if risk is not None), key=lambda risk: -risk.short))


def _risk_of(
    row: UnitProgress, candidates: Sequence[Candidate], today: date, count_by: CountBy
) -> AtRisk | None:
    if today not in row.quarter:
        return None
    ready = Counter(each.step for each in candidates if can_make_it(each, row.quarter, today, count_by))
    if ready.total() >= row.missing:
        return None
    furthest_first = sorted(ready.items(), key=lambda pair: -ORDER.index(pair[0]))
    return AtRisk(unit=row.unit, missing=row.missing, ready=tuple(furthest_first))
