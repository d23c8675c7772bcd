"""Inviting others by a code, and taking the invitation back."""

from __future__ import annotations

from datetime import datetime, time

from bot.access.invite import Invited, make_invitation, take_back
from bot.carry_out.act import Act, Touched, log
from bot.carry_out.tell import tell_person
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
from storage.queries import hand_overs, invitations, people
from storage.queries.audit import Entry
from storage.queries.hand_overs import HandOver
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
    replaced = _is_successor(session, made, act) or replaced
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
    phone = next((one.phone for one in before if one.phone), None)
    made = make_invitation(
        session, unit, role, now=act.at, below=act.below, name=name, phone=phone, by=act.person.id
    )
    for one in before:
        take_back(session, one, act.at)
        hand_overs.invite_by(session, one.id, made.id)
    return made, bool(before)


def _is_successor(session: Session, made: Invited, act: Act) -> bool:
    """Let whoever is invited to an office that is being handed over take it over; says whether a code is replaced.

    Whatever became of the successor's code, and whoever they were to be: the unit would have two secretaries
    otherwise, and the hand-over would stay agreed for good.
    """
    agreed = hand_overs.agreed_at(session, made.unit.id, made.role)
    for hand_over in sorted(agreed, key=lambda one: not _same_name(one.successor, made.name)):
        before = invitations.by_id(session, hand_over.invitation) if hand_over.invitation else None
        now = hand_overs.numbered(session, hand_over.id)  # whoever joined meanwhile has taken over
        if now is None or now.ended or not _is_held(session, hand_over, act):
            continue
        hand_overs.expect(session, hand_over.id, made.id, made.name or hand_over.successor)
        is_open = before is not None and before.id != made.id and before.is_open(act.at)
        if before is not None and is_open:
            take_back(session, before, act.at)
        return is_open
    return False


def _is_held(session: Session, hand_over: HandOver, act: Act) -> bool:
    return people.is_held(session, hand_over.appointment, act.office.day_of(act.at))


def _same_name(one: str | None, other: str | None) -> bool:
    return bare(one or "") == bare(other or "")


def code_facts(made: Invited, act: Act) -> dict[str, object]:
    """What a message that shows a code says of it."""
    return {
        "title": title_of(made.role, made.unit),
        "name": made.name,
        "code": shown(made.code),
        "telegram": act.links.telegram(made.code),
        "zalo": act.links.zalo_name,
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


def tell_inviter(session: Session, invitation: Invitation, name: str, act: Act) -> None:
    """Tell whoever made an invitation that somebody has joined with it."""
    by = invitations.made_by(session, invitation.id)
    if by is None or by == act.person.id:
        return
    title = title_of(invitation.role, invitation.unit)
    words = Say("enrolment/invited", {"name": name, "title": title, "at": act.at})
    tell_person(session, by, words, f"joined:{invitation.id}", act)
