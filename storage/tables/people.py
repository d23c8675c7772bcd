"""People, what they are appointed to, and where they are reached."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("created_at", Instant(), nullable=False),
)
"""Somebody who joined."""

appointments = Table(
    "appointments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id"), index=True, nullable=False),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("role", String(20), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("created_at", Instant(), nullable=False),
)
"""A role that a person holds at a unit from `since` until before `until`."""

addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", Integer, ForeignKey("people.id"), index=True),
    Column("created_at", Instant(), nullable=False),
    Column("last_used_at", Instant()),
    Column("blocked_at", Instant()),
    Column("wrong_codes", Integer, server_default=sql("0"), nullable=False),
    Column("resting_until", Instant()),
    Column("greeted_at", Instant(), doc="When this stranger was last told how to join."),
    UniqueConstraint("channel", "value"),
)
"""Where somebody is reached; without a person it is a stranger's."""

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code_hash", String(64), unique=True, nullable=False),
    Column("unit_id", Integer, ForeignKey("units.id"), index=True, nullable=False),
    Column("role", String(20), nullable=False),
    Column("name", Text),
    Column("phone", Text, doc="Where whoever is invited is rung up; theirs once they have joined."),
    Column(
        "person_id",
        Integer,
        ForeignKey("people.id"),
        doc="Whom a further channel is opened for; empty when the invitation makes a new person.",
    ),
    Column("created_at", Instant(), nullable=False),
    Column("created_by_id", Integer, ForeignKey("people.id")),
    Column("expires_at", Instant(), nullable=False),
    Column("used_at", Instant()),
    Column("used_by_id", Integer, ForeignKey("people.id")),
    Column("revoked_at", Instant()),
)
"""A one-time code to join with; only its hash is kept."""

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("appointment_id", Integer, ForeignKey("appointments.id"), index=True, nullable=False),
    Column("successor", Text, nullable=False),
    Column("decided_at", Instant()),
    Column("decided_by_id", Integer, ForeignKey("people.id")),
    Column("agreed", Boolean),
    Column(
        "invitation_id",
        Integer,
        ForeignKey("invitations.id"),
        index=True,
        doc="The one that the successor joins with.",
    ),
    Column("from_at", Instant(), nullable=False),
    Column("until_at", Instant()),
    Column("by_person_id", Integer, ForeignKey("people.id")),
    Column("inbox_id", Integer, ForeignKey("inbox.id")),
)
"""Somebody's wish that a successor takes over an appointment; the district consents or declines."""
