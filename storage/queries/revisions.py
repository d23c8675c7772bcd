"""Revisions: an admission as it is now, corrected and withdrawn by a further revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, and_, bindparam, insert, or_, select, update

from domain.amendment import Figures
from domain.candidate import CandidateId, Step
from domain.office import CountBy
from domain.organisation import UnitId
from domain.people import PersonId
from storage.queries import candidates
from storage.queries.admissions import Origin, receipt_code
from storage.session import Session
from storage.tables import admissions, candidate_steps, revisions, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reported admission with the figures of its current revision.

    `person` reported it at `reported_at`, by the message `inbox_id`.
    """

    admission: int
    revision: int
    code: str
    unit: UnitId
    cell: UnitId | None
    candidate: CandidateId | None
    figures: Figures
    withdrawn: bool
    person: PersonId | None
    inbox_id: int | None
    reported_at: datetime

    @property
    def name(self) -> str:
        return self.figures.name

    @property
    def birth_year(self) -> int | None:
        return self.figures.birth_year

    def counted_on(self, count_by: CountBy) -> date:
        """The day that puts it into a quarter."""
        return self.figures.counted_on(count_by)


_FIRST = revisions.alias("first")
_REPORT = (
    select(
        revisions,
        units.c.code,
        admissions.c.year,
        admissions.c.serial,
        admissions.c.cell_id,
        admissions.c.candidate_id,
        admissions.c.reported_at,
        _FIRST.c.by_person_id.label("reporter"),
        _FIRST.c.inbox_id.label("reported_by"),
    )
    .join(admissions, admissions.c.id == revisions.c.admission_id)
    .join(units, units.c.id == admissions.c.unit_id)
    .join(_FIRST, and_(_FIRST.c.admission_id == admissions.c.id, _FIRST.c.number == 1))
    .where(revisions.c.until_at.is_(None))
)
_BY_ID = _REPORT.where(admissions.c.id == bindparam("admission"))


def report_of(session: Session, admission: int) -> Report:
    """An admission as it stands now, withdrawn or not."""
    return _report(session.execute(_BY_ID, {"admission": admission}).mappings().one())


_OF_UNITS = _REPORT.where(
    or_(
        revisions.c.unit_id.in_(bindparam("units", expanding=True)),
        admissions.c.cell_id.in_(bindparam("units", expanding=True)),
    ),
    or_(revisions.c.ceremony_on >= bindparam("since"), revisions.c.decision_on >= bindparam("since")),
).order_by(admissions.c.id.desc())


def reports_of(session: Session, unit_ids: Sequence[UnitId], since: date) -> tuple[Report, ...]:
    """What some units, grassroots organisations or cells, reported with a day since then, the latest report first.

    Those that were withdrawn are among them.
    """
    asked = {"units": unit_ids, "since": since}
    return tuple(_report(row) for row in session.execute(_OF_UNITS, asked).mappings())


def _report(row: RowMapping) -> Report:
    return Report(
        admission=row["admission_id"],
        revision=row["id"],
        code=receipt_code(row["code"], row["year"], row["serial"]),
        unit=UnitId(row["unit_id"]),
        cell=None if row["cell_id"] is None else UnitId(row["cell_id"]),
        candidate=None if row["candidate_id"] is None else CandidateId(row["candidate_id"]),
        figures=figures_from(row),
        withdrawn=row["withdrawn"],
        person=None if row["reporter"] is None else PersonId(row["reporter"]),
        inbox_id=row["reported_by"],
        reported_at=row["reported_at"],
    )


def figures_from(row: RowMapping) -> Figures:
    """The figures that a revision's row holds."""
    return Figures(**{each.name: row[each.name] for each in fields(Figures)})


_REVISION = select(revisions).where(revisions.c.id == bindparam("revision"))


def figures_of(session: Session, revision: int) -> Figures:
    """The figures of any revision, current or not."""
    return figures_from(session.execute(_REVISION, {"revision": revision}).mappings().one())


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
        "late_because": origin.late_because,
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


def link_candidate(
    session: Session, admission: int, candidate: CandidateId, on: date, origin: Origin
) -> None:
    """Link an admission to a candidate who has none: the inverse of `free_candidate`."""
    session.execute(_LINK, {"admission": admission, "linked": candidate})
    candidates.admitted(session, candidate, on, origin)


def move_ceremony(session: Session, candidate: CandidateId, on: date, origin: Origin) -> None:
    """Put another day on the step that ended a candidacy well."""
    session.execute(_END_STEP, {"candidate": candidate, "at": origin.at})
    candidates.admitted(session, candidate, on, origin)


_SINCE = _REPORT.where(
    revisions.c.unit_id == bindparam("unit"),
    revisions.c.folded == bindparam("folded"),
    revisions.c.withdrawn.is_(False),
    _FIRST.c.id > bindparam("since"),
)


def reported_since(session: Session, unit: UnitId, folded: str, since: int) -> tuple[Report, ...]:
    """The reports of a unit, of somebody of this very name, that came onto the books after a revision."""
    asked = {"unit": unit, "folded": folded, "since": since}
    return tuple(_report(row) for row in session.execute(_SINCE, asked).mappings())
