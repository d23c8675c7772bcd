"""Who did or saw what, and what happened by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuditRow(Base):
    """Who did or saw what, when, and by which message."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    """The message that the conversation began with, where it was another one."""
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("audit.id"))
    """The act that undid this one."""
    subject: Mapped[str | None]
    details: Mapped[dict[str, Any] | None]


class HeartbeatRow(Base):
    """Until when a heartbeat has seen to everything."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_until: Mapped[datetime]


class SaidRow(Base):
    """The key of something said without being asked: whoever stores it first says it, everybody else is quiet."""

    __tablename__ = "said"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
