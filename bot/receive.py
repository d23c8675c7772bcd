"""The whole route of one message; read it top to bottom."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.access.enrol import Enrolled, Quiet, enrol, greet
from bot.access.welcome import standing_of
from bot.carry_out import Act, carry_out
from bot.carry_out.hand_overs import tell_taken_over
from bot.carry_out.invitations import tell_inviter
from bot.dialogue.desk import Desk, Hear
from bot.dialogue.meant import number_typed
from bot.dialogue.turn import Turn
from domain.commands import Command
from domain.deadline import Timetable
from domain.errors import CodeNotGood, Refused, TooManyCodes
from domain.links import Links
from domain.office import Office
from domain.people import Person
from messages.channel import IncomingMessage, MessageKind, OutgoingMessage
from messages.redact import redacted, redacted_json
from messages.say import Hearer, Say, say
from messages.understand.identity import holds_id_number
from messages.words_of import refusal_words
from scheduler.days_off import timetable_of
from storage.queries import audit, failovers, inbox, outbox, secret_words, senders
from storage.queries.inbox import Arrival
from storage.queries.outbox import Draft
from storage.queries.senders import Sender
from storage.session import Session

LEASE: Final = timedelta(seconds=30)
"""How long a reply belongs to the process that wrote it."""

_WORDS: Final = frozenset({MessageKind.TEXT, MessageKind.EDIT})


def _everywhere(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the route needs besides the books: the office's rules, understanding, the clock, this process's name.

    `delivers` tells on which channels this process delivers now: a reply on another one is left to who does.
    `links` are those that an invitation is opened with; `below(n)` is a number under n that nobody can foresee.
    `timetable` holds the hours fit for speaking; without one those that are shipped.
    """

    office: Office
    hear: Hear
    now: Callable[[], datetime]
    process: str
    delivers: Callable[[str], bool] = _everywhere
    links: Callable[[], Links] = Links
    below: Callable[[int], int] = secrets.randbelow
    timetable: Timetable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that was put into the outbox, for delivery to take over at once after the commit."""

    outbox_id: int
    address_id: int
    channel: str
    address: str
    message: OutgoingMessage


def receive(session: Session, incoming: IncomingMessage, house: House) -> Reply | None:
    """Take one message from «it came» to «it is in the books and its answer in the outbox»."""
    now = house.now()
    incoming = replace(incoming, text=storable(incoming.text))
    sender = whose(session, incoming, house)
    inbox_id = inbox.accept(session, arrival(incoming, sender.address_id, now))
    if inbox_id is None:
        return None  # seen before
    if incoming.kind is MessageKind.BOT:
        return None  # two programs would never stop
    if incoming.kind in (MessageKind.BLOCKED, MessageKind.UNBLOCKED):
        _come_or_gone(session, sender, incoming.kind, now)
        return None
    if sender.blocked:
        senders.mark_blocked(session, sender.address_id, None)
    answer = _answer(session, incoming, sender, inbox_id, house)
    if answer is None:
        return None
    return put_reply(session, answer, sender, inbox_id, house)


def _come_or_gone(session: Session, sender: Sender, kind: MessageKind, now: datetime) -> None:
    """Note that somebody has blocked us at an address, or is back; what waits for them goes by another one, if any."""
    senders.mark_blocked(session, sender.address_id, now if kind is MessageKind.BLOCKED else None)
    if kind is MessageKind.BLOCKED:
        failovers.redirect_all(session, sender.address_id, "người nhận đã chặn", now)


def whose(session: Session, incoming: IncomingMessage, house: House) -> Sender:
    """Who wrote, with the appointments held today.

    Not those of the day it was sent: that day is the sender's own word on some channels, and an appointment that
    was ended must be of no more use.
    """
    address, today = incoming.sender, house.office.day_of(house.now())
    return senders.sender_of(session, address.channel, address.value, today)


def arrival(incoming: IncomingMessage, address_id: int, now: datetime) -> Arrival:
    """The message as the inbox keeps it: without the number of anybody's identity card."""
    tap = incoming.tap
    text, raw = storable(incoming.text), storable(incoming.raw)
    kept = redacted(text)
    plain = kept == text and incoming.kind in (MessageKind.TEXT, MessageKind.CHOICE)
    return Arrival(
        channel=incoming.channel,
        external_id=incoming.external_id,
        address_id=address_id,
        kind=incoming.kind.value,
        text=kept,
        tap=None if tap is None else {"question": tap.question, "number": tap.number},
        message_ref=incoming.message_ref or None,
        sent_at=incoming.at,
        received_at=now,
        raw=redacted_json(raw, thoroughly=not plain),
    )


