"""Messages that came: kept raw, once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, select, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.dialect import dialect_of, insert_for
from storage.session import Session
from storage.tables import inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message as the inbox keeps it; `tap` is the question and the number of a choice taken.

    `message_ref` is the channel's own id of what was sent, by which an edit of it is told.
    """

    channel: str
    external_id: str
    address_id: int
    kind: str
    text: str
    tap: dict[str, object] | None
    message_ref: str | None
    sent_at: datetime
    received_at: datetime
    raw: str


def accept(session: Session, arrival: Arrival) -> int | None:
    """Put a message on the books and answer its id; None when it is there already."""
    return _put(session, {**_fields(arrival), "state": "done"})


def park(session: Session, arrival: Arrival, trace_id: str, trace: str) -> int | None:
    """Put aside a message that met a fault, with its trace; None when it is on the books already."""
    return _put(session, {**_fields(arrival), "state": "parked", "trace_id": trace_id, "trace": trace})


_LATEST = select(inbox.c.state).where(inbox.c.address_id == bindparam("address")).order_by(inbox.c.id.desc())


def parked_in_a_row(session: Session, address_id: int) -> int:
    """How many of the latest two messages from an address were parked, with none in between that was not."""
    states = session.scalars(_LATEST.limit(2), {"address": address_id}).all()
    return next((number for number, state in enumerate(states) if state != "parked"), len(states))


_NAMES = tuple(each.name for each in fields(Arrival))


@cache
def _insert(dialect: str) -> ReturningInsert[int]:
    return insert_for(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.id)


def _put(session: Session, row: dict[str, object]) -> int | None:
    return session.execute(_insert(dialect_of(session)), row).scalar()


def _fields(arrival: Arrival) -> dict[str, object]:
    return {name: getattr(arrival, name) for name in _NAMES}


_NAME_TAP = update(inbox).where(inbox.c.id == bindparam("message")).values(tap=bindparam("named"))


def name_tap(session: Session, inbox_id: int, tap: dict[str, object]) -> None:
    """Add to a tap, or a number typed for one, the label that stood on the choice: people are to read the trace."""
    session.execute(_NAME_TAP, {"message": inbox_id, "named": tap})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A message as it was sent, or one of the edits of it."""

    id: int
    text: str
    sent_at: datetime


_VERSIONS = (
    select(inbox.c.id, inbox.c.text, inbox.c.sent_at)
    .where(
        inbox.c.address_id == bindparam("address"),
        inbox.c.message_ref == bindparam("ref"),
        inbox.c.id < bindparam("before"),
    )
    .order_by(inbox.c.id)
)


def versions(session: Session, inbox_id: int) -> tuple[Version, ...]:
    """What a message said before it was edited into this one: as it was sent first, then the edits in between.

    Empty when the message that was edited is not on the books.
    """
    this = session.execute(_THIS, {"message": inbox_id}).one()
    asked = {"address": this.address_id, "ref": this.message_ref, "before": inbox_id}
    return tuple(
        Version(id=row.id, text=row.text, sent_at=row.sent_at) for row in session.execute(_VERSIONS, asked)
    )


_THIS = select(inbox.c.address_id, inbox.c.message_ref).where(inbox.c.id == bindparam("message"))
