"""Batches of decisions: those of a unit who were decided on one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, exists, func, select

from domain.batch import Batch
from domain.candidate import Step
from domain.candidate_limits import working_days_between
from domain.organisation import UnitId, UnitKind
from storage.queries.admissions import in_force
from storage.queries.units import units_of
from storage.session import Session
from storage.tables import admissions, candidate_closings, candidate_steps, candidates, revisions, units

_DECIDED = candidate_steps.alias("decided")
_ON = func.coalesce(revisions.c.decision_on, _DECIDED.c.taken_on, revisions.c.ceremony_on)
_ADMITTED = (
    select(
        revisions.c.unit_id,
        _ON.label("decided_on"),
        revisions.c.ceremony_on,
        admissions.c.candidate_id,
        admissions.c.reported_at,
    )
    .join(admissions, admissions.c.id == revisions.c.admission_id)
    .outerjoin(
        _DECIDED,
        and_(
            _DECIDED.c.candidate_id == admissions.c.candidate_id,
            _DECIDED.c.step == Step.DECIDED.value,
            _DECIDED.c.until_at.is_(None),
        ),
    )
    .where(in_force(), revisions.c.withdrawn.is_(False), _ON.between(bindparam("first"), bindparam("last")))
)
_COUNTED = case(
    (units.c.kind == UnitKind.CELL.value, func.coalesce(units.c.parent_id, units.c.id)), else_=units.c.id
)
_WAITING = (
    select(
        _COUNTED.label("unit_id"),
        _DECIDED.c.taken_on.label("decided_on"),
        candidates.c.id.label("candidate_id"),
        _DECIDED.c.from_at.label("reported_at"),
    )
    .join(candidates, candidates.c.id == _DECIDED.c.candidate_id)
    .join(units, units.c.id == candidates.c.unit_id)
    .where(_DECIDED.c.step == Step.DECIDED.value, _DECIDED.c.until_at.is_(None))
    .where(_DECIDED.c.taken_on.between(bindparam("first"), bindparam("last")))
    .where(
        ~exists().where(
            candidate_closings.c.candidate_id == candidates.c.id, candidate_closings.c.until_at.is_(None)
        ),
        ~exists().where(
            admissions.c.candidate_id == candidates.c.id,
            revisions.c.admission_id == admissions.c.id,
            revisions.c.until_at.is_(None),
            revisions.c.withdrawn.is_(False),
        ),
    )
)
_RESOLVED = select(candidate_steps.c.candidate_id, candidate_steps.c.taken_on).where(
    candidate_steps.c.candidate_id.in_(bindparam("candidates", expanding=True)),
    candidate_steps.c.step == Step.CELL_RESOLVED.value,
    candidate_steps.c.until_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class _One:
    """Somebody of a batch."""

    unit: UnitId
    on: date
    ceremony: date | None
    candidate: int | None
    told_at: datetime


def batches(
    session: Session, first: date, last: date, among: Collection[UnitId] | None = None
) -> tuple[Batch, ...]:
    """The batches whose day lies between two days, of all organisations or of these, oldest first.

    Whose decision has no day counts with the ceremony.
    """
    people = [one for one in _people(session, first, last) if among is None or one.unit in among]
    if not people:
        return ()
    found: dict[tuple[date, UnitId], list[_One]] = {}
    for one in people:
        found.setdefault((one.on, one.unit), []).append(one)
    resolved = _resolved(session, people)
    known = units_of(session, {one.unit for one in people})
    return tuple(
        Batch(
            unit=known[unit],
            day=day,
            people=len(ones),
            held=sum(one.ceremony is not None and one.ceremony <= last for one in ones),
            to_decision=_most((resolved.get(one.candidate), day) for one in ones),
            to_ceremony=_most((day, one.ceremony) for one in ones),
            told_at=max(one.told_at for one in ones),
        )
        for (day, unit), ones in sorted(found.items(), key=lambda each: each[0])
    )


def _people(session: Session, first: date, last: date) -> Iterator[_One]:
    asked = {"first": first, "last": last}
    for row in session.execute(_ADMITTED, asked):
        yield _One(UnitId(row.unit_id), row.decided_on, row.ceremony_on, row.candidate_id, row.reported_at)
    for waits in session.execute(_WAITING, asked):
        yield _One(UnitId(waits.unit_id), waits.decided_on, None, waits.candidate_id, waits.reported_at)


def _resolved(session: Session, people: Sequence[_One]) -> Mapping[int | None, date]:
    """On which day the cell resolved about each, where that was told."""
    ids = sorted({one.candidate for one in people if one.candidate is not None})
    if not ids:
        return {}
    return {row.candidate_id: row.taken_on for row in session.execute(_RESOLVED, {"candidates": ids})}


def _most(spans: Iterator[tuple[date | None, date | None]]) -> int | None:
    days = [working_days_between(first, last) for first, last in spans if first and last and first < last]
    return max(days, default=None)
