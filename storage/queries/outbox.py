"""Messages to send: rendered once, kept until they are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from domain.enclosure import Enclosure
from domain.people import PersonId
from storage.columns import Instant
from storage.dialect import as_given, dialect_of, insert_for, insert_many
from storage.enclosures import as_stored
from storage.session import Session
from storage.tables import addresses, outbox

PATIENCE: Final = timedelta(days=3)
"""How long delivery goes on trying."""


COURTESY: Final = {"kind": "courtesy"}
"""What a message is about whose loss nobody would notice."""


def is_courtesy(about: Mapping[str, object] | None) -> bool:
    """Whether a message may be left unsaid."""
    return about is not None and about.get("kind") == COURTESY["kind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be put; `choices` are (value, label) pairs.

    `key` makes it unique: putting it twice is harmless. `about` tells delivery how to ask whether it is still true.
    A reply is leased from birth to the process that wrote it (`leased_by`, `leased_until`).
    `encloses` says what file goes with it.
    After `expires_at` it is of no use to anybody; delivery gives up after `PATIENCE` at the latest.
    """

    address_id: int
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    question: str = ""
    key: str | None = None
    about: dict[str, object] | None = None
    encloses: Enclosure | None = None
    inbox_id: int | None = None
    leased_by: str | None = None
    leased_until: datetime | None = None
    expires_at: datetime | None = None


_PUT = insert(outbox).returning(outbox.c.id)


def put(session: Session, draft: Draft, at: datetime) -> int:
    """Put a message without a key into the outbox and answer its id."""
    outbox_id: int = session.execute(_PUT, _row(draft, at)).scalar_one()
    return outbox_id


def put_once(session: Session, draft: Draft, at: datetime) -> int | None:
    """Put a message that has a key into the outbox and answer its id; None when the key is there already."""
    return session.execute(_put_once(dialect_of(session)), _row(draft, at)).scalar()


def put_all_once(session: Session, drafts: Sequence[Draft], at: datetime) -> None:
    """Put messages that have keys into the outbox; those whose keys are there already are left out."""
    if drafts:
        dialect, alike = dialect_of(session), _alike(at)
        rows = _without_empty([_own(draft, at) for draft in drafts])
        statement = _put_all_once(dialect, tuple(rows[0]), tuple(alike))
        session.execute(statement, as_given(dialect, rows, alike))


def _without_empty(rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The same rows without what none of them has, and the column then leaves empty by itself."""
    empty = [name for name in _MAY_BE_EMPTY if all(row[name] is None for row in rows)]
    names = [name for name in rows[0] if name not in empty]
    return [{name: row[name] for name in names} for row in rows]


@cache
def _put_all_once(dialect: str, names: tuple[str, ...], alike: tuple[str, ...]) -> ReturningInsert[int]:
    once = insert_many(dialect, outbox, names, alike).on_conflict_do_nothing(index_elements=["key"])
    return once.returning(outbox.c.id)


@cache
def _put_once(dialect: str) -> ReturningInsert[int]:
    once = insert_for(dialect, outbox).on_conflict_do_nothing(index_elements=["key"])
    return once.returning(outbox.c.id)


_MAY_BE_EMPTY: Final = ("encloses", "inbox_id", "leased_by", "leased_until")


def _row(draft: Draft, at: datetime) -> dict[str, object]:
    return {**_own(draft, at), **_alike(at)}


def _alike(at: datetime) -> dict[str, object]:
    """What all messages have that are put at a moment."""
    return {"created_at": at, "due_at": at, "state": "waiting"}


def _own(draft: Draft, at: datetime) -> dict[str, object]:
    return {
        "address_id": draft.address_id,
        "key": draft.key,
        "kind": draft.kind,
        "text": draft.text,
        "choices": [list(choice) for choice in draft.choices],
        "question": draft.question,
        "about": draft.about,
        "encloses": as_stored(draft.encloses),
        "inbox_id": draft.inbox_id,
        "expires_at": min(at + PATIENCE, draft.expires_at or at + PATIENCE),
        "leased_by": draft.leased_by,
        "leased_until": draft.leased_until,
    }


def note_made(session: Session, outbox_id: int, size: int) -> None:
    """Note how large the file of a message has become, in bytes."""
    own = outbox.c.id == outbox_id
    stored = session.execute(select(outbox.c.encloses).where(own)).scalar()
    session.execute(update(outbox).where(own).values(encloses={**(stored or {}), "size": size}))


def go_without(session: Session, outbox_id: int, text: str) -> None:
    """Let a message go without its file, in words that say so."""
    session.execute(update(outbox).where(outbox.c.id == outbox_id).values(text=text, encloses=None))


_NOT_TRIED = and_(outbox.c.state == "waiting", outbox.c.attempts == 0, outbox.c.leased_by.is_(None))
_NOT_SEEN = (
    select(outbox.c.id)
    .where(
        outbox.c.address_id.in_(select(addresses.c.id).where(addresses.c.person_id == bindparam("person")))
    )
    .where(outbox.c.question == bindparam("under"))
    .where(
        or_(
            _NOT_TRIED,
            func.coalesce(outbox.c.settled_at, outbox.c.created_at) > bindparam("by", type_=Instant),
        )
    )
    .limit(1)
)


def was_not_seen(session: Session, person: PersonId, question: str, by: datetime) -> bool:
    """Whether somebody cannot have seen the message with this question by a moment: it left later, or waits to leave."""
    asked = {"person": person, "under": question, "by": by}
    return session.execute(_NOT_SEEN, asked).first() is not None
