"""Inviting others by a code, and taking the invitation back."""

from __future__ import annotations

from datetime import datetime, time

from bot.access.invite import Invited, make_invitation, take_back
from bot.carry_out.act import Act, Touched, log
from domain.commands import Invite
from domain.deed import Deed
from domain.errors import InvitationUsed, NotYourUnit, TooManyInvitations, UnitEnded
from domain.invitation import Invitation, InvitationId, shown
from domain.inviting import MOST_A_DAY, may_invite
from domain.organisation import Unit
from domain.people import Role
from domain.spelling import bare
from domain.title import title_of
from messages import labels
from messages.say import Say
from storage.queries import hand_overs, invitations
from storage.queries.audit import Entry
from storage.queries.units import unit_by_id
from storage.session import Session


def invite(session: Session, command: Invite, act: Act) -> Say:
    """Make an invitation and show its code, this once; an unused one for the same is of no use any more."""
    if not may_invite(act.person, command.role, command.unit):
        raise NotYourUnit(command.unit.short)
    if not unit_by_id(session, command.unit.id).exists_on(act.office.day_of(act.at)):
        raise UnitEnded(command.unit.short)
    must_not_be_too_many(session, act)
    made, replaced = invite_anew(session, command.unit, command.role, command.name, act)
    title = title_of(command.role, command.unit)
    log(session, Deed.INVITE, command.unit, act, title, {"invitation": made.id})
    facts = {**code_facts(made, act), "at": act.said_at, "replaced": replaced}
    offers = (labels.INVITE_ANOTHER, labels.MENU)
    return Say("invite/done", facts, offers, invitation=made.id)


def must_not_be_too_many(session: Session, act: Act) -> None:
    """Refuse whoever has made as many codes today as one person may."""
    today = datetime.combine(act.office.day_of(act.at), time(), act.office.timezone)
    if invitations.made_since(session, act.person.id, today) >= MOST_A_DAY:
        raise TooManyInvitations(MOST_A_DAY)


def invite_anew(session: Session, unit: Unit, role: Role, name: str | None, act: Act) -> tuple[Invited, bool]:
    """A fresh invitation, and whether it took the place of unused ones to the same role, unit and name."""
    before = [
        one for one in invitations.open_to(session, unit.id, role, act.at) if _same_name(one.name, name)
    ]
    made = make_invitation(session, unit, role, now=act.at, below=act.below, name=name, by=act.person.id)
    for one in before:
        take_back(session, one, act.at)
        hand_overs.invite_by(session, one.id, made.id)
    return made, bool(before)


def _same_name(one: str | None, other: str | None) -> bool:
    return bare(one or "") == bare(other or "")


def code_facts(made: Invited, act: Act) -> dict[str, object]:
    """What a message that shows a code says of it."""
    return {
        "title": title_of(made.role, made.unit),
        "name": made.name,
        "code": shown(made.code),
        "telegram": act.links.telegram(made.code),
        "web": act.links.web(made.code),
        "expires_on": act.office.day_of(made.expires_at),
    }


def revoke_invitation(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of inviting: nobody joins with the code any more."""
    invitation = must_be_unused(session, InvitationId(entry.row("invitation")), act)
    if not may_invite(act.person, invitation.role, invitation.unit):
        raise NotYourUnit(invitation.unit.short)
    take_back(session, invitation, act.at)
    return ()


def must_be_unused(session: Session, which: InvitationId, act: Act) -> Invitation:
    """The invitation, which nobody has joined with; else it is refused to take it back."""
    invitation = invitations.by_id(session, which)
    if invitation is None or not invitation.is_open(act.at):
        raise InvitationUsed
    return invitation
