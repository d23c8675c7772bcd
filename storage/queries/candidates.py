"""Candidates: who is on a unit's list, the steps that they have taken, and the ways out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    exists,
    insert,
    not_,
    or_,
    select,
    update,
)

from domain.candidate import ORDER, Candidate, CandidateId, Step, Taken, WayOut, in_order
from domain.organisation import UnitId
from storage.dialect import dialect_of, one_of
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import admissions, candidate_closings, candidate_steps, candidates

_HAS_LEFT = exists().where(
    candidate_closings.c.candidate_id == candidates.c.id, candidate_closings.c.until_at.is_(None)
)


def _has_taken(step: Step) -> ColumnElement[bool]:
    taken = candidate_steps.alias(f"taken_{step.value}")
    return exists().where(
        taken.c.candidate_id == candidates.c.id, taken.c.step == step.value, taken.c.until_at.is_(None)
    )


EACH_STEP: Final = (
    candidates,
    candidate_steps.c.id.label("step_id"),
    candidate_steps.c.step,
    candidate_steps.c.taken_on,
    candidate_steps.c.responsible,
    candidate_steps.c.decision_no,
)
"""What `candidates_from` reads: a row for each step of each candidate."""
_WITH_STEPS = (
    select(*EACH_STEP)
    .join(
        candidate_steps,
        and_(candidate_steps.c.candidate_id == candidates.c.id, candidate_steps.c.until_at.is_(None)),
    )
    .order_by(candidates.c.id, candidate_steps.c.id)
)


@cache
def _of_units(dialect: str, without: Step) -> Select[*tuple[Any, ...]]:
    """Those who have not taken a step yet."""
    own = one_of(dialect, candidates.c.unit_id, "units")
    return _WITH_STEPS.where(own).where(~_HAS_LEFT).where(~_has_taken(without))


_EVERY = _WITH_STEPS.where(~_HAS_LEFT, ~_has_taken(Step.CONFIRMED))
_ONE = _WITH_STEPS.where(candidates.c.id == bindparam("candidate"))


def open_candidates(session: Session, unit_ids: Sequence[UnitId]) -> tuple[Candidate, ...]:
    """The candidates of some units who were neither admitted nor closed, those who are furthest first."""
    return _furthest_first(_found(session, unit_ids, Step.ADMITTED))


def followed(session: Session, unit_ids: Sequence[UnitId]) -> tuple[Candidate, ...]:
    """The candidates of some units, and those admitted from the list who are not confirmed as full members yet.

    Those who are furthest come first.
    """
    return _furthest_first(_found(session, unit_ids, Step.CONFIRMED))


def _found(session: Session, unit_ids: Sequence[UnitId], without: Step) -> Iterable[RowMapping]:
    statement = _of_units(dialect_of(session), without)
    return session.execute(statement, {"units": list(unit_ids)}).mappings()


def every_followed(session: Session) -> Iterator[Candidate]:
    """Everybody who is followed, one after another, whatever the unit."""
    rows = session.execute(_EVERY, execution_options={"yield_per": 500}).mappings()
    for _, steps in groupby(rows, key=lambda row: row["id"]):
        yield _candidate(list(steps))


def _furthest_first(rows: Iterable[RowMapping]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates_from(rows), key=lambda candidate: -ORDER.index(candidate.step)))


def candidates_from(rows: Iterable[RowMapping]) -> list[Candidate]:
    """Candidates from rows of their steps, those of one person beside each other."""
    return [_candidate(list(steps)) for _, steps in groupby(rows, key=lambda row: row["id"])]


def _candidate(rows: Sequence[RowMapping]) -> Candidate:
    first = rows[0]
    return Candidate(
        id=CandidateId(first["id"]),
        unit=UnitId(first["unit_id"]),
        name=first["name"],
        folded=first["folded"],
        gender=first["gender"],
        birth_year=first["birth_year"],
        birth_date=first["birth_date"],
        steps=in_order(_taken(row) for row in rows),
    )


def _taken(row: RowMapping) -> Taken:
    return Taken(
        id=row["step_id"],
        step=Step(row["step"]),
        on=row["taken_on"],
        responsible=row["responsible"],
        decision_no=row["decision_no"],
    )


def candidate_by_id(session: Session, candidate: CandidateId) -> Candidate | None:
    """Somebody with the steps in force, also when they have left; None when no step is in force any more."""
    rows = session.execute(_ONE, {"candidate": candidate}).mappings().all()
    return _candidate(rows) if rows else None


_CLOSED = select(candidate_closings.c.because).where(
    candidate_closings.c.candidate_id == bindparam("candidate"), candidate_closings.c.until_at.is_(None)
)


def closed_because(session: Session, candidate: CandidateId) -> WayOut | None:
    """Why somebody is a candidate no more; None while they are."""
    because = session.execute(_CLOSED, {"candidate": candidate}).scalar()
    return None if because is None else WayOut(because)


def list_candidate(
    session: Session,
    unit_id: UnitId,
    name: str,
    folded: str,
    at: datetime,
    *,
    gender: str | None = None,
    birth_year: int | None = None,
    birth_date: date | None = None,
) -> CandidateId:
    """Put somebody on a unit's list of candidates; they stand on it from the first step on that is written down."""
    made = insert(candidates).values(
        unit_id=unit_id,
        name=name,
        folded=folded,
        gender=gender,
        birth_year=birth_year,
        birth_date=birth_date,
        created_at=at,
    )
    return CandidateId(session.execute(made.returning(candidates.c.id)).scalar_one())


