"""The one statement that SQLAlchemy spells by dialect: an insert that may meet a row that is there."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Upsert = postgresql.Insert | sqlite.Insert


def insert_or(session: Session, table: Table) -> Upsert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
