"""Links at which files are fetched."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from storage.columns import Instant
from storage.tables.base import metadata

file_links = Table(
    "file_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), unique=True, nullable=False),
    Column("person_id", Integer, ForeignKey("people.id"), nullable=False),
    Column("encloses", JSON, nullable=False),
    Column("created_at", Instant(), nullable=False),
    Column("expires_at", Instant(), nullable=False),
    Column("opened_at", Instant()),
)
"""A link handed to one person, known by a digest of its token; `opened_at` is when it was used first."""
