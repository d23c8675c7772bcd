"""How strong a unit is: its members, and when it admitted somebody last."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

_IN_FORCE = sql("until_at IS NULL")

member_counts = Table(
    "member_counts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("members", Integer, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    CheckConstraint("members > 0", name="somebody"),
    Index(
        "uq_member_counts_current",
        "unit_id",
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    ),
)
"""How many Party members a unit has, from a moment on."""

last_admissions = Table(
    "last_admissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
    Column("admitted_on", Date, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "uq_last_admissions_current",
        "unit_id",
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    ),
)
"""The day of a unit's last admission as it was told, from a moment on; an admission on the books may be later."""
