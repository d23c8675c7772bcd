"""Words on a quarter's books: they are closed, or they take reports again."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy import text as sql

from storage.columns import Instant, QuarterCode
from storage.tables.base import metadata

closings = Table(
    "closings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quarter", QuarterCode(), index=True, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", Text),
    Column("snapshot", JSON),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "uq_closings_current",
        "quarter",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""A closing of a quarter, with its roll-up at that moment, or a reopening; see `domain.closing.Closing`."""
