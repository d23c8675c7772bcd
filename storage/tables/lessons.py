"""What units have learnt from batches of decisions."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text

from storage.columns import Instant
from storage.tables.base import metadata

lessons = Table(
    "lessons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column(
        "batch_on", Date, doc="The day of the decisions that it was learnt from; empty where none was named."
    ),
    Column("text", Text, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""What a unit wants to do better, or again, after a batch of decisions."""
