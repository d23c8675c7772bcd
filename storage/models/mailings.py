"""What the district has said to many at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class MailingRow(Base):
    """A notice or a reminder to many; `until_at` when it was taken back, `done_at` when it was put into the outbox."""

    __tablename__ = "mailings"
    __table_args__ = (
        Index(
            "ix_mailings_due",
            "due_at",
            sqlite_where=sql("done_at IS NULL AND until_at IS NULL"),
            postgresql_where=sql("done_at IS NULL AND until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    details: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    reach: Mapped[dict[str, Any] | None]
    after_id: Mapped[int | None]
    """Its messages have ids in the outbox above this one …"""
    last_id: Mapped[int | None]
    """… and not above this one."""
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
