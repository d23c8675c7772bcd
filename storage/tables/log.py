"""Who did or saw what, and what happened by itself."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from storage.columns import Instant
from storage.tables.base import metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant(), index=True, nullable=False),
    Column("act", String(40), nullable=False),
    Column("person_id", Integer, ForeignKey("people.id"), index=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True),
    Column("inbox_id", Integer, ForeignKey("inbox.id"), index=True),
    Column(
        "line_id",
        Integer,
        ForeignKey("inbox.id"),
        index=True,
        doc="The message that the conversation began with, where it was another one.",
    ),
    Column("undone_by", Integer, ForeignKey("audit.id"), doc="The act that undid this one."),
    Column("subject", Text),
    Column("details", JSON),
)
"""Who did or saw what, when, and by which message."""

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("seen_until", Instant(), nullable=False),
)
"""Until when a heartbeat has seen to everything."""

said = Table(
    "said",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Instant(), nullable=False),
)
"""The key of something said without being asked: whoever stores it first says it, everybody else is quiet."""
