"""Messages on their way: leased, settled, or left for later. Messages to one address keep their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, assert_never

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    true,
    update,
)

from domain.enclosure import Enclosure
from storage.enclosures import from_stored
from storage.queries import audit
from storage.queries.failovers import redirect, redirect_all
from storage.queries.outbox import PATIENCE
from storage.queries.secret_words import ONCE_SETTLED
from storage.session import Session
from storage.tables import addresses, outbox

# Written out, not bound: only so does a database see that its index of waiting messages will do.
WAITING: Final[ColumnElement[str]] = literal_column("'waiting'", String())
AT_ANY_HOUR: Final = ("reply", "notice", "mailing")
"""The kinds of message that somebody has asked for, or sent by hand; all others wait until people may be spoken to."""
_BY_HAND: Final = "mailing:"
"""How the keys begin of what an officer has sent, who chose the hour."""
_CHAIN: Final = 20
"""How many messages to one address are leased at once."""
_REPLY: Final = "reply"
_REASON: Final = 500
"""As much of a reason as is kept, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A waiting message that a process has taken on; `choices` are (value, label) pairs."""

    id: int
    address_id: int
    channel: str
    address: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...]
    question: str
    about: dict[str, object] | None
    encloses: Enclosure | None
    attempts: int
    leased_until: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The channel took it, as `count` messages of its own.

    A reason that stands from a try before stays: it tells of a possible repetition.
    """

    id: int
    receipt: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """It is tried again from `due_at` on; `tried` is 0 where the try does not count.

    `count`, here and below: so many of the channel's own messages went out for it all the same.
    """

    id: int
    due_at: datetime
    reason: str
    tried: int = 1
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """It was not tried: whoever comes first may lease it, from `due_at` on."""

    id: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """It will not be sent at this address; `over_quota`: because the channel takes no more this month."""

    id: int
    reason: str
    over_quota: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """Nobody can be reached at the address; the message goes by another one, or waits for the person to come back."""

    id: int
    address_id: int
    reason: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The address has a new value; the message is sent there."""

    id: int
    address_id: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """A message that was given up, and under which question its choices wait; empty where it had none."""

    id: int
    address_id: int
    question: str


Outcome = Sent | Postponed | Released | GivenUp | Blocked | Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What was leased at once: for each address in order. `whole`: the addresses for which nothing else waits.

    `more`: messages to further addresses are due.
    """

    rows: tuple[Leased, ...]
    whole: frozenset[int]
    more: bool


def lease(
    session: Session,
    channel: str,
    *,
    by: str,
    now: datetime,
    until: datetime,
    most: int,
    quiet: bool = False,
) -> Lot:
    """Take on what is due for at most `most` addresses, the longest due first, for `by` alone until `until`.

    A message goes only with all that wait before it for its address; a blocked address is passed over. In `quiet` hours
    what nobody has asked for waits, unless a reply waits for the same address: then the person is there.
    """
    heads = session.execute(_due_heads(channel, now, quiet).limit(most)).all()
    if not heads:
        return Lot(rows=(), whole=frozenset(), more=False)
    chains: dict[int, list[dict[str, Any]]] = {address_id: [] for _, address_id in heads}
    whole = set(chains)
    waiting = session.execute(_waiting_for(chains.keys())).mappings().all()
    asleep = whole - {row["address_id"] for row in waiting if row["kind"] == _REPLY} if quiet else set()
    for row in waiting:
        chain = chains[row["address_id"]]
        held = row["address_id"] in asleep and _keeps_hours(row)
        if row["address_id"] in whole and _is_free(row, now) and not held and len(chain) < _CHAIN:
            chain.append(dict(row))
        else:
            whole.discard(row["address_id"])
    leased = tuple(_leased(row, until) for chain in chains.values() for row in chain)
    ids = [row.id for row in leased]
    session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(leased_by=by, leased_until=until))
    return Lot(rows=leased, whole=frozenset(whole), more=len(heads) == most)


def _keeps_hours(row: RowMapping) -> bool:
    return row["kind"] not in AT_ANY_HOUR and not (row["key"] or "").startswith(_BY_HAND)


def may_leave_at_night() -> ColumnElement[bool]:
    """What was asked for, or sent by hand; and what waits before a reply."""
    reply = outbox.alias("reply")
    is_there = exists().where(
        reply.c.address_id == outbox.c.address_id, reply.c.state == WAITING, reply.c.kind == _REPLY
    )
    return or_(outbox.c.kind.in_(AT_ANY_HOUR), outbox.c.key.startswith(_BY_HAND), is_there)


def is_first() -> ColumnElement[bool]:
    """Whether nothing waits before a message for its address."""
    earlier = outbox.alias("earlier")
    return ~exists().where(
        earlier.c.address_id == outbox.c.address_id, earlier.c.state == WAITING, earlier.c.id < outbox.c.id
    )


