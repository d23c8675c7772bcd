"""The one statement that SQLAlchemy spells by dialect: an insert that may meet a row that is there."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert


def dialect_of(session: Session) -> str:
    """The name of the session's kind of database: `sqlite` or `postgresql`."""
    return session.dialect.name


def insert_for(dialect: str, table: Table) -> Upsert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, for a kind of database."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_or(session: Session, table: Table) -> Upsert:
    """The same for the session's database."""
    return insert_for(dialect_of(session), table)
