"""Handing an office over to a successor: the wish, the district's word, and the day on which it happens."""

from __future__ import annotations

from bot.access.invite import take_back
from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.invitations import code_facts, invite_anew, must_not_be_too_many
from bot.carry_out.tell import tell_holders, tell_person
from domain.commands import DecideHandOver, ProposeHandOver
from domain.deed import Deed
from domain.errors import (
    ChangedSince,
    HandOverAgreed,
    HandOverDecided,
    InvitationUsed,
    NotAllowed,
    NotYourUnit,
)
from domain.invitation import InvitationId
from domain.people import Role
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import hand_overs, invitations, people
from storage.queries.audit import Entry
from storage.queries.hand_overs import HandOver
from storage.session import Session


def propose_hand_over(session: Session, command: ProposeHandOver, act: Act) -> Say:
    """Put somebody's wish on the books and before the district; one that waited is replaced."""
    unit, day = command.unit, act.office.day_of(act.at)
    act = locked(session, unit.id, act)
    held = people.appointment_of(session, act.person.id, unit.id, command.role, day)
    if held is None or not may(act.person, Action.HAND_OVER, unit):
        raise NotYourUnit(unit.short)
    before = hand_overs.of_appointment(session, held)
    if before is not None and before.agreed and invitations.is_open(session, before.invitation, act.at):
        raise HandOverAgreed(before.code, before.successor)
    if before is not None:
        hand_overs.end(session, before.id, act.at)
    made = _proposed(session, held, command.successor, act)
    log(session, Deed.PROPOSE_HAND_OVER, unit, act, made.code, {"hand_over": made.id})
    _tell_district(session, Say("hand_over/notice", {"hand_over": made}), made, act)
    return Say("hand_over/done", {"at": act.said_at, "hand_over": made}, (labels.MENU,))


def _proposed(session: Session, appointment: int, successor: str, act: Act) -> HandOver:
    number = hand_overs.propose(session, appointment, successor, act.origin)
    made = hand_overs.numbered(session, number)
    if made is None:
        raise LookupError(f"the hand-over {number} is not on the books")
    return made


def _tell_district(session: Session, words: Say, about: HandOver, act: Act) -> None:
    """Tell the officers; where nobody is one, the administrators."""
    key = f"{words.template}:{about.id}"
    if not tell_holders(session, (Role.DISTRICT,), words, key, act):
        tell_holders(session, (Role.ADMIN,), words, key, act)


