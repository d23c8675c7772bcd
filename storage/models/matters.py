"""What else a unit tells the district: village heads, obstacles, promises."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from domain.period import Quarter
from storage.models.base import Base


class HeadsRow(Base):
    """How many of a unit's village heads are Party members, from a moment on."""

    __tablename__ = "heads"
    __table_args__ = (CheckConstraint("members >= 0 AND members <= total", name="part_of_the_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    members: Mapped[int]
    total: Mapped[int]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class IssueRow(Base):
    """An obstacle that a unit told the district of; open while it has no answer and is not withdrawn."""

    __tablename__ = "issues"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    text: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class IssueAnswerRow(Base):
    """What the district answered to an issue."""

    __tablename__ = "issue_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), index=True)
    text: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class PromiseRow(Base):
    """The day by which a unit promised its report of a quarter."""

    __tablename__ = "promises"
    __table_args__ = (
        Index(
            "uq_promises_current",
            "unit_id",
            "quarter",
            unique=True,
            sqlite_where=sql("until_at IS NULL"),
            postgresql_where=sql("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    quarter: Mapped[Quarter]
    promised_on: Mapped[date]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class CallRow(Base):
    """Somebody who did not find their way by chat and wishes to be called; settled when the district has called."""

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class CallNoteRow(Base):
    """What somebody wrote down of a call to a unit about its report of a quarter.

    `promised_on` is the day that was named, `text` what stands in the way.
    """

    __tablename__ = "call_notes"
    __table_args__ = (
        Index("ix_call_notes_quarter_unit_id", "quarter", "unit_id"),
        CheckConstraint("result <> 'promised' OR promised_on IS NOT NULL", name="a_promise_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    quarter: Mapped[Quarter]
    result: Mapped[str] = mapped_column(String(12))
    promised_on: Mapped[date | None]
    text: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
