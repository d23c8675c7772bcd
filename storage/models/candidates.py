"""Candidates and their steps."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class CandidateRow(Base):
    """Somebody on the way to admission; the steps taken are rows of their own."""

    __tablename__ = "candidates"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    folded: Mapped[str]
    gender: Mapped[str | None] = mapped_column(String(3))
    birth_year: Mapped[int | None]
    birth_date: Mapped[date | None]
    created_at: Mapped[datetime]


class CandidateStepRow(Base):
    """A step that a candidate has closed."""

    __tablename__ = "candidate_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]
    responsible: Mapped[str | None]
    """Who vetted, opines or helps, as the sender named them: they answer for it."""
    decision_no: Mapped[str | None]
    """Of the step that is a decision."""
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class CandidateClosingRow(Base):
    """Why and when somebody ceased to be a candidate; ended when the candidacy goes on after all."""

    __tablename__ = "candidate_closings"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), index=True)
    closed_on: Mapped[date]
    because: Mapped[str] = mapped_column(String(20))
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
