"""Messages that came and go, and dialogues under way."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy import text as sql

from storage.columns import Instant
from storage.tables.base import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("external_id", Text, nullable=False),
    Column("message_ref", Text, doc="The channel's own id of the message, by which an edit of it is told."),
    Column("address_id", Integer, ForeignKey("addresses.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column(
        "tap",
        JSON,
        doc="Of a choice taken by tap or number: its question, its number, and the label that stood on it.",
    ),
    Column("sent_at", Instant(), nullable=False),
    Column("received_at", Instant(), nullable=False),
    Column("raw", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("trace_id", String(16), index=True),
    Column("trace", Text),
    UniqueConstraint("channel", "external_id"),
    Index("ix_inbox_message", "address_id", "message_ref"),
)
"""A message as it came; the pair of channel and external id is the key against duplicates.

`state` is `done`, or `parked` with the trace of the fault that it met."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_id", Integer, ForeignKey("addresses.id"), nullable=False),
    Column("key", Text, unique=True),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("question", String(16), nullable=False),
    Column("about", JSON),
    Column("encloses", JSON(none_as_null=True)),
    Column("inbox_id", Integer, ForeignKey("inbox.id"), index=True),
    Column("created_at", Instant(), nullable=False),
    Column("due_at", Instant(), nullable=False),
    Column("expires_at", Instant(), nullable=False),
    Column("state", String(10), nullable=False),
    Column("leased_by", String(40)),
    Column("leased_until", Instant()),
    Column("attempts", Integer, server_default=sql("0"), nullable=False),
    Column("receipt", Text),
    Column("reason", Text),
    Column("settled_at", Instant()),
    Index(
        "ix_outbox_due",
        "due_at",
        "id",
        sqlite_where=sql("state = 'waiting'"),
        postgresql_where=sql("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_waiting",
        "address_id",
        "id",
        sqlite_where=sql("state = 'waiting'"),
        postgresql_where=sql("state = 'waiting'"),
    ),
    Index("ix_outbox_address_id_id", "address_id", "id"),
    Index(
        "ix_outbox_unasked",
        "address_id",
        "created_at",
        sqlite_where=sql("kind <> 'reply' OR state = 'failed'"),
        postgresql_where=sql("kind <> 'reply' OR state = 'failed'"),
    ),
)
"""A message to send, rendered once and kept.

`state`: `waiting` (leased or not), `sent`, `dropped` (true no more), `failed` (given up, with `reason`).
`about` says what it is about, so that delivery can ask whether it is still true.
`encloses` says what file goes with it: not its bytes, but what it is made from."""

dialogues = Table(
    "dialogues",
    metadata,
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("state", JSON, nullable=False),
    Column("updated_at", Instant(), nullable=False),
)
"""What a person is in the middle of: the script, the answers so far, and the question that waits."""