def storable(text: str) -> str:
    """The text without what no database can keep: the character NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _answer(
    session: Session, incoming: IncomingMessage, sender: Sender, inbox_id: int, house: House
) -> OutgoingMessage | None:
    hearer = Hearer.on(sender.channel, house.office)
    if incoming.kind is MessageKind.GROUP:
        return say([Say("talk/group")], hearer) if greet(session, sender, house.now()) else None
    now = house.now()
    tried = enrol(session, sender, incoming.text, now=now, today=house.office.day_of(now))
    match tried:
        case Enrolled():
            return _welcome(session, incoming, tried, inbox_id, house)
        case CodeNotGood() | TooManyCodes():
            return say([refusal_words(tried)], hearer)
        case Quiet():
            return None
        case None if sender.person is None:
            words = _to_nobody(session, sender, house)
            return say([words], hearer) if greet(session, sender, house.now()) else None
        case None:
            return _talk(session, incoming, sender.person, inbox_id, house)


def _to_nobody(session: Session, sender: Sender, house: House) -> Say:
    """What a stranger is told, and what somebody is told whose office has ended."""
    ended = senders.last_ended(session, sender.address_id, house.office.day_of(house.now()))
    facts: dict[str, object] = {"office": house.office.name}
    return Say("enrolment/ended", {**facts, "ended": ended}) if ended else Say("enrolment/hello", facts)


def _welcome(
    session: Session, incoming: IncomingMessage, joined: Enrolled, inbox_id: int, house: House
) -> OutgoingMessage | None:
    """Greet somebody who joined, with the menu of what they can begin, or with what they had begun before."""
    # The address was nobody's when it was locked: its person, who may write from another one, is locked now.
    senders.lock_senders(session, [(incoming.sender.channel, incoming.sender.value)], house.now(), wrote=True)
    sender = whose(session, incoming, house)
    hearer = Hearer.on(sender.channel, house.office)
    words = Say("enrolment/joined", {"name": joined.name, "title": joined.title, "is_new": joined.is_new})
    if sender.person is None:  # the appointment has ended since
        return say([words], hearer)
    act = _act(sender.person, incoming, inbox_id, house)
    if joined.took_over is not None:
        tell_taken_over(session, joined.took_over, act)
    if joined.invitation.used_at is None:
        tell_inviter(session, joined.invitation, joined.name, act)
    desk = _desk(session, sender.person, incoming, house)
    day = house.office.day_of(house.now())
    standing = standing_of(session, joined.invitation, house.office, day)
    turn = desk.resume().saying_first(words, *([standing] if standing else []))
    desk.keep(turn)
    return _said(turn, hearer)


def _act(person: Person, incoming: IncomingMessage, inbox_id: int, house: House) -> Act:
    return Act(
        person=person,
        inbox_id=inbox_id,
        said_at=incoming.at,
        at=house.now(),
        office=house.office,
        links=house.links(),
        below=house.below,
    )


def _desk(session: Session, person: Person, incoming: IncomingMessage, house: House) -> Desk:
    return Desk(
        session=session,
        person=person,
        message=incoming,
        now=house.now(),
        office=house.office,
        hear=house.hear,
        timetable=house.timetable or timetable_of(house.office),
    )


def _talk(
    session: Session,
    incoming: IncomingMessage,
    person: Person,
    inbox_id: int,
    house: House,
) -> OutgoingMessage | None:
    desk = replace(_desk(session, person, incoming, house), inbox_id=inbox_id)
    if holds_id_number(incoming.text) and incoming.kind in _WORDS:
        return say([Say("talk/id_number")], Hearer.on(incoming.sender.channel, house.office))
    turn = desk.advance()
    if turn.taken is not None and (tap := _tapped(incoming)):
        inbox.name_tap(session, inbox_id, {**tap, "label": turn.taken.label})
    if turn.command is not None:
        act = replace(_act(person, incoming, inbox_id, house), line_id=turn.line)
        turn = desk.carry_on(turn, _done(session, turn.command, act))
    desk.keep(turn)
    for shown in filter(None, (part.seen for part in turn.says)):
        audit.note(session, "see", at=house.now(), person=person.id, inbox_id=inbox_id, subject=shown)
    return _said(turn, Hearer.on(incoming.sender.channel, house.office))


def _tapped(incoming: IncomingMessage) -> dict[str, object]:
    """What the books hold of a choice taken by its number, tapped or typed; words speak for themselves."""
    if incoming.tap is not None:
        return {"question": incoming.tap.question, "number": incoming.tap.number}
    number = number_typed(incoming.text)
    return {} if number is None else {"number": number}


def _said(turn: Turn, hearer: Hearer) -> OutgoingMessage | None:
    """The words of a turn, with the choices that wait after it; None for silence."""
    if not turn.says:
        return None
    waiting = turn.state.waiting
    return say(turn.says, hearer, waiting.choices, waiting.question) if waiting else say(turn.says, hearer)


def _done(session: Session, command: Command, act: Act) -> Say:
    try:
        return carry_out(session, command, act)
    except Refused as refused:
        return refusal_words(refused)


def put_reply(
    session: Session, message: OutgoingMessage, sender: Sender, inbox_id: int, house: House
) -> Reply:
    """Put an answer into the outbox, leased from birth to this process if it delivers there."""
    now = house.now()
    ours = house.delivers(sender.channel)
    shows = message.invitation
    draft = Draft(
        address_id=sender.address_id,
        key=None if shows is None else secret_words.key_of(shows, sender.channel, "reply"),
        kind="reply",
        text=message.text,
        choices=tuple((choice.value, choice.label) for choice in message.choices),
        question=message.question,
        about=dict(outbox.COURTESY) if message.is_courtesy else None,
        encloses=message.encloses,
        inbox_id=inbox_id,
        leased_by=house.process if ours else None,
        leased_until=now + LEASE if ours else None,
    )
    outbox_id = outbox.put(session, draft, now)
    return Reply(
        outbox_id=outbox_id,
        address_id=sender.address_id,
        channel=sender.channel,
        address=sender.address,
        message=message,
    )
