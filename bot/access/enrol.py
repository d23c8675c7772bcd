"""How somebody joins: a code becomes an appointment, and the address it came from becomes theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.errors import CodeNotGood, TooManyCodes
from domain.invitation import (
    REST,
    WRONG_CODES,
    Code,
    Invitation,
    code_in,
    hash_of,
    is_nearly_code,
    is_plainly_code,
    normalise,
)
from domain.people import PersonId
from domain.spelling import bare
from domain.title import title_of
from storage.queries import audit, channels, hand_overs, invitations, people, secret_words
from storage.queries.hand_overs import HandOver
from storage.queries.invitations import Tries
from storage.queries.senders import Sender, may_greet
from storage.session import Session

_OWN_PAGE: Final = "web"
_MINUTE: Final = timedelta(minutes=1)
_GREETING_HOLDS: Final = timedelta(minutes=5)
_REST_IS_TOLD_EVERY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Somebody joined; `is_new` unless they were on the books before, by another channel or another role.

    `took_over` is the hand-over that ends with it.
    """

    person: PersonId
    name: str
    invitation: Invitation
    is_new: bool
    took_over: HandOver | None = None

    @property
    def title(self) -> str:
        """What they were appointed to, in words."""
        return title_of(self.invitation.role, self.invitation.unit)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is answered: the same was said a short while ago, or nobody is there any more to be answered."""


def greet(session: Session, sender: Sender, now: datetime) -> bool:
    """Whether a stranger is told now how to join: once in five minutes at most."""
    return may_greet(session, sender.address_id, now, now - _GREETING_HOLDS)


def enrol(
    session: Session, sender: Sender, text: str, *, now: datetime, today: date
) -> Enrolled | CodeNotGood | TooManyCodes | Quiet | None:
    """Try a text as an invitation's code; None when it is not one, or may as well be somebody's words.

    A refusal is answered, not raised: the wrong code that it counts has to stay counted.
    """
    code = _code_of(sender, text)
    if code is None and not (sender.person is None and is_nearly_code(text)):
        return None
    tries = invitations.tries_of(session, sender.address_id)
    if tries.resting_until is not None and now < tries.resting_until:
        return _still_resting(session, sender, tries.resting_until, now)
    invitation = None if code is None else invitations.by_hash(session, hash_of(code))
    if invitation is None or not _fits(invitation, sender, tries, now):
        return _count_wrong(session, sender, tries, now)
    known = _known(session, invitation, sender, tries)
    if _would_read_another(sender, tries, known):
        return _end_session(session, sender, tries, now)
    return _join(session, sender, invitation, known, now=now, today=today)


def _code_of(sender: Sender, text: str) -> Code | None:
    """The code in a text; what somebody known says among words is not for joining."""
    if sender.person is None:
        return code_in(text)
    return normalise(text) if is_plainly_code(text) else None


def _still_resting(session: Session, sender: Sender, until: datetime, now: datetime) -> TooManyCodes | Quiet:
    if not may_greet(session, sender.address_id, now, now - _REST_IS_TOLD_EVERY):
        return Quiet()
    return TooManyCodes(minutes=-(-(until - now) // _MINUTE))


def _fits(invitation: Invitation, sender: Sender, tries: Tries, now: datetime) -> bool:
    """Whether whoever is behind the address may use this invitation."""
    if invitation.used_by is not None and invitation.used_by == tries.person:
        return True  # the same tap once more
    if not invitation.is_open(now):
        return False
    if sender.person is None:
        return True
    # Somebody's address: another person's code, forwarded and tapped by mistake, is not used up.
    if invitation.person is not None:
        return invitation.person == sender.person.id
    return invitation.name is None or bare(invitation.name) == bare(sender.person.name)


def _known(session: Session, invitation: Invitation, sender: Sender, tries: Tries) -> PersonId | None:
    """Who joins, if they are on the books: an address whose owner left may have passed to somebody else."""
    if invitation.person is not None:
        return invitation.person
    if sender.person is not None or invitation.used_by is not None:
        return tries.person
    if tries.person is None or invitation.name is None:
        return None
    same = bare(people.name_of(session, tries.person) or "") == bare(invitation.name)
    return tries.person if same else None


def _would_read_another(sender: Sender, tries: Tries, known: PersonId | None) -> bool:
    """Whether whoever joins would be shown on our own page what somebody else had said there, whose office has ended."""
    return sender.channel == _OWN_PAGE and tries.person is not None and tries.person != known


def _end_session(session: Session, sender: Sender, tries: Tries, now: datetime) -> Quiet:
    """End the session of whoever was there before: the page begins a new one, where the code is good as ever."""
    if tries.person is not None:
        channels.leave_web(session, tries.person)
        audit.note(session, "end web sessions", at=now, person=tries.person, subject=_where(sender))
    return Quiet()


def _count_wrong(session: Session, sender: Sender, tries: Tries, now: datetime) -> CodeNotGood | TooManyCodes:
    wrong = tries.wrong + 1
    audit.note(session, "try wrong code", at=now, person=tries.person, subject=_where(sender))
    if wrong < WRONG_CODES:
        invitations.keep_tries(session, sender.address_id, wrong, None)
        return CodeNotGood()
    invitations.keep_tries(session, sender.address_id, 0, now + REST)
    return TooManyCodes(minutes=REST // _MINUTE)


def _join(
    session: Session,
    sender: Sender,
    invitation: Invitation,
    known: PersonId | None,
    *,
    now: datetime,
    today: date,
) -> Enrolled:
    name = invitation.name or title_of(invitation.role, invitation.unit)
    person = known or people.add(session, name, now)
    took_over: HandOver | None = None
    if invitation.used_at is None:
        invitations.mark_used(session, invitation.id, person, now)
        if invitation.phone is not None:
            people.keep_phone(session, person, invitation.phone)
        secret_words.forget(session, [invitation.id])
        people.appoint(session, person, invitation.unit.id, invitation.role, since=today, at=now)
        took_over = _take_over(session, invitation, person, now=now, today=today)
        audit.note(
            session,
            "join",
            at=now,
            person=person,
            unit=invitation.unit.id,
            subject=_where(sender),
            details={"invitation": invitation.id, "role": invitation.role.value},
        )
    invitations.bind(session, sender.address_id, person)
    return Enrolled(
        person=person,
        name=people.name_of(session, person) or name,
        invitation=invitation,
        is_new=known is None,
        took_over=took_over,
    )


def _take_over(
    session: Session, invitation: Invitation, person: PersonId, *, now: datetime, today: date
) -> HandOver | None:
    """End the office of whoever handed it over: not before now, so that the unit was never without a secretary."""
    hand_over = hand_overs.of_invitation(session, invitation.id)
    if hand_over is None or hand_over.person == person:
        return None
    people.end(session, hand_over.appointment, today)
    hand_overs.end(session, hand_over.id, now)
    return hand_over


def _where(sender: Sender) -> str:
    return f"{sender.channel}:{sender.address}"
