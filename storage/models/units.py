"""Units, and what plans assign to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from domain.period import Quarter
from storage.models.base import Base


class UnitRow(Base):
    """A Party unit; see `domain.organisation.Unit`."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    short: Mapped[str]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    aliases: Mapped[list[Any]]
    block: Mapped[int]
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    entered_at: Mapped[datetime | None]
    """Since when the books know it; empty for those that came with the first release."""


class FormerUnitRow(Base):
    """What the books said of a unit until a moment, at which they were told otherwise."""

    __tablename__ = "former_units"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    short: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    aliases: Mapped[list[Any]]
    block: Mapped[int]
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    until_at: Mapped[datetime]


class PlanRow(Base):
    """A year's plan; `pledged` is the number its text promises, the assigned one is the sum of targets."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    number: Mapped[str]
    signed_on: Mapped[date]
    pledged: Mapped[int]
    heads_rate: Mapped[int]
    grace_days: Mapped[int]
    imported_at: Mapped[datetime]


class FormerPlanRow(Base):
    """What a year's plan laid down until a moment, at which it was amended."""

    __tablename__ = "former_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    number: Mapped[str]
    signed_on: Mapped[date]
    pledged: Mapped[int]
    heads_rate: Mapped[int]
    grace_days: Mapped[int]
    until_at: Mapped[datetime]


class TargetRow(Base):
    """What a plan assigns to a unit for a quarter, from a moment on; an amendment is a new row."""

    __tablename__ = "targets"
    __table_args__ = (
        CheckConstraint("assigned >= 0", name="not_negative"),
        Index(
            "uq_targets_current",
            "unit_id",
            "quarter",
            unique=True,
            sqlite_where=sql("until_at IS NULL"),
            postgresql_where=sql("until_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    quarter: Mapped[Quarter]
    assigned: Mapped[int]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    decision_no: Mapped[str | None]
    """Of the decision that an amendment rests on, where it has a number."""
    decision_on: Mapped[date | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
