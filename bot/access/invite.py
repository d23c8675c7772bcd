"""How somebody is invited, and how an invitation or an appointment is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.errors import InvitationUsed
from domain.invitation import LIFETIME, Code, Invitation, InvitationId, hash_of, new_code
from domain.organisation import Unit
from domain.people import PersonId, Role
from storage.queries import audit, invitations, people, secret_words
from storage.queries.people import Held
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A fresh invitation, with the code that is shown this once and never again."""

    id: InvitationId
    unit: Unit
    role: Role
    name: str | None
    code: Code
    expires_at: datetime


def make_invitation(
    session: Session,
    unit: Unit,
    role: Role,
    *,
    now: datetime,
    below: Callable[[int], int],
    name: str | None = None,
    phone: str | None = None,
    person: PersonId | None = None,
    by: PersonId | None = None,
    lasts: timedelta = LIFETIME,
) -> Invited:
    """Put an invitation on the books, and nothing into the log.

    `below(n)` gives a number under n that nobody can foresee: `secrets.randbelow`.
    """
    code = new_code(below)
    expires_at = now + lasts
    kept = invitations.keep(
        session,
        code_hash=hash_of(code),
        unit=unit.id,
        role=role,
        name=name,
        phone=phone,
        person=person,
        at=now,
        by=by,
        expires_at=expires_at,
    )
    return Invited(id=kept, unit=unit, role=role, name=name, code=code, expires_at=expires_at)


def invite(
    session: Session,
    unit: Unit,
    role: Role,
    *,
    now: datetime,
    below: Callable[[int], int],
    name: str | None = None,
    phone: str | None = None,
    person: PersonId | None = None,
    by: PersonId | None = None,
) -> Invited:
    """Invite somebody to a role at a unit, or (`person`) open a further channel for somebody known."""
    made = make_invitation(
        session, unit, role, now=now, below=below, name=name, phone=phone, person=person, by=by
    )
    details: dict[str, object] = {"invitation": made.id, "role": role.value}
    audit.note(session, "invite", at=now, person=by, unit=unit.id, subject=name, details=details)
    return made


def revoke(
    session: Session, which: Code | InvitationId, *, now: datetime, by: PersonId | None = None
) -> Invitation | None:
    """Take back an invitation that is still open; None when there is none with this code or number."""
    invitation = (
        invitations.by_id(session, which)
        if isinstance(which, int)
        else invitations.by_hash(session, hash_of(which))
    )
    if invitation is None or not invitation.is_open(now):
        return None
    take_back(session, invitation, now)
    details: dict[str, object] = {"invitation": invitation.id}
    audit.note(session, "revoke invitation", at=now, person=by, unit=invitation.unit.id, details=details)
    return invitation


def take_back(session: Session, invitation: Invitation, now: datetime) -> None:
    """Let nobody join with an invitation any more; what was said of its code is forgotten.

    Raises InvitationUsed where somebody has joined with it meanwhile.
    """
    if not invitations.revoke(session, invitation.id, now):
        raise InvitationUsed
    secret_words.forget(session, [invitation.id])


def end_appointment(
    session: Session, appointment: int, *, now: datetime, today: date, by: PersonId | None = None
) -> Held | None:
    """End an appointment from today on; None when nobody holds it. The history stays with the unit."""
    held = next((one for one in people.held_on(session, today) if one.id == appointment), None)
    if held is None:
        return None
    people.end(session, appointment, today)
    details: dict[str, object] = {"appointment": appointment, "role": held.role.value}
    audit.note(
        session, "end appointment", at=now, person=by, unit=held.unit.id, subject=held.name, details=details
    )
    return held
