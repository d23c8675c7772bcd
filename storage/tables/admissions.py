"""What units report of a quarter: admissions and filings."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from storage.columns import Instant, QuarterCode
from storage.tables.base import metadata

admissions = Table(
    "admissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "unit_id",
        Integer,
        ForeignKey("units.id"),
        nullable=False,
        doc="The grassroots organisation whose target it counts towards.",
    ),
    Column(
        "cell_id", Integer, ForeignKey("units.id"), doc="The cell below it that admitted, where there is one."
    ),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("candidate_id", Integer, ForeignKey("candidates.id"), unique=True),
    Column("reported_at", Instant(), nullable=False),
    UniqueConstraint("unit_id", "year", "serial"),
    Index(
        "ix_admissions_cell_id",
        "cell_id",
        sqlite_where=sql("cell_id IS NOT NULL"),
        postgresql_where=sql("cell_id IS NOT NULL"),
    ),
)
"""An admission that was reported: its identity and receipt code; the figures are its revisions."""

revisions = Table(
    "admission_revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("admission_id", Integer, ForeignKey("admissions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("gender", String(3)),
    Column("birth_year", Integer),
    Column("birth_date", Date),
    Column("ceremony_on", Date),
    Column("decision_on", Date),
    Column("decision_no", Text),
    Column("minority", Boolean),
    Column("religious", Boolean),
    Column("youth", Boolean),
    Column("rural", Boolean),
    Column("private_sector", Boolean),
    Column("village_head", Boolean),
    Column("schooling", String(20)),
    Column("withdrawn", Boolean, server_default=sql("false"), nullable=False),
    Column("reason", Text),
    Column("late_because", Text, doc="Why it came after the close of the quarter, as the unit has put it."),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    UniqueConstraint("admission_id", "number"),
    CheckConstraint("ceremony_on IS NOT NULL OR decision_on IS NOT NULL", name="dated"),
    Index("ix_admission_revisions_folded", "folded"),
    Index("ix_admission_revisions_unit_id", "unit_id"),
    Index(
        "ix_admission_revisions_counted",
        "unit_id",
        "ceremony_on",
        "decision_on",
        "withdrawn",
        "until_at",
        sqlite_where=sql("until_at IS NULL AND withdrawn IS 0"),
        postgresql_where=sql("until_at IS NULL AND withdrawn IS FALSE"),
    ),
    Index(
        "ix_admission_revisions_grouped",
        "ceremony_on",
        "decision_on",
        "gender",
        "minority",
        "religious",
        "youth",
        "rural",
        "private_sector",
        "village_head",
        "schooling",
        "withdrawn",
        "until_at",
        sqlite_where=sql("until_at IS NULL AND withdrawn IS 0"),
        postgresql_where=sql("until_at IS NULL AND withdrawn IS FALSE"),
    ),
    Index("ix_admission_revisions_from_at", "from_at"),
    Index(
        "ix_admission_revisions_until_at",
        "until_at",
        sqlite_where=sql("until_at IS NOT NULL"),
        postgresql_where=sql("until_at IS NOT NULL"),
    ),
)
"""The figures of an admission from a moment on; a correction or a withdrawal is a new revision."""

filings = Table(
    "filings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("quarter", QuarterCode(), index=True, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("admitted", Integer, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "uq_filings_current",
        "unit_id",
        "quarter",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""A unit's word that a quarter is complete: `filed` with its number, or `nil`."""
