"""Revisions: an admission as it is now, corrected and withdrawn by a further revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import RowMapping, bindparam, insert, select, update

from domain.candidate import CandidateId, Step
from domain.office import CountBy
from domain.organisation import UnitId
from domain.people import PersonId
from storage.queries.admissions import Origin, receipt_code
from storage.session import Session
from storage.tables import admissions, candidate_steps, revisions, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reported admission with the figures of its current revision, whose number in order is `number`."""

    admission: int
    revision: int
    number: int
    code: str
    unit: UnitId
    cell: UnitId | None
    candidate: CandidateId | None
    name: str
    folded: str
    gender: str | None
    birth_year: int | None
    birth_date: date | None
    ceremony_on: date | None
    decision_on: date | None
    decision_no: str | None
    withdrawn: bool
    person: PersonId | None
    recorded_at: datetime

    def counted_on(self, count_by: CountBy) -> date:
        """The day that puts it into a quarter."""
        ceremony_first = count_by is CountBy.CEREMONY
        first, second = (self.ceremony_on, self.decision_on)[:: 1 if ceremony_first else -1]
        return cast(date, first or second)  # the books hold none without either


_REPORT = (
    select(
        revisions,
        units.c.code,
        admissions.c.year,
        admissions.c.serial,
        admissions.c.cell_id,
        admissions.c.candidate_id,
    )
    .join(admissions, admissions.c.id == revisions.c.admission_id)
    .join(units, units.c.id == admissions.c.unit_id)
    .where(revisions.c.until_at.is_(None))
)
_BY_ID = _REPORT.where(admissions.c.id == bindparam("admission"))


def report_of(session: Session, admission: int) -> Report:
    """An admission as it stands now, withdrawn or not."""
    return report_from(session.execute(_BY_ID, {"admission": admission}).mappings().one())


def report_from(row: RowMapping) -> Report:
    """A report from a row that joins an admission, its current revision and its unit's code."""
    return Report(
        admission=row["admission_id"],
        revision=row["id"],
        number=row["number"],
        code=receipt_code(row["code"], row["year"], row["serial"]),
        unit=UnitId(row["unit_id"]),
        cell=None if row["cell_id"] is None else UnitId(row["cell_id"]),
        candidate=None if row["candidate_id"] is None else CandidateId(row["candidate_id"]),
        name=row["name"],
        folded=row["folded"],
        gender=row["gender"],
        birth_year=row["birth_year"],
        birth_date=row["birth_date"],
        ceremony_on=row["ceremony_on"],
        decision_on=row["decision_on"],
        decision_no=row["decision_no"],
        withdrawn=row["withdrawn"],
        person=None if row["by_person_id"] is None else PersonId(row["by_person_id"]),
        recorded_at=row["from_at"],
    )


_CURRENT = select(revisions).where(
    revisions.c.admission_id == bindparam("admission"), revisions.c.until_at.is_(None)
)
_END = update(revisions).where(revisions.c.id == bindparam("revision")).values(until_at=bindparam("at"))
_REVISE = insert(revisions).returning(revisions.c.id)


def revise(
    session: Session, admission: int, changes: Mapping[str, object], reason: str, origin: Origin
) -> int:
    """Put a further revision in the place of the current one, the same but for `changes`; answers its id."""
    before: dict[str, Any] = dict(session.execute(_CURRENT, {"admission": admission}).mappings().one())
    session.execute(_END, {"revision": before.pop("id"), "at": origin.at})
    made = {
        **before,
        **changes,
        "number": before["number"] + 1,
        "reason": reason,
        "from_at": origin.at,
        "until_at": None,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    revision: int = session.execute(_REVISE, made).scalar_one()
    return revision


_LINKED = select(admissions.c.candidate_id).where(admissions.c.id == bindparam("admission"))
_LINK = (
    update(admissions)
    .where(admissions.c.id == bindparam("admission"))
    .values(candidate_id=bindparam("linked"))
)
_END_STEP = (
    update(candidate_steps)
    .where(
        candidate_steps.c.candidate_id == bindparam("candidate"),
        candidate_steps.c.step == Step.ADMITTED.value,
        candidate_steps.c.until_at.is_(None),
    )
    .values(until_at=bindparam("at"))
)


def free_candidate(session: Session, admission: int, at: datetime) -> CandidateId | None:
    """Let the candidate of an admission be one again, so that a later report can be linked; answers whose it was.

    The link is no figure and has no revisions: that it was there is told by the step that ends, and by the log.
    """
    linked = session.execute(_LINKED, {"admission": admission}).scalar()
    if linked is None:
        return None
    session.execute(_END_STEP, {"candidate": linked, "at": at})
    session.execute(_LINK, {"admission": admission, "linked": None})
    return CandidateId(linked)
