"""Words on a quarter's books: they are closed, or they take reports again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from domain.period import Quarter
from storage.models.base import Base


class ClosingRow(Base):
    """A closing of a quarter, with its roll-up at that moment, or a reopening; see `domain.closing.Closing`."""

    __tablename__ = "closings"
    __table_args__ = (
        Index(
            "uq_closings_current",
            "quarter",
            unique=True,
            sqlite_where=sql("until_at IS NULL"),
            postgresql_where=sql("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[date]
    reason: Mapped[str | None]
    snapshot: Mapped[dict[str, Any] | None]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
