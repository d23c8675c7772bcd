"""Until when each heartbeat has seen to everything, and what was said without being asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, bindparam, case, select
from sqlalchemy.sql.dml import ReturningInsert

from storage.dialect import as_given, dialect_of, insert_for, insert_many
from storage.session import Session
from storage.tables import heartbeats, said

_CHUNK = 400
_SEEN = select(heartbeats.c.seen_until).where(heartbeats.c.name == bindparam("name_of"))


def seen_until(session: Session, name: str) -> datetime | None:
    """Until when a heartbeat has seen to everything; None when it never beat."""
    return session.execute(_SEEN, {"name_of": name}).scalar()


def unseen_since(session: Session, name: str, now: datetime, first: datetime) -> datetime:
    """Since when a heartbeat has to look; since `first` when it never beat, or when the clock was set back."""
    seen = seen_until(session, name)
    return first if seen is None or seen > now else seen


def mark_seen(session: Session, name: str, until: datetime) -> None:
    """Write down that a heartbeat has seen to everything until then; it never goes back."""
    session.execute(_mark(dialect_of(session)), {"name": name, "seen_until": until})


@cache
def _mark(dialect: str) -> Insert:
    fresh = insert_for(dialect, heartbeats)
    later = case(
        (heartbeats.c.seen_until > fresh.excluded.seen_until, heartbeats.c.seen_until),
        else_=fresh.excluded.seen_until,
    )
    return fresh.on_conflict_do_update(index_elements=["name"], set_={"seen_until": later})


def said_with(session: Session, beginning: str) -> frozenset[str]:
    """The keys of all that was said whose keys begin so."""
    found = session.execute(select(said.c.key).where(said.c.key.startswith(beginning, autoescape=True)))
    return frozenset(found.scalars())


def claim(session: Session, keys: Iterable[str], at: datetime) -> frozenset[str]:
    """Store keys of what is going to be said; answers those that were not there, which are the caller's to say.

    In one order, so that two processes with the same keys wait for each other and never for good.
    """
    rows = [{"key": key} for key in sorted(set(keys))]
    if not rows:
        return frozenset()
    dialect = dialect_of(session)
    given = as_given(dialect, rows, {"at": at})
    return frozenset(session.execute(_claim(dialect), given).scalars().all())


@cache
def _claim(dialect: str) -> ReturningInsert[str]:
    once = insert_many(dialect, said, ("key",), ("at",)).on_conflict_do_nothing()
    return once.returning(said.c.key)


def said_at(session: Session, keys: Iterable[str]) -> dict[str, datetime]:
    """When these keys were stored, those that were."""
    wanted = sorted(set(keys))
    found: dict[str, datetime] = {}
    for start in range(0, len(wanted), _CHUNK):
        asked = select(said.c.key, said.c.at).where(said.c.key.in_(wanted[start : start + _CHUNK]))
        found.update((row.key, row.at) for row in session.execute(asked))
    return found
