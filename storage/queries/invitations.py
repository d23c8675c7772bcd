"""Invitations, and the wrong codes that an address has tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, func, insert, select, true, update

from domain.invitation import Invitation, InvitationId
from domain.organisation import UnitId
from domain.people import PersonId, Role
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import addresses, invitations, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """What an address has tried so far, and whose it is."""

    person: PersonId | None
    wrong: int
    resting_until: datetime | None


def keep(
    session: Session,
    *,
    code_hash: str,
    unit: UnitId,
    role: Role,
    name: str | None,
    person: PersonId | None,
    at: datetime,
    by: PersonId | None,
    expires_at: datetime,
    phone: str | None = None,
) -> InvitationId:
    """Put a fresh invitation on the books."""
    statement = insert(invitations).values(
        code_hash=code_hash,
        unit_id=unit,
        role=role.value,
        name=name,
        phone=phone,
        person_id=person,
        created_at=at,
        created_by_id=by,
        expires_at=expires_at,
    )
    return InvitationId(session.execute(statement.returning(invitations.c.id)).scalar_one())


def by_hash(session: Session, code_hash: str) -> Invitation | None:
    """The invitation with this code, locked until the end; whether it is open is for the caller to see."""
    return _one(session, invitations.c.code_hash == code_hash)


def opens(session: Session, code_hash: str, at: datetime) -> bool:
    """Whether somebody could join with this code now; locks nothing, for reading alone."""
    still = select(invitations.c.id).where(
        invitations.c.code_hash == code_hash,
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > at,
    )
    return session.execute(still).first() is not None


def by_id(session: Session, invitation: InvitationId) -> Invitation | None:
    """The invitation with this number, locked until the end."""
    return _one(session, invitations.c.id == invitation)


def is_open(session: Session, invitation: InvitationId | None, at: datetime) -> bool:
    """Whether somebody could join with the invitation of this number, if there is one."""
    found = None if invitation is None else _one(session, invitations.c.id == invitation)
    return found is not None and found.is_open(at)


def open_invitations(session: Session, at: datetime) -> tuple[Invitation, ...]:
    """All invitations that somebody could join with, in the order in which they were made."""
    still = _INVITATION.where(
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > at,
    )
    return tuple(_invitation(row) for row in session.execute(still.order_by(invitations.c.id)).mappings())


def open_to(session: Session, unit: UnitId, role: Role, at: datetime) -> tuple[Invitation, ...]:
    """The invitations of newcomers to a role at a unit that somebody could join with, locked until the end."""
    newcomers = (invitations.c.role == role.value) & invitations.c.person_id.is_(None)
    return _locked_at(session, unit, at, newcomers)


def open_at(session: Session, unit: UnitId, at: datetime) -> tuple[Invitation, ...]:
    """All invitations to a unit that somebody could join with, locked until the end."""
    return _locked_at(session, unit, at, true())


def _locked_at(
    session: Session, unit: UnitId, at: datetime, which: ColumnElement[bool]
) -> tuple[Invitation, ...]:
    """Whoever joins with one of them has done so before this answers, or waits until the end."""
    wanted = _INVITATION.where(
        invitations.c.unit_id == unit,
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > at,
        which,
    )
    locked = wanted.order_by(invitations.c.id).with_for_update(of=invitations)
    return tuple(_invitation(row) for row in session.execute(locked).mappings())


def made_since(session: Session, by: PersonId, since: datetime) -> int:
    """How many invitations somebody has made since a moment, whatever became of them."""
    made = select(func.count()).where(invitations.c.created_by_id == by, invitations.c.created_at >= since)
    return session.execute(made).scalar_one()


def made_by(session: Session, invitation: InvitationId) -> PersonId | None:
    """Who made an invitation; None where it was made at the desk of the administrator."""
    by = session.execute(select(invitations.c.created_by_id).where(invitations.c.id == invitation)).scalar()
    return None if by is None else PersonId(by)


def mark_used(session: Session, invitation: InvitationId, person: PersonId, at: datetime) -> None:
    """Use an invitation up."""
    session.execute(
        update(invitations)
        .where(invitations.c.id == invitation)
        .values(used_at=at, used_by_id=person, phone=None)
    )


def revoke(session: Session, invitation: InvitationId, at: datetime) -> bool:
    """Take an invitation back that nobody has joined with; says whether there was one."""
    unused = update(invitations).where(invitations.c.id == invitation, invitations.c.used_at.is_(None))
    return (
        session.execute(unused.values(revoked_at=at, phone=None).returning(invitations.c.id)).first()
        is not None
    )


def tries_of(session: Session, address_id: int) -> Tries:
    """What an address has tried so far."""
    row = session.execute(
        select(addresses.c.person_id, addresses.c.wrong_codes, addresses.c.resting_until).where(
            addresses.c.id == address_id
        )
    ).one()
    person = None if row.person_id is None else PersonId(row.person_id)
    return Tries(person=person, wrong=row.wrong_codes, resting_until=row.resting_until)


def keep_tries(session: Session, address_id: int, wrong: int, resting_until: datetime | None) -> None:
    """Note how many wrong codes an address has tried, and until when it must rest."""
    session.execute(
        update(addresses)
        .where(addresses.c.id == address_id)
        .values(wrong_codes=wrong, resting_until=resting_until)
    )


def bind(session: Session, address_id: int, person: PersonId) -> None:
    """Make an address somebody's; wrong codes are forgiven."""
    session.execute(
        update(addresses)
        .where(addresses.c.id == address_id)
        .values(person_id=person, wrong_codes=0, resting_until=None)
    )


_INVITATION: Select[tuple[object, ...]] = select(
    *(column.label(f"invitation_{column.name}") for column in invitations.c), *units.c
).join(units, units.c.id == invitations.c.unit_id)


def _one(session: Session, which: ColumnElement[bool]) -> Invitation | None:
    found = session.execute(_INVITATION.where(which).with_for_update(of=invitations))
    row = found.mappings().first()
    return None if row is None else _invitation(row)


def _invitation(row: RowMapping) -> Invitation:
    person, used_by = row["invitation_person_id"], row["invitation_used_by_id"]
    return Invitation(
        id=InvitationId(row["invitation_id"]),
        unit=unit_from(row),
        role=Role(row["invitation_role"]),
        name=row["invitation_name"],
        phone=row["invitation_phone"],
        person=None if person is None else PersonId(person),
        expires_at=row["invitation_expires_at"],
        used_at=row["invitation_used_at"],
        used_by=None if used_by is None else PersonId(used_by),
        revoked_at=row["invitation_revoked_at"],
    )
