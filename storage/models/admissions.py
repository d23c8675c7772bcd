"""What units report of a quarter: admissions and filings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from domain.period import Quarter
from storage.models.base import Base


class AdmissionRow(Base):
    """An admission that was reported: its identity and receipt code; the figures are its revisions."""

    __tablename__ = "admissions"
    __table_args__ = (UniqueConstraint("unit_id", "year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    """The grassroots organisation whose target it counts towards."""
    cell_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    """The cell below it that admitted, where there is one."""
    year: Mapped[int]
    serial: Mapped[int]
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id"), unique=True)
    reported_at: Mapped[datetime]


class AdmissionRevisionRow(Base):
    """The figures of an admission from a moment on; a correction or a withdrawal is a new revision."""

    __tablename__ = "admission_revisions"
    __table_args__ = (
        UniqueConstraint("admission_id", "number"),
        CheckConstraint("ceremony_on IS NOT NULL OR decision_on IS NOT NULL", name="dated"),
        Index("ix_admission_revisions_folded", "folded"),
        Index("ix_admission_revisions_count", "unit_id", "ceremony_on", "decision_on", "from_at", "until_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    admission_id: Mapped[int] = mapped_column(ForeignKey("admissions.id"))
    number: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    folded: Mapped[str]
    gender: Mapped[str | None] = mapped_column(String(3))
    birth_year: Mapped[int | None]
    birth_date: Mapped[date | None]
    ceremony_on: Mapped[date | None]
    decision_on: Mapped[date | None]
    decision_no: Mapped[str | None]
    minority: Mapped[bool | None]
    religious: Mapped[bool | None]
    youth: Mapped[bool | None]
    rural: Mapped[bool | None]
    private_sector: Mapped[bool | None]
    village_head: Mapped[bool | None]
    schooling: Mapped[str | None] = mapped_column(String(20))
    withdrawn: Mapped[bool] = mapped_column(server_default=sql("false"))
    reason: Mapped[str | None]
    late_because: Mapped[str | None]
    """Why it came after the close of the quarter, as the unit has put it."""
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class FilingRow(Base):
    """A unit's word that a quarter is complete: `filed` with its number, or `nil`."""

    __tablename__ = "filings"
    __table_args__ = (
        Index(
            "uq_filings_current",
            "unit_id",
            "quarter",
            unique=True,
            sqlite_where=sql("until_at IS NULL"),
            postgresql_where=sql("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    quarter: Mapped[Quarter] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    admitted: Mapped[int]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
