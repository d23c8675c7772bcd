"""Candidates and their steps."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

candidates = Table(
    "candidates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("gender", String(3)),
    Column("birth_year", Integer),
    Column("birth_date", Date),
    Column("created_at", Instant(), nullable=False),
)
"""Somebody on the way to admission; the steps taken are rows of their own."""

candidate_steps = Table(
    "candidate_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate_id", Integer, ForeignKey("candidates.id"), index=True, nullable=False),
    Column("step", String(20), nullable=False),
    Column("taken_on", Date, nullable=False),
    Column(
        "responsible", Text, doc="Who vetted, opines or helps, as the sender named them: they answer for it."
    ),
    Column("decision_no", Text, doc="Of the step that is a decision."),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""A step that a candidate has closed."""

candidate_closings = Table(
    "candidate_closings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate_id", Integer, ForeignKey("candidates.id"), index=True, nullable=False),
    Column("closed_on", Date, nullable=False),
    Column("because", String(20), nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""Why and when somebody ceased to be a candidate; ended when the candidacy goes on after all."""

employments = Table(
    "candidate_employments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate_id", Integer, ForeignKey("candidates.id"), nullable=False),
    Column("private_firm", Boolean, nullable=False),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
    Index(
        "uq_candidate_employments_current",
        "candidate_id",
        unique=True,
        sqlite_where=sql("until_at IS NULL"),
        postgresql_where=sql("until_at IS NULL"),
    ),
)
"""Whether a candidate works for a private firm, as the unit has put it; without a row the unit's name tells."""
