"""What units have learnt from batches of decisions, as the books stood at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from domain.batch import Lesson
from domain.office import Office
from domain.organisation import UnitId
from domain.period import Quarter
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import lessons

_AS_OF = (
    select(lessons)
    .where(
        lessons.c.from_at <= bindparam("at"),
        or_(lessons.c.until_at.is_(None), lessons.c.until_at > bindparam("at")),
    )
    .order_by(lessons.c.from_at, lessons.c.id)
)
_RECORD = insert(lessons).returning(lessons.c.id)
_END = (
    update(lessons)
    .where(lessons.c.id == bindparam("lesson"), lessons.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(lessons.c.id)
)


def lessons_of(
    session: Session, quarter: Quarter, at: datetime, office: Office, among: Collection[UnitId] | None = None
) -> tuple[Lesson, ...]:
    """The lessons of a quarter's batches as the books stood at a moment, of all units or of these, oldest first."""
    found = (
        Lesson(
            unit=UnitId(row.unit_id),
            batch=row.batch_on,
            told_on=office.day_of(row.from_at),
            text=row.text,
        )
        for row in session.execute(_AS_OF, {"at": at})
        if among is None or row.unit_id in among
    )
    return tuple(each for each in found if Quarter.of(each.day) == quarter)


def record(session: Session, lesson: Lesson, origin: Origin) -> int:
    """Write a lesson down, beside those there are, and answer the row's id."""
    row = {
        "unit_id": lesson.unit,
        "batch_on": lesson.batch,
        "text": lesson.text,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    entry: int = session.execute(_RECORD, row).scalar_one()
    return entry


def end(session: Session, lesson: int, at: datetime) -> bool:
    """End a lesson; says whether it was in force."""
    return session.execute(_END, {"lesson": lesson, "at": at}).first() is not None
