"""Units, and what plans assign to them."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy import text as sql

from storage.columns import Instant, QuarterCode
from storage.tables.base import metadata

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("code", String(12), unique=True, nullable=False),
    Column("parent_id", Integer, ForeignKey("units.id"), index=True),
    Column("aliases", JSON, nullable=False),
    Column("block", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column(
        "entered_at",
        Instant(),
        doc="Since when the books know it; empty for those that came with the first release.",
    ),
)
"""A Party unit; see `domain.organisation.Unit`."""

former_units = Table(
    "former_units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("short", Text, nullable=False),
    Column("parent_id", Integer, ForeignKey("units.id")),
    Column("aliases", JSON, nullable=False),
    Column("block", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("until_at", Instant(), nullable=False),
)
"""What the books said of a unit until a moment, at which they were told otherwise."""

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, unique=True, nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("pledged", Integer, nullable=False),
    Column("heads_rate", Integer, nullable=False),
    Column("grace_days", Integer, nullable=False),
    Column("imported_at", Instant(), nullable=False),
)
"""A year's plan; `pledged` is the number its text promises, the assigned one is the sum of targets."""

former_plans = Table(
    "former_plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plans.id"), index=True, nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("pledged", Integer, nullable=False),
    Column("heads_rate", Integer, nullable=False),
    Column("grace_days", Integer, nullable=False),
    Column("until_at", Instant(), nullable=False),
)
"""What a year's plan laid down until a moment, at which it was amended."""

targets = Table(
    "targets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plans.id"), index=True, nullable=False),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("quarter", QuarterCode(), nullable=False),
    Column("assigned", Integer, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("reason", Text),
    Column("decision_no", Text, doc="Of the decision that an amendment rests on, where it has a number."),
    Column("decision_on", Date),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    CheckConstraint("assigned >= 0", name="not_negative"),
    Index(
        "ix_targets_counted",
        "unit_id",
        "quarter",
        "assigned",
        "until_at",
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
    Index("ix_targets_from_at", "from_at"),
    Index(
        "ix_targets_until_at",
        "until_at",
        sqlite_where=sql("until_at IS NOT NULL"),
        postgresql_where=sql("until_at IS NOT NULL"),
    ),
    Index(
        "uq_targets_current",
        "unit_id",
        "quarter",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""What a plan assigns to a unit for a quarter, from a moment on; an amendment is a new row."""
