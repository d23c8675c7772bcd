"""The tables of the books.

Facts are never overwritten: a row that another one replaces keeps its figures and gets an `until_at`,
so that the books can be read as they stood at any moment. What moves in place is only the state of
work: leases and receipts of the outbox, the open dialogue, counters of an address.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from domain.period import Quarter
from storage.columns import Instant, QuarterCode


class Base(DeclarativeBase):
    """The common ground of all tables: names of constraints are given, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        Quarter: QuarterCode(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        str: Text(),
    }


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
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PersonRow(Base):
    """Somebody who joined."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    created_at: Mapped[datetime]


class AppointmentRow(Base):
    """A role that a person holds at a unit from `since` until before `until`."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    until: Mapped[date | None]
    created_at: Mapped[datetime]


class AddressRow(Base):
    """Where somebody is reached; without a person it is a stranger's."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    value: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    wrong_codes: Mapped[int] = mapped_column(server_default=sql("0"))
    resting_until: Mapped[datetime | None]
    greeted_at: Mapped[datetime | None]
    """When this stranger was last told how to join."""


class InvitationRow(Base):
    """A one-time code to join with; only its hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Whom a further channel is opened for; empty when the invitation makes a new person."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]


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
    closed_on: Mapped[date | None]
    closed_because: Mapped[str | None] = mapped_column(String(20))


class CandidateStepRow(Base):
    """A step that a candidate has closed."""

    __tablename__ = "candidate_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


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


class InboxRow(Base):
    """A message as it came; the pair of channel and external id is the key against duplicates.

    `state` is `done`, or `parked` with the trace of the fault that it met.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str]
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), index=True)
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
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    choices: Mapped[list[Any]]
    question: Mapped[str] = mapped_column(String(16))
    about: Mapped[dict[str, Any] | None]
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


class AuditRow(Base):
    """Who did or saw what, when, and by which message."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
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
