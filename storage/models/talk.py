"""Messages that came and go, and dialogues under way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class InboxRow(Base):
    """A message as it came; the pair of channel and external id is the key against duplicates.

    `state` is `done`, or `parked` with the trace of the fault that it met.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_inbox_message", "address_id", "message_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    message_ref: Mapped[str | None]
    """The channel's own id of the message, by which an edit of it is told."""
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    tap: Mapped[dict[str, Any] | None]
    """The question and number of a choice taken, and the label that stood on it."""
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime]
    raw: Mapped[str]
    state: Mapped[str] = mapped_column(String(10))
    trace_id: Mapped[str | None] = mapped_column(String(16), index=True)
    trace: Mapped[str | None]


class OutboxRow(Base):
    """A message to send, rendered once and kept.

    `state`: `waiting` (leased or not), `sent`, `dropped` (true no more), `failed` (given up, with `reason`).
    `about` says what it is about, so that delivery can ask whether it is still true.
    `encloses` says what file goes with it: not its bytes, but what it is made from.
    """

    __tablename__ = "outbox"
    __table_args__ = (
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

    id: Mapped[int] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    choices: Mapped[list[Any]]
    question: Mapped[str] = mapped_column(String(16))
    about: Mapped[dict[str, Any] | None]
    encloses: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    leased_by: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=sql("0"))
    receipt: Mapped[str | None]
    reason: Mapped[str | None]
    settled_at: Mapped[datetime | None]


class DialogueRow(Base):
    """What a person is in the middle of: the script, the answers so far, and the question that waits."""

    __tablename__ = "dialogues"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    state: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
