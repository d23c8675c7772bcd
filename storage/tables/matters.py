"""What else a unit tells the district: village heads, obstacles, promises."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy import text as sql

from storage.columns import Instant, QuarterCode
from storage.tables.base import metadata

heads = Table(
    "heads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("members", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    CheckConstraint("members >= 0 AND members <= total", name="part_of_the_whole"),
)
"""How many of a unit's village heads are Party members, from a moment on."""

issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""An obstacle that a unit told the district of; open while it has no answer and is not withdrawn."""

issue_answers = Table(
    "issue_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", Integer, ForeignKey("issues.id"), index=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""What the district answered to an issue."""

promises = Table(
    "promises",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("quarter", QuarterCode(), nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "uq_promises_current",
        "unit_id",
        "quarter",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""The day by which a unit promised its report of a quarter."""

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), index=True, nullable=False),
    Column("settled_at", Instant()),
    Column("settled_by_id", Integer, ForeignKey("people.id")),
    Column("asked_at", Instant(), nullable=False),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""Somebody who did not find their way by chat and wishes to be called; settled when the district has called."""

call_notes = Table(
    "call_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("quarter", QuarterCode(), nullable=False),
    Column("result", String(12), nullable=False),
    Column("promised_on", Date),
    Column("text", Text, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index("ix_call_notes_quarter_unit_id", "quarter", "unit_id"),
    CheckConstraint("result <> 'promised' OR promised_on IS NOT NULL", name="a_promise_has_a_day"),
)
"""What somebody wrote down of a call to a unit about its report of a quarter.

`promised_on` is the day that was named, `text` what stands in the way."""
