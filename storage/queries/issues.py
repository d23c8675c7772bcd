"""Obstacles that units told the district of, and what it answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, exists, func, insert, or_, select, update

from domain.matters import Issue, IssueAnswer, IssueId
from domain.organisation import UnitId
from domain.people import PersonId
from storage.queries.admissions import Origin
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import issue_answers, issues, units

_UNIT = tuple(column.name for column in units.c)
_ISSUES: Select[tuple[object, ...]] = select(
    issues.c.id.label("issue_id"),
    issues.c.text.label("issue_text"),
    issues.c.from_at.label("issue_at"),
    issues.c.until_at.label("issue_until"),
    issues.c.by_person_id.label("issue_by"),
    *units.c,
).join(units, units.c.id == issues.c.unit_id)
_ANSWERED = exists().where(issue_answers.c.issue_id == issues.c.id, issue_answers.c.until_at.is_(None))
_BY_ID = _ISSUES.where(issues.c.id == bindparam("issue"))
_OPEN = _ISSUES.where(issues.c.until_at.is_(None), ~_ANSWERED).order_by(issues.c.id)
_OF_UNITS = (
    _ISSUES.where(issues.c.unit_id.in_(bindparam("units", expanding=True)), issues.c.until_at.is_(None))
    .order_by(_ANSWERED, issues.c.id.desc())
    .limit(bindparam("most"))
)
_ANSWERS = (
    select(issue_answers.c.id, issue_answers.c.issue_id, issue_answers.c.text, issue_answers.c.from_at)
    .where(
        issue_answers.c.issue_id.in_(bindparam("issues", expanding=True)), issue_answers.c.until_at.is_(None)
    )
    .order_by(issue_answers.c.id)
)
_OPEN_COUNT = (
    select(func.count())
    .select_from(issues)
    .where(
        issues.c.from_at <= bindparam("at"),
        or_(issues.c.until_at.is_(None), issues.c.until_at > bindparam("at")),
        ~exists().where(
            and_(
                issue_answers.c.issue_id == issues.c.id,
                issue_answers.c.from_at <= bindparam("at"),
                or_(issue_answers.c.until_at.is_(None), issue_answers.c.until_at > bindparam("at")),
            )
        ),
    )
)
_AMONG: BindParameter[int] = bindparam("among", expanding=True)
_OF_THEM = issues.c.unit_id.in_(
    select(units.c.id).where(or_(units.c.id.in_(_AMONG), units.c.parent_id.in_(_AMONG))).correlate(None)
)
_OPEN_COUNT_OF = _OPEN_COUNT.where(_OF_THEM)
_OPEN_OF = _OPEN.where(_OF_THEM)
_WITHDRAW = (
    update(issues)
    .where(issues.c.id == bindparam("issue"), issues.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(issues.c.id)
)
_TAKE_BACK = (
    update(issue_answers)
    .where(issue_answers.c.id == bindparam("answer"), issue_answers.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(issue_answers.c.id)
)


def issue_by_id(session: Session, issue: IssueId) -> Issue | None:
    """The issue with this id, also a withdrawn one; None when there is none."""
    found = _with_answers(session, session.execute(_BY_ID, {"issue": issue}).all())
    return found[0] if found else None


def open_issues(session: Session) -> tuple[Issue, ...]:
    """The issues that wait for an answer, oldest first."""
    return _with_answers(session, session.execute(_OPEN).all())


def open_issues_of(session: Session, among: Collection[UnitId]) -> tuple[Issue, ...]:
    """The issues of some organisations and their cells that wait for an answer, oldest first."""
    return _with_answers(session, session.execute(_OPEN_OF, {"among": sorted(among)}).all())


def issues_of(session: Session, of: Collection[UnitId], most: int) -> tuple[Issue, ...]:
    """What some units have raised and not withdrawn, the open ones first, each part newest first."""
    return _with_answers(session, session.execute(_OF_UNITS, {"units": list(of), "most": most}).all())


def _with_answers(session: Session, rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Issue, ...]:
    answers: dict[int, list[IssueAnswer]] = {row.issue_id: [] for row in rows}
    for row in session.execute(_ANSWERS, {"issues": list(answers)}) if answers else ():
        answers[row.issue_id].append(IssueAnswer(id=row.id, text=row.text, at=row.from_at))
    return tuple(
        Issue(
            id=IssueId(row.issue_id),
            unit=unit_from({name: getattr(row, name) for name in _UNIT}),
            text=row.issue_text,
            at=row.issue_at,
            by=None if row.issue_by is None else PersonId(row.issue_by),
            withdrawn=row.issue_until is not None,
            answers=tuple(answers[row.issue_id]),
        )
        for row in rows
    )


def raise_issue(session: Session, unit: UnitId, text: str, origin: Origin) -> IssueId:
    """Write down an obstacle and answer its id."""
    row = {"unit_id": unit, "text": text, **_by(origin)}
    return IssueId(session.execute(insert(issues).values(row).returning(issues.c.id)).scalar_one())


def answer(session: Session, issue: IssueId, text: str, origin: Origin) -> int:
    """Write down an answer, beside those there are, and answer the row's id."""
    row = {"issue_id": issue, "text": text, **_by(origin)}
    made = insert(issue_answers).values(row).returning(issue_answers.c.id)
    return int(session.execute(made).scalar_one())


def _by(origin: Origin) -> dict[str, object]:
    return {"from_at": origin.at, "by_person_id": origin.person, "inbox_id": origin.inbox_id}


def withdraw(session: Session, issue: IssueId, at: datetime) -> bool:
    """End an issue; says whether it was in force."""
    return session.execute(_WITHDRAW, {"issue": issue, "at": at}).first() is not None


def take_back(session: Session, answer_id: int, at: datetime) -> bool:
    """End an answer; says whether it was in force."""
    return session.execute(_TAKE_BACK, {"answer": answer_id, "at": at}).first() is not None


def open_count(session: Session, at: datetime, among: Collection[UnitId] | None = None) -> int:
    """How many issues waited for an answer as the books stood at a moment; of all, or of these with their cells."""
    if among is None:
        return int(session.execute(_OPEN_COUNT, {"at": at}).scalar_one())
    return int(session.execute(_OPEN_COUNT_OF, {"at": at, "among": sorted(among)}).scalar_one())
