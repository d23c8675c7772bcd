"""What the district has said to many at once."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

mailings = Table(
    "mailings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("details", JSON, nullable=False),
    Column("due_at", Instant(), nullable=False),
    Column("done_at", Instant()),
    Column("reach", JSON),
    Column("after_id", Integer, doc="Its messages have ids in the outbox above this one …"),
    Column("last_id", Integer, doc="… and not above this one."),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "ix_mailings_due",
        "due_at",
        sqlite_where=sql("done_at IS NULL AND until_at IS NULL"),
        postgresql_where=sql("done_at IS NULL AND until_at IS NULL"),
    ),
)
"""A notice or a reminder to many; `until_at` when it was taken back, `done_at` when it was put into the outbox."""