def withdraw_proposal(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a wish: it is withdrawn, as long as its office is held and the district has not decided."""
    hand_over = _waiting(session, _number_now(session, entry.row("hand_over")))
    if not people.is_held(session, hand_over.appointment, act.office.day_of(act.at)):
        raise NotYourUnit(hand_over.unit.short)
    hand_overs.end(session, hand_over.id, act.at)
    _tell_district(session, Say("hand_over/withdrawn", {"hand_over": hand_over}), hand_over, act)
    return ()


def _number_now(session: Session, number: int) -> int:
    """The number of a wish now: it waits under a new one where the district has taken its word back."""
    said = hand_overs.numbered(session, number)
    now = hand_overs.of_appointment(session, said.appointment) if said is not None and said.ended else None
    return now.id if said is not None and now is not None and now.successor == said.successor else number


def _waiting(session: Session, number: int) -> HandOver:
    """The hand-over of this number, which waits for the district's word; else it is refused."""
    hand_over = hand_overs.numbered(session, number)
    if hand_over is None or not hand_over.is_waiting:
        raise HandOverDecided(f"BG-{number}", None if hand_over is None else hand_over.agreed)
    return hand_over


def decide_hand_over(session: Session, command: DecideHandOver, act: Act) -> Say:
    """Put the district's word on the books and tell the one who asked; with consent the successor is invited."""
    if not may(act.person, Action.CONSENT):
        raise NotAllowed
    act = locked(session, _waiting(session, command.number).unit.id, act)
    hand_over = _waiting(session, command.number)  # as it is now that nobody else decides it
    if not people.is_held(session, hand_over.appointment, act.office.day_of(act.at)):
        raise HandOverDecided(hand_over.code, None)
    return _agree(session, hand_over, act) if command.agreed else _decline(session, hand_over, command, act)


def _agree(session: Session, hand_over: HandOver, act: Act) -> Say:
    """The successor is invited; whoever leaves stays in office until they have joined."""
    must_not_be_too_many(session, act)
    made, _ = invite_anew(session, hand_over.unit, hand_over.role, hand_over.successor, act)
    hand_overs.decide(session, hand_over.id, agreed=True, invitation=made.id, origin=act.origin)
    details: dict[str, object] = {"hand_over": hand_over.id, "invitation": made.id}
    log(session, Deed.AGREE_TO_HAND_OVER, hand_over.unit, act, hand_over.code, details)
    facts = {**code_facts(made, act), "at": act.said_at, "hand_over": hand_over}
    notice = Say("consent/agreed", facts, invitation=made.id)
    told = tell_person(session, hand_over.person, notice, f"agreed:{hand_over.id}", act)
    return Say("consent/done", {**facts, "told": told}, (labels.CONSENT, labels.MENU), invitation=made.id)


def _decline(session: Session, hand_over: HandOver, command: DecideHandOver, act: Act) -> Say:
    hand_overs.decide(session, hand_over.id, agreed=False, invitation=None, origin=act.origin)
    details: dict[str, object] = {"hand_over": hand_over.id, "reason": command.reason}
    log(session, Deed.DECLINE_HAND_OVER, hand_over.unit, act, hand_over.code, details)
    facts = {"at": act.said_at, "hand_over": hand_over, "reason": command.reason}
    notice = Say("consent/declined", facts)
    told = tell_person(session, hand_over.person, notice, f"declined:{hand_over.id}", act)
    return Say("consent/declining", {**facts, "told": told}, (labels.CONSENT, labels.MENU))


def take_consent_back(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of consent, as long as the successor has not joined: the code is of no use, the wish waits anew."""
    if not may(act.person, Action.CONSENT):
        raise NotAllowed
    hand_over = hand_overs.numbered(session, entry.row("hand_over"))
    if hand_over is None or hand_over.ended:
        raise InvitationUsed
    _make_useless(session, hand_over.invitation or InvitationId(entry.row("invitation")), act)
    hand_overs.end(session, hand_over.id, act.at)
    _propose_anew(session, hand_over, act)
    return ()


def _make_useless(session: Session, which: InvitationId, act: Act) -> None:
    """Let nobody take over with an invitation; one that is out of date or taken back is of no use already."""
    invitation = invitations.by_id(session, which)
    if invitation is None or invitation.used_at is not None:
        raise InvitationUsed
    if invitation.is_open(act.at):
        take_back(session, invitation, act.at)


def reconsider(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of declining: the wish waits anew, unless another one was uttered since."""
    if not may(act.person, Action.CONSENT):
        raise NotAllowed
    hand_over = hand_overs.numbered(session, entry.row("hand_over"))
    day = act.office.day_of(act.at)
    if (
        hand_over is None
        or hand_overs.of_appointment(session, hand_over.appointment) is not None
        or not people.is_held(session, hand_over.appointment, day)
    ):
        raise ChangedSince(entry.subject)
    _propose_anew(session, hand_over, act)
    return ()


def _propose_anew(session: Session, hand_over: HandOver, act: Act) -> None:
    """What the district has decided is never overwritten: the wish waits again under a number of its own."""
    anew = _proposed(session, hand_over.appointment, hand_over.successor, act)
    notice = Say("consent/reconsidered", {"before": hand_over, "hand_over": anew})
    tell_person(session, anew.person, notice, f"anew:{anew.id}", act)


def tell_taken_over(session: Session, hand_over: HandOver, act: Act) -> None:
    """Tell whoever left that the successor has joined and that their own office has ended."""
    words = Say("hand_over/taken_over", {"hand_over": hand_over, "at": act.at})
    tell_person(session, hand_over.person, words, f"taken-over:{hand_over.id}", act)
