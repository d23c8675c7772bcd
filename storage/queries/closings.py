"""Closing and reopening a quarter's books; each is a row, and a closing keeps the roll-up of its moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.closing import ClosingKind, Period
from domain.deed import Deed
from domain.office import Office
from domain.organisation import UnitKind
from domain.period import Quarter
from domain.rollup_json import rollup_json
from storage.dialect import dialect_of, insert_or
from storage.queries import audit
from storage.queries.admissions import Origin
from storage.queries.periods import date_closed, periods_of
from storage.queries.rollup import roll_up
from storage.session import Session
from storage.tables import closings, units

_LOCK = (
    select(units.c.id)
    .where(units.c.kind == UnitKind.GRASSROOTS.value)
    .order_by(units.c.id)
    .with_for_update(key_share=True)
)
_END = (
    update(closings)
    .where(closings.c.quarter == bindparam("of"), closings.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
)
_FREEZE = (
    update(closings).where(closings.c.id == bindparam("closing")).values(snapshot=bindparam("as_it_stands"))
)
_LAST_DAY = select(closings.c.last_day).where(closings.c.id == bindparam("word"))
_SNAPSHOT = select(closings.c.snapshot).where(closings.c.id == bindparam("closing"))


def lock_quarters(session: Session) -> None:
    """Let no unit's books be written, and no quarter be closed or reopened, until the end of the transaction.

    Reports that are under way come in before; those that wait see afterwards what the quarter has come to.
    """
    if dialect_of(session) == "postgresql":
        session.execute(_LOCK)


def close_overdue(session: Session, now: datetime, office: Office) -> None:
    """Close the quarters whose last day is over, each with the roll-up as it stood then.

    The quarters must be locked.
    """
    for period in periods_of(session).overdue(office.day_of(now)):
        at = date_closed(session, period, now, office.timezone)
        closing = close(session, period, at, period.last_day, office)
        if closing is not None:
            details: dict[str, object] = {"closing": closing, "at": at.isoformat()}
            audit.note(
                session, Deed.CLOSE_QUARTER.value, at=now, subject=period.quarter.code, details=details
            )


def close(
    session: Session,
    period: Period,
    at: datetime,
    last: date,
    office: Office,
    origin: Origin | None = None,
    undone: str | None = None,
) -> int | None:
    """Close a quarter with the roll-up of that moment, and answer the row's id; None when somebody else just has.

    `last` is the last day on which reports were taken; without an `origin` it is the date that closes it. By
    `undone`, why, the reopening before it is taken back. The quarters must be locked, and `period` read afterwards.
    """
    if period.word is not None:
        _end(session, period.quarter, at)
    closing = _put(session, period.quarter, ClosingKind.CLOSED, at, last, undone, origin)
    if closing is not None:
        snapshot = rollup_json(roll_up(session, period.quarter, at, office), office.timezone)
        session.execute(_FREEZE, {"closing": closing, "as_it_stands": snapshot})
    return closing


def reopen(session: Session, period: Period, last: date, reason: str | None, origin: Origin) -> int | None:
    """Let a quarter take reports again until a day, and answer the row's id; the word before it ends.

    Without a reason the closing is taken back. The quarters must be locked, and `period` read afterwards.
    """
    _end(session, period.quarter, origin.at)
    return _put(session, period.quarter, ClosingKind.REOPENED, origin.at, last, reason, origin)


def last_day_of(session: Session, word: int) -> date:
    """The last day on which reports were taken, or were to be taken again, by a word on a quarter, now or before."""
    found: date = session.execute(_LAST_DAY, {"word": word}).scalar_one()
    return found


def snapshot_of(session: Session, closing: int) -> dict[str, Any]:
    """The roll-up that a closing has kept, as programs read it."""
    found: dict[str, Any] = session.execute(_SNAPSHOT, {"closing": closing}).scalar_one()
    return found


def _end(session: Session, quarter: Quarter, at: datetime) -> None:
    session.execute(_END, {"of": quarter, "at": at})


def _put(
    session: Session,
    quarter: Quarter,
    kind: ClosingKind,
    at: datetime,
    last: date,
    reason: str | None,
    origin: Origin | None,
) -> int | None:
    row = {
        "quarter": quarter,
        "kind": kind.value,
        "last_day": last,
        "reason": reason,
        "from_at": at,
        "by_person_id": None if origin is None else origin.person,
        "inbox_id": None if origin is None else origin.inbox_id,
    }
    statement = insert_or(session, closings).values(row).on_conflict_do_nothing().returning(closings.c.id)
    found: int | None = session.execute(statement).scalar()
    return found
