"""Who did or saw what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, exists, func, insert, select, update

from domain.deed import UNDOABLE, Deed
from domain.organisation import UnitId
from domain.people import PersonId
from storage.session import Session
from storage.tables import audit, heartbeats, inbox, outbox

_NOTE = insert(audit).returning(audit.c.id)


def note(
    session: Session,
    act: str,
    *,
    at: datetime,
    person: PersonId | None = None,
    unit: UnitId | None = None,
    inbox_id: int | None = None,
    line_id: int | None = None,
    subject: str | None = None,
    details: dict[str, object] | None = None,
) -> int:
    """Write an entry into the log of who did or saw what, and answer its id; `act` is a verb phrase.

    `line_id` is the message that the conversation began with, where `inbox_id` is only its confirmation.
    """
    row = {
        "at": at,
        "act": act,
        "person_id": person,
        "unit_id": unit,
        "inbox_id": inbox_id,
        "line_id": line_id,
        "subject": subject,
        "details": details,
    }
    entry: int = session.execute(_NOTE, row).scalar_one()
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A deed in the log that can be undone; `details` hold the ids of the rows that it wrote.

    `said_at` is when the message was sent that confirmed it.
    """

    id: int
    deed: Deed
    unit: UnitId
    subject: str
    details: Mapping[str, Any]
    person: PersonId
    said_at: datetime
    inbox_id: int
    undone: bool

    def row(self, of: str) -> int:
        """The id of the row of this name that the deed wrote."""
        found: int = self.details[of]
        return found


MOST_BY_ONE: Final = 100
"""Entries that one message may leave in the log."""
_ENTRIES = (
    select(
        audit.c.id,
        audit.c.act,
        audit.c.unit_id,
        audit.c.subject,
        audit.c.details,
        audit.c.person_id,
        audit.c.undone_by,
        audit.c.inbox_id,
        inbox.c.sent_at,
    )
    .join(inbox, inbox.c.id == audit.c.inbox_id)
    .where(audit.c.act.in_([deed.value for deed in UNDOABLE]), audit.c.unit_id.is_not(None))
)
_LAST = (
    _ENTRIES.where(
        audit.c.person_id == bindparam("person"),
        audit.c.undone_by.is_(None),
        inbox.c.sent_at > bindparam("since"),
    )
    .order_by(audit.c.id.desc())
    .limit(MOST_BY_ONE)
)


def last_undoable(
    session: Session, person: PersonId, since: datetime, about: str | None = None
) -> tuple[Entry, ...]:
    """What the last of somebody's messages that were sent after `since`, and did something that can be undone, did.

    In the order in which it was done; empty when there is nothing, or when all was undone already. By `about` of the
    messages that did something about this subject alone.
    """
    asked = {"person": person, "since": since}
    found = [_entry(row) for row in session.execute(_LAST, asked).mappings() if row["details"]]
    if about is not None:
        found = [entry for entry in found if entry.subject == about]
    of_last = takewhile(lambda entry: entry.inbox_id == found[0].inbox_id, found)
    return tuple(reversed(list(of_last)))


_BY_ID = _ENTRIES.where(audit.c.id.in_(bindparam("ids", expanding=True))).order_by(audit.c.id)


def entries(session: Session, ids: Sequence[int]) -> tuple[Entry, ...]:
    """These entries of the log, in the order in which they were made."""
    return tuple(_entry(row) for row in session.execute(_BY_ID, {"ids": ids}).mappings())


def _entry(row: RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        deed=Deed(row["act"]),
        unit=UnitId(row["unit_id"]),
        subject=row["subject"] or "",
        details=row["details"] or {},
        person=PersonId(row["person_id"]),
        said_at=row["sent_at"],
        inbox_id=row["inbox_id"],
        undone=row["undone_by"] is not None,
    )


_OF_LINES = _ENTRIES.where(
    audit.c.person_id == bindparam("person"),
    audit.c.line_id.in_(bindparam("lines", expanding=True)),
    audit.c.undone_by.is_(None),
).order_by(audit.c.id)


def of_lines(session: Session, person: PersonId, lines: Sequence[int]) -> tuple[Entry, ...]:
    """What somebody did, and did not undo, in the conversations that these messages began."""
    asked = {"person": person, "lines": lines}
    return tuple(_entry(row) for row in session.execute(_OF_LINES, asked).mappings())


_LATER = select(
    exists().where(
        audit.c.unit_id == bindparam("unit"),
        audit.c.subject == bindparam("subject"),
        audit.c.id > bindparam("entry"),
        audit.c.id.not_in(bindparam("except", expanding=True)),
        audit.c.undone_by.is_(None),
        audit.c.act.in_([deed.value for deed in UNDOABLE]),
    )
)


_BEGAN = (
    select(audit.c.line_id)
    .where(audit.c.inbox_id == bindparam("message"), audit.c.subject.contains(bindparam("code")))
    .where(audit.c.line_id.is_not(None))
    .order_by(audit.c.id)
    .limit(1)
)


def about(session: Session, message: int, code: str) -> int | None:
    """The message that began the conversation which another one ended by a deed about this code."""
    return session.execute(_BEGAN, {"message": message, "code": code}).scalar()


def is_built_upon(session: Session, entry: Entry, undone_too: Sequence[int]) -> bool:
    """Whether a later deed that holds is about the same subject of the unit; those `undone_too` do not count."""
    asked = {"unit": entry.unit, "subject": entry.subject, "entry": entry.id, "except": undone_too}
    return bool(session.execute(_LATER, asked).scalar())


_COMINGS: Final = (Deed.LIST_CANDIDATE, Deed.RECORD_ADMISSION, Deed.CORRECT_ADMISSION, Deed.UNDO)
"""The deeds that bring a name onto the books, or bring it back."""
_CAME = select(audit.c.subject).where(
    audit.c.id > bindparam("entry"), audit.c.act.in_([deed.value for deed in _COMINGS])
)


def came_since(session: Session, entry: Entry) -> frozenset[str]:
    """The codes of the candidates and admissions that came onto the books, or came back, after a deed."""
    subjects = session.execute(_CAME, {"entry": entry.id}).scalars()
    return frozenset(code for subject in subjects for code in (subject or "").split(", "))


_UNDONE = (
    update(audit).where(audit.c.id.in_(bindparam("ids", expanding=True))).values(undone_by=bindparam("by"))
)


def mark_undone(session: Session, ids: Sequence[int], by: int) -> None:
    """Note that these entries were undone by the deed of another one."""
    session.execute(_UNDONE, {"ids": ids, "by": by})


def last_at(session: Session) -> datetime | None:
    """The latest moment that the books know of, on whatever clock they were kept; None when they are empty."""
    moments = session.execute(
        select(
            select(func.max(audit.c.at)).scalar_subquery(),
            select(func.max(inbox.c.received_at)).scalar_subquery(),
            select(func.max(outbox.c.created_at)).scalar_subquery(),
            select(func.max(heartbeats.c.seen_until)).scalar_subquery(),
        )
    ).one()
    return max((moment for moment in moments if moment is not None), default=None)
