"""Telling others of what was done: a notice into their outbox, in the same transaction.

A notice offers no choices: somebody else's dialogue is theirs, and it is not locked here. Its words say what to type.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.carry_out.act import Act
from domain.organisation import UnitId
from domain.people import PersonId, Role
from messages.channel import OutgoingMessage
from messages.say import Hearer, Say, say
from storage.queries import outbox, secret_words
from storage.queries.outbox import Draft
from storage.queries.recipients import Reached, recipients, where_reached
from storage.session import Session


def tell_person(session: Session, person: PersonId, words: Say, key: str, act: Act) -> bool:
    """Tell somebody, at the address used last; says whether there is one."""
    reached = where_reached(session, person)
    if reached is not None:
        _put(session, reached, words, key, act)
    return reached is not None


def tell_holders(
    session: Session,
    roles: Collection[Role],
    words: Say,
    key: str,
    act: Act,
    units: Collection[UnitId] | None = None,
) -> int:
    """Tell everybody who holds one of the roles, at one of the units if given, once each; answers how many."""
    found = recipients(session, roles, act.office.day_of(act.at), units)
    reached = {recipient.person: at for recipient, at in found if recipient.person != act.person.id}
    for each in reached.values():
        _put(session, each, words, key, act)
    return len(reached)


def _put(session: Session, reached: Reached, words: Say, key: str, act: Act) -> None:
    message = say([words], Hearer.on(reached.channel, act.office))
    draft = Draft(
        address_id=reached.address_id,
        kind="notice",
        text=message.text,
        key=_key(key, reached, message),
        about=dict(outbox.COURTESY) if message.is_courtesy else None,
        inbox_id=act.inbox_id,
    )
    outbox.put_once(session, draft, act.at)


def _key(key: str, reached: Reached, message: OutgoingMessage) -> str:
    """The key that makes a notice unique; one that shows a code has the key by which its words are forgotten."""
    if message.invitation is None:
        return f"{key}:{reached.address_id}"
    return secret_words.key_of(message.invitation, reached.channel, "notice")