def can_be_reached(channel: str) -> ColumnElement[bool]:
    """Whether a message is of a channel, and nobody has blocked us at its address."""
    # Asked of each message in the order of the index, until there are enough: a join would first gather all.
    return exists().where(
        addresses.c.id == outbox.c.address_id,
        addresses.c.channel == channel,
        addresses.c.blocked_at.is_(None),
    )


def still_waits(now: datetime) -> ColumnElement[bool]:
    """Whether a message is neither settled nor out of date."""
    return and_(outbox.c.state == WAITING, outbox.c.expires_at > now)


def _due_heads(channel: str, now: datetime, quiet: bool) -> Select[Any]:
    """The first waiting message of each address, where it is due."""
    return (
        select(outbox.c.id, outbox.c.address_id)
        .where(
            still_waits(now),
            outbox.c.due_at <= now,
            or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
            can_be_reached(channel),
            is_first(),
            may_leave_at_night() if quiet else true(),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .with_for_update(of=outbox, skip_locked=True)
    )


def _waiting_for(address_ids: Collection[int]) -> Select[Any]:
    columns = [outbox.c[name] for name in Leased.__slots__ if name not in ("channel", "address")]
    return (
        select(
            *columns, outbox.c.key, outbox.c.due_at, addresses.c.channel, addresses.c.value.label("address")
        )
        .join(addresses, addresses.c.id == outbox.c.address_id)
        .where(outbox.c.address_id.in_(address_ids), outbox.c.state == WAITING)
        .order_by(outbox.c.id)
    )


def _is_free(row: RowMapping, now: datetime) -> bool:
    leased_until = row["leased_until"]
    return bool(row["due_at"] <= now and (leased_until is None or leased_until <= now))


def _leased(row: dict[str, Any], until: datetime) -> Leased:
    choices = tuple((value, label) for value, label in row["choices"])
    row = {**row, "choices": choices, "encloses": from_stored(row["encloses"]), "leased_until": until}
    return Leased(**{name: row[name] for name in Leased.__slots__})


def record(session: Session, outcomes: Sequence[Outcome], *, by: str, at: datetime) -> tuple[Lapsed, ...]:
    """Write down what has become of messages that `by` had leased; answers those that were given up.

    What one address cannot be brought goes by another address of its person, once.
    Those that are settled already stay as they are; so do those that somebody else has leased since,
    unless they were sent.
    """
    lapsed: list[Lapsed] = []
    _mark_sent(session, [outcome for outcome in outcomes if isinstance(outcome, Sent)], at)
    for outcome in outcomes:
        match outcome:
            case Sent():
                pass
            case Postponed(reason=reason, tried=tried):
                values = {"reason": reason[:_REASON], "attempts": outbox.c.attempts + tried}
                _free(session, outcome.id, by, outcome.due_at, **values)
            case Released():
                _free(session, outcome.id, by, outcome.due_at)
            case GivenUp(reason=reason):
                lapsed += _redirect_or_give_up(session, outcome.id, reason, at, by)
            case Blocked(reason=reason):
                values = {"reason": reason[:_REASON], "attempts": outbox.c.attempts + 1}
                _free(session, outcome.id, by, at, **values)
                _block(session, outcome.address_id, reason, at)
                redirect_all(session, outcome.address_id, reason[:_REASON], at, by)
            case Moved(value=value):
                _free(session, outcome.id, by, at)
                _move(session, outcome.address_id, value, at)
            case _:
                assert_never(outcome)
    return tuple(lapsed)


def _mark_sent(session: Session, sent: Sequence[Sent], at: datetime) -> None:
    if not sent:
        return
    session.execute(
        update(outbox)
        .where(outbox.c.id == bindparam("sent_id"), outbox.c.state == WAITING)
        .values(
            state="sent",
            text=ONCE_SETTLED,
            receipt=bindparam("sent_receipt"),
            settled_at=at,
            attempts=outbox.c.attempts + 1,
            leased_by=None,
            leased_until=None,
        ),
        [{"sent_id": one.id, "sent_receipt": one.receipt} for one in sent],
    )


def _free(session: Session, id_: int, by: str, due_at: datetime, **values: object) -> None:
    """Let a message of `by` wait, leased to nobody, until `due_at`."""
    own = update(outbox).where(outbox.c.id == id_, outbox.c.state == WAITING, outbox.c.leased_by == by)
    session.execute(own.values(due_at=due_at, leased_by=None, leased_until=None, **values))


def _is_in_other_hands(session: Session, id_: int, by: str, at: datetime) -> bool:
    """Whether another process than `by` has leased a message since, whose word on it is to come."""
    held = (outbox.c.id == id_, outbox.c.leased_by != by, outbox.c.leased_until > at)
    return session.execute(select(outbox.c.id).where(*held)).first() is not None


def _redirect_or_give_up(session: Session, id_: int, reason: str, at: datetime, by: str) -> list[Lapsed]:
    if _is_in_other_hands(session, id_, by, at):
        return []
    return [] if redirect(session, id_, reason[:_REASON], at) else _give_up(session, id_, reason, at)


def _give_up(session: Session, id_: int, reason: str, at: datetime) -> list[Lapsed]:
    failed = session.execute(
        update(outbox)
        .where(outbox.c.id == id_, outbox.c.state == WAITING)
        .values(
            state="failed",
            text=ONCE_SETTLED,
            reason=reason[:_REASON],
            settled_at=at,
            attempts=outbox.c.attempts + 1,
            leased_by=None,
            leased_until=None,
        )
        .returning(outbox.c.address_id, outbox.c.question)
    ).first()
    if failed is None:
        return []
    audit.note(session, "give up message", at=at, subject=f"outbox:{id_}", details={"reason": reason})
    return [Lapsed(id=id_, address_id=failed.address_id, question=failed.question)]


def _block(session: Session, address_id: int, reason: str, at: datetime) -> None:
    blocked = session.execute(
        update(addresses)
        .where(addresses.c.id == address_id, addresses.c.blocked_at.is_(None))
        .values(blocked_at=at)
        .returning(addresses.c.person_id)
    ).first()
    if blocked is not None:
        details: dict[str, object] = {"reason": reason}
        subject = f"address:{address_id}"
        audit.note(session, "lose address", at=at, person=blocked[0], subject=subject, details=details)


def _move(session: Session, address_id: int, value: str, at: datetime) -> None:
    """Give an address its new value; where that is an address of its own, its messages go there."""
    channel = select(addresses.c.channel).where(addresses.c.id == address_id).scalar_subquery()
    there = session.execute(
        select(addresses.c.id).where(addresses.c.channel == channel, addresses.c.value == value)
    ).scalar()
    if there is None:
        session.execute(update(addresses).where(addresses.c.id == address_id).values(value=value))
    elif there != address_id:
        waiting = update(outbox).where(outbox.c.address_id == address_id, outbox.c.state == WAITING)
        session.execute(waiting.values(address_id=there))
    audit.note(session, "move address", at=at, subject=f"address:{address_id}")


def drop(session: Session, ids: Collection[int], at: datetime) -> None:
    """Settle messages that are true no more without sending them."""
    session.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), outbox.c.state == WAITING)
        .values(state="dropped", text=ONCE_SETTLED, settled_at=at, leased_by=None, leased_until=None)
    )


