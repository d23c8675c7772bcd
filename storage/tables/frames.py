"""Frames of several years, and what was told of years that have no plan on the books."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table, Text
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

frames = Table(
    "frames",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
    Column("admissions", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Date),
    Column("reason", Text, doc="Why another number took the place of the one before."),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    CheckConstraint("first_year <= last_year AND admissions >= 0", name="sound"),
    Index(
        "uq_frames_current",
        "first_year",
        "last_year",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""How many admissions are laid down for several years together, from a moment on."""

frame_years = Table(
    "frame_years",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("assigned", Integer),
    Column("admitted", Integer, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    CheckConstraint("admitted >= 0", name="not_negative"),
    Index(
        "uq_frame_years_current",
        "year",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""What a year has brought that has no plan on the books, as the office has told it."""
