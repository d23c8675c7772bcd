"""Mailings: what is to be said to many at its hour, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, bindparam, case, func, insert, or_, select, update

from domain.mailing import Delivered, Mailing, MailingId, MailingKind, Reach
from domain.people import PersonId
from storage.queries.admissions import Origin
from storage.queries.delivery import WAITING, Lapsed
from storage.queries.secret_words import ONCE_SETTLED
from storage.session import Session
from storage.tables import addresses, mailings, outbox

_DUE = (
    select(mailings)
    .where(mailings.c.due_at <= bindparam("at"), mailings.c.done_at.is_(None), mailings.c.until_at.is_(None))
    .order_by(mailings.c.due_at, mailings.c.id)
    .with_for_update()
)
_BY_ID = select(mailings).where(mailings.c.id == bindparam("mailing")).with_for_update()
_LATEST = select(mailings).order_by(mailings.c.id.desc()).limit(bindparam("most"))
_LAST_MESSAGE = select(func.coalesce(func.max(outbox.c.id), 0))


def put(
    session: Session, kind: MailingKind, details: Mapping[str, Any], due_at: datetime, origin: Origin
) -> Mailing:
    """Write down what is to leave at its hour."""
    row = {
        "kind": kind.value,
        "details": dict(details),
        "due_at": due_at,
        "from_at": origin.at,
        "by_person_id": origin.person,
        "inbox_id": origin.inbox_id,
    }
    made = session.execute(insert(mailings).values(row).returning(mailings)).mappings().one()
    return _mailing(made)


def due(session: Session, at: datetime) -> tuple[Mailing, ...]:
    """What is to leave by now, locked until the end."""
    return tuple(_mailing(row) for row in session.execute(_DUE, {"at": at}).mappings())


def by_id(session: Session, mailing: MailingId) -> Mailing | None:
    """One mailing, locked until the end."""
    row = session.execute(_BY_ID, {"mailing": mailing}).mappings().first()
    return None if row is None else _mailing(row)


def latest(session: Session, most: int) -> tuple[Mailing, ...]:
    """The last mailings, the newest first."""
    return tuple(_mailing(row) for row in session.execute(_LATEST, {"most": most}).mappings())


def last_message(session: Session) -> int:
    """The highest id in the outbox, as this transaction sees it."""
    found: int = session.execute(_LAST_MESSAGE).scalar_one()
    return found


def settle(session: Session, mailing: MailingId, reach: Reach, after: int, at: datetime) -> None:
    """Note that a mailing has been put into the outbox, with ids above `after`."""
    values = {
        "done_at": at,
        "reach": asdict(reach),
        "after_id": after,
        "last_id": last_message(session),
    }
    session.execute(update(mailings).where(mailings.c.id == mailing).values(values))


def take_back(session: Session, mailing: Mailing, at: datetime) -> int | None:
    """Take back what has not left; answers how many messages that was, None where none had been put yet."""
    session.execute(update(mailings).where(mailings.c.id == mailing.id).values(until_at=at))
    if mailing.done_at is None:
        return None
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= at)
    dropped = (
        update(outbox)
        .where(_of(session, mailing), outbox.c.state == WAITING, free)
        .values(state="dropped", text=ONCE_SETTLED, settled_at=at, leased_by=None, leased_until=None)
    )
    return session.execute(dropped).rowcount


_TAKEN_BACK = select(mailings).where(
    mailings.c.until_at > bindparam("since"), mailings.c.done_at.is_not(None)
)


def lapsed_since(session: Session, since: datetime) -> tuple[Lapsed, ...]:
    """The messages with choices that were taken back, after they had been put, by a word younger than a moment."""
    taken_back = [_mailing(row) for row in session.execute(_TAKEN_BACK, {"since": since}).mappings()]
    columns = outbox.c.id, outbox.c.address_id, outbox.c.question
    return tuple(
        Lapsed(id=row.id, address_id=row.address_id, question=row.question)
        for mailing in taken_back
        for row in session.execute(
            select(*columns)
            .where(_of(session, mailing), outbox.c.state == "dropped", outbox.c.question != "")
            .order_by(outbox.c.id)
        )
    )


def delivered(session: Session, mailing: Mailing) -> Delivered:
    """What has become of a mailing's messages."""
    if mailing.done_at is None:
        return Delivered()
    is_blocked = (outbox.c.state == "waiting") & addresses.c.blocked_at.is_not(None)
    fate = case((is_blocked, "blocked"), else_=outbox.c.state).label("fate")
    counted = (
        select(fate, func.count().label("number"))
        .join(addresses, addresses.c.id == outbox.c.address_id)
        .where(_of(session, mailing))
        .group_by(fate)
    )
    found = {row.fate: int(row.number) for row in session.execute(counted)}
    return Delivered(
        sent=found.get("sent", 0),
        waiting=found.get("waiting", 0),
        blocked=found.get("blocked", 0),
        failed=found.get("failed", 0),
        withdrawn=found.get("dropped", 0),
    )


def _of(session: Session, mailing: Mailing) -> ColumnElement[bool]:
    """The messages of a mailing: between two ids, by their keys, for others were put at the same time."""
    bounds = session.execute(
        select(mailings.c.after_id, mailings.c.last_id).where(mailings.c.id == mailing.id)
    ).one()
    between = (outbox.c.id > (bounds.after_id or 0)) & (outbox.c.id <= (bounds.last_id or 0))
    return between & outbox.c.key.startswith(mailing.key, autoescape=True)


def _mailing(row: RowMapping) -> Mailing:
    by = row["by_person_id"]
    return Mailing(
        id=MailingId(row["id"]),
        kind=MailingKind(row["kind"]),
        details=row["details"],
        due_at=row["due_at"],
        from_at=row["from_at"],
        by=None if by is None else PersonId(by),
        done_at=row["done_at"],
        until=row["until_at"],
        reach=None if row["reach"] is None else Reach(**row["reach"]),
    )
