"""Whether candidates work for private firms, as their units have put it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from domain.candidate import CandidateId
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import employments

_OF = select(employments.c.candidate_id, employments.c.private_firm).where(
    employments.c.candidate_id.in_(bindparam("candidates", expanding=True)), employments.c.until_at.is_(None)
)
_BY_ID = select(employments.c.private_firm).where(employments.c.id == bindparam("row"))
_RECORD = insert(employments).returning(employments.c.id)
_END = (
    update(employments)
    .where(employments.c.candidate_id == bindparam("candidate"), employments.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(employments.c.id)
)


def employed(session: Session, candidates: Collection[CandidateId]) -> dict[CandidateId, bool]:
    """What was told of these candidates, where something was."""
    if not candidates:
        return {}
    rows = session.execute(_OF, {"candidates": sorted(candidates)})
    return {CandidateId(row.candidate_id): row.private_firm for row in rows}


def told(session: Session, row: int) -> bool:
    """What a row of the books says."""
    is_so: bool = session.execute(_BY_ID, {"row": row}).scalar_one()
    return is_so


def record(session: Session, candidate: CandidateId, private_firm: bool, origin: Origin) -> int:
    """Write down what was told, and answer the row's id; none of the candidate may be in force."""
    row = {
        "candidate_id": candidate,
        "private_firm": private_firm,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    entry: int = session.execute(_RECORD, row).scalar_one()
    return entry


def end(session: Session, candidate: CandidateId, at: datetime) -> int | None:
    """End what was told of a candidate; answers the row, None where there was none."""
    return session.execute(_END, {"candidate": candidate, "at": at}).scalar()
