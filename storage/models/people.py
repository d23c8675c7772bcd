"""People, what they are appointed to, and where they are reached."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


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
    phone: Mapped[str | None]
    """Where whoever is invited is rung up; theirs once they have joined."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Whom a further channel is opened for; empty when the invitation makes a new person."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]


class HandOverRow(Base):
    """Somebody's wish that a successor takes over an appointment; the district consents or declines."""

    __tablename__ = "hand_overs"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), index=True)
    successor: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    agreed: Mapped[bool | None]
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    """The one that the successor joins with."""
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