def reword(session: Session, row: Leased) -> None:
    """Write down the new words and choices of a message that has not been sent."""
    choices = [list(choice) for choice in row.choices]
    session.execute(
        update(outbox)
        .where(outbox.c.id == row.id, outbox.c.state == WAITING)
        .values(text=row.text, choices=choices, question=row.question)
    )


def expire(session: Session, channel: str, at: datetime) -> list[Lapsed]:
    """Give up the messages of a channel whose time is over and that nobody holds; answers which.

    One that was tried in vain for all its time, and is not out of date, goes by another address of its person.
    """
    own = select(addresses.c.id).where(addresses.c.channel == channel)
    over = session.execute(
        select(outbox.c.id, outbox.c.reason, outbox.c.created_at, outbox.c.expires_at).where(
            outbox.c.state == WAITING,
            outbox.c.expires_at <= at,
            or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= at),
            outbox.c.address_id.in_(own),
        )
    ).all()
    given_up: list[Lapsed] = []
    for id_, reason, created_at, expires_at in over:
        lives_on = expires_at - created_at >= PATIENCE  # what has a date of its own is of no use after it
        if lives_on and redirect(session, id_, reason or "", at, at + PATIENCE):
            continue
        given_up += _give_up(session, id_, f"hết hạn gửi ({reason})" if reason else "hết hạn gửi", at)
    return given_up


def free_leases(session: Session, channel: str, is_gone: Callable[[str], bool]) -> int:
    """Free what processes have leased that are gone, for whoever delivers now; answers how many messages."""
    on_channel = outbox.c.address_id.in_(select(addresses.c.id).where(addresses.c.channel == channel))
    leased = select(outbox.c.leased_by).distinct().where(outbox.c.state == WAITING, on_channel)
    holders = session.scalars(leased.where(outbox.c.leased_by.is_not(None))).all()
    gone = [name for name in holders if is_gone(name)]
    if not gone:
        return 0
    theirs = update(outbox).where(outbox.c.state == WAITING, on_channel, outbox.c.leased_by.in_(gone))
    return session.execute(theirs.values(leased_by=None, leased_until=None)).rowcount


def hasten(session: Session, address_ids: Collection[int], due_at: datetime) -> None:
    """Let what waits for these addresses be due since `due_at`, so that it is leased before other messages."""
    session.execute(
        update(outbox)
        .where(outbox.c.address_id.in_(address_ids), outbox.c.state == WAITING)
        .values(due_at=due_at)
    )


def addresses_waited_for(session: Session, channel: str) -> set[int]:
    """The addresses of a channel for which messages wait."""
    return set(
        session.execute(
            select(outbox.c.address_id)
            .join(addresses, addresses.c.id == outbox.c.address_id)
            .where(outbox.c.state == WAITING, addresses.c.channel == channel)
        ).scalars()
    )
