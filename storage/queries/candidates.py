"""Candidates, with the step they have reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, exists, insert, select

from domain.candidate import CandidateId, Step
from domain.organisation import UnitId
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import admissions, candidate_closings, candidate_steps, candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A candidate who is still on the way, and the furthest step so far."""

    id: CandidateId
    unit: UnitId
    name: str
    folded: str
    gender: str | None
    birth_year: int | None
    birth_date: date | None
    step: Step | None
    step_on: date | None


_OPEN = (
    select(candidates, candidate_steps.c.step, candidate_steps.c.taken_on)
    .outerjoin(
        candidate_steps,
        and_(candidate_steps.c.candidate_id == candidates.c.id, candidate_steps.c.until_at.is_(None)),
    )
    .where(candidates.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(~exists().where(admissions.c.candidate_id == candidates.c.id))
    .where(
        ~exists().where(
            candidate_closings.c.candidate_id == candidates.c.id, candidate_closings.c.until_at.is_(None)
        )
    )
    .order_by(candidates.c.id)
)


def open_candidates(session: Session, unit_ids: Sequence[UnitId]) -> tuple[Candidate, ...]:
    """The candidates of some units who were neither admitted nor closed, those who are furthest first."""
    rows = session.execute(_OPEN, {"units": unit_ids}).all()
    order = list(Step)
    furthest: dict[int, Candidate] = {}
    for row in rows:
        step = Step(row.step) if row.step else None
        before = furthest.get(row.id)
        if before and before.step and (step is None or order.index(step) < order.index(before.step)):
            continue
        furthest[row.id] = Candidate(
            id=CandidateId(row.id),
            unit=UnitId(row.unit_id),
            name=row.name,
            folded=row.folded,
            gender=row.gender,
            birth_year=row.birth_year,
            birth_date=row.birth_date,
            step=step,
            step_on=row.taken_on,
        )
    return tuple(sorted(furthest.values(), key=lambda c: -order.index(c.step) if c.step else 1))


def list_candidate(session: Session, unit_id: UnitId, name: str, folded: str, at: datetime) -> CandidateId:
    """Put somebody on a unit's list of candidates."""
    made = insert(candidates).values(unit_id=unit_id, name=name, folded=folded, created_at=at)
    return CandidateId(session.execute(made.returning(candidates.c.id)).scalar_one())


def take_step(session: Session, candidate: CandidateId, step: Step, on: date, origin: Origin) -> None:
    """Write down that a candidate has closed a step."""
    session.execute(
        insert(candidate_steps).values(
            candidate_id=candidate,
            step=step.value,
            taken_on=on,
            from_at=origin.at,
            by_person_id=origin.person,
            inbox_id=origin.inbox_id,
        )
    )


def admitted(session: Session, candidate: CandidateId, on: date, origin: Origin) -> None:
    """Write down the step that ends a candidacy well: the ceremony."""
    take_step(session, candidate, Step.ADMITTED, on, origin)
