"""The pipeline: who is on the way to admission in all units at once, as the books stood at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, bindparam, exists, or_, select

from domain.candidate import Candidate, Step
from storage.queries.candidates import EACH_STEP, candidates_from
from storage.session import Session
from storage.tables import candidate_closings, candidate_steps, candidates

_NEAR: Final = candidate_steps.alias("near")
_ADMITTED: Final = candidate_steps.alias("admitted")


def _held(rows: FromClause) -> ColumnElement[bool]:
    """Whether an entry was in force at the moment asked for."""
    at: BindParameter[datetime] = bindparam("at")
    return and_(rows.c.from_at <= at, or_(rows.c.until_at.is_(None), rows.c.until_at > at))


_PIPELINE = (
    select(*EACH_STEP)
    .join(candidate_steps, and_(candidate_steps.c.candidate_id == candidates.c.id, _held(candidate_steps)))
    .where(
        candidates.c.id.in_(
            select(_NEAR.c.candidate_id).where(
                _NEAR.c.step.in_(bindparam("near", expanding=True)), _held(_NEAR)
            )
        ),
        ~exists().where(
            _ADMITTED.c.candidate_id == candidates.c.id,
            _ADMITTED.c.step == Step.ADMITTED.value,
            _held(_ADMITTED),
        ),
        ~exists().where(
            candidate_closings.c.candidate_id == candidates.c.id,
            _held(candidate_closings),
        ),
    )
    .order_by(candidates.c.id, candidate_steps.c.id)
)


def pipeline(session: Session, at: datetime, near: Collection[Step]) -> list[Candidate]:
    """The open candidates who had taken one of the steps `near`, as the books stood at a moment."""
    asked = {"at": at, "near": [step.value for step in near]}
    return candidates_from(session.execute(_PIPELINE, asked).mappings())