_TAKE = insert(candidate_steps).returning(candidate_steps.c.id)
_END_STEP = (
    update(candidate_steps)
    .where(candidate_steps.c.id == bindparam("step_id"), candidate_steps.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(candidate_steps.c.id)
)


def take_step(
    session: Session,
    candidate: CandidateId,
    step: Step,
    on: date,
    origin: Origin,
    *,
    responsible: str | None = None,
    decision_no: str | None = None,
) -> int:
    """Write down that a candidate has closed a step, and answer the entry's id."""
    row: dict[str, Any] = {
        "candidate_id": candidate,
        "step": step.value,
        "taken_on": on,
        "responsible": responsible,
        "decision_no": decision_no,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    entry: int = session.execute(_TAKE, row).scalar_one()
    return entry


def take_back(session: Session, step_id: int, at: datetime) -> bool:
    """End the entry of a step; says whether it was in force."""
    return session.execute(_END_STEP, {"step_id": step_id, "at": at}).first() is not None


def admitted(session: Session, candidate: CandidateId, on: date, origin: Origin) -> int:
    """Write down the step that ends a candidacy well, the ceremony, and answer the entry's id."""
    return take_step(session, candidate, Step.ADMITTED, on, origin)


_STEP_BY_ID = select(candidate_steps).where(candidate_steps.c.id == bindparam("step_id"))


def take_again(session: Session, step_id: int, origin: Origin) -> int:
    """Write down once more a step whose entry was ended, and answer the new entry's id."""
    row = session.execute(_STEP_BY_ID, {"step_id": step_id}).one()
    return take_step(
        session,
        CandidateId(row.candidate_id),
        Step(row.step),
        row.taken_on,
        origin,
        responsible=row.responsible,
        decision_no=row.decision_no,
    )


_CLOSE = insert(candidate_closings).returning(candidate_closings.c.id)
_END_CLOSING = (
    update(candidate_closings)
    .where(candidate_closings.c.id == bindparam("closing_id"), candidate_closings.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(candidate_closings.c.candidate_id)
)


def close(session: Session, candidate: CandidateId, because: WayOut, on: date, origin: Origin) -> int:
    """Write down why and on which day somebody ceased to be a candidate, and answer the entry's id."""
    row: dict[str, Any] = {
        "candidate_id": candidate,
        "closed_on": on,
        "because": because.value,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    entry: int = session.execute(_CLOSE, row).scalar_one()
    return entry


def open_again(session: Session, closing_id: int, at: datetime) -> CandidateId | None:
    """End the entry of a way out; answers whose candidacy goes on, None when the entry was not in force."""
    candidate = session.execute(_END_CLOSING, {"closing_id": closing_id, "at": at}).scalar()
    return None if candidate is None else CandidateId(candidate)


_HAS_LEFT_BEFORE = candidates.c.id.in_(
    select(candidate_closings.c.candidate_id).where(
        candidate_closings.c.until_at.is_(None),
        candidate_closings.c.closed_on < bindparam("before"),
        candidate_closings.c.from_at < bindparam("written_before"),
    )
)
_STOOD_SINCE = exists().where(
    candidate_steps.c.candidate_id == candidates.c.id,
    or_(candidate_steps.c.until_at.is_(None), candidate_steps.c.until_at >= bindparam("written_before")),
)
_IS_ADMITTED = exists().where(admissions.c.candidate_id == candidates.c.id)
_WAS_TAKEN_OFF_BEFORE = and_(
    candidates.c.created_at < bindparam("written_before"), not_(_STOOD_SINCE), not_(_IS_ADMITTED)
)
_ERASE = (
    update(candidates)
    .where(candidates.c.name != "", or_(_HAS_LEFT_BEFORE, _WAS_TAKEN_OFF_BEFORE))
    .values(name="", folded="", gender=None, birth_year=None, birth_date=None)
    .returning(candidates.c.id, candidates.c.unit_id)
)


def erase_closed(session: Session, before: date) -> tuple[tuple[CandidateId, UnitId], ...]:
    """Forget who those were that left before a day: name, sex and birth; answers whom, with their units.

    So are those who were put on a list only by mistake, and taken off it before that day. A way out that was
    written down later than its day counts from when it was written.
    """
    written_before = datetime.combine(before, time(), UTC)
    rows = session.execute(_ERASE, {"before": before, "written_before": written_before}).all()
    return tuple((CandidateId(row.id), UnitId(row.unit_id)) for row in rows)
