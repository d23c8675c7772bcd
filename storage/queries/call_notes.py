"""What was written down of calls to units; the last of each unit is what counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Row, bindparam, insert, select, update

from domain.call_sheet import CallNote, CallNoteId, CallResult
from domain.organisation import UnitId
from domain.people import PersonId
from domain.period import Quarter
from storage.queries.admissions import Origin
from storage.session import Session
from storage.tables import call_notes

_ALL = (
    select(call_notes)
    .where(call_notes.c.quarter == bindparam("of"), call_notes.c.until_at.is_(None))
    .order_by(call_notes.c.id)
)
_END = (
    update(call_notes)
    .where(call_notes.c.id == bindparam("note"), call_notes.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
    .returning(call_notes.c.id)
)


def last_notes(session: Session, quarter: Quarter) -> Mapping[UnitId, CallNote]:
    """The last note of each unit that was called about a quarter."""
    found = (_note(row) for row in session.execute(_ALL, {"of": quarter}))
    return {note.unit: note for note in found}


def _note(row: Row[tuple[object, ...]]) -> CallNote:
    return CallNote(
        id=CallNoteId(row.id),
        unit=UnitId(row.unit_id),
        quarter=row.quarter,
        result=CallResult(row.result),
        at=row.from_at,
        day=row.promised_on,
        words=row.text,
        by=None if row.by_person_id is None else PersonId(row.by_person_id),
    )


def write(
    session: Session,
    unit: UnitId,
    quarter: Quarter,
    result: CallResult,
    day: date | None,
    words: str,
    origin: Origin,
) -> CallNoteId:
    """Write down what came of a call, at the moment when it was said, and answer the note's id."""
    row = {
        "unit_id": unit,
        "quarter": quarter,
        "result": result.value,
        "promised_on": day,
        "text": words,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    return CallNoteId(session.execute(insert(call_notes).values(row).returning(call_notes.c.id)).scalar_one())


def end(session: Session, note: CallNoteId, at: datetime) -> bool:
    """End a note; says whether it was in force."""
    return session.execute(_END, {"note": note, "at": at}).first() is not None
