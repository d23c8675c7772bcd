"""How many messages channels have taken in a month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.sql.dml import ReturningInsert

from storage.dialect import dialect_of, insert_for
from storage.session import Session
from storage.tables import sent_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCount:
    """Messages that a channel has taken, and those that it refused because there were too many."""

    sent: int = 0
    refused: int = 0


_COUNT = select(sent_counts.c.sent, sent_counts.c.refused).where(
    sent_counts.c.channel == bindparam("on"), sent_counts.c.month == bindparam("in_month")
)


def count_of(session: Session, channel: str, month: str) -> SentCount:
    """What a channel has taken in a month («2022-03»)."""
    row = session.execute(_COUNT, {"on": channel, "in_month": month}).first()
    return SentCount() if row is None else SentCount(sent=row.sent, refused=row.refused)


def add(session: Session, channel: str, month: str, more: SentCount) -> SentCount:
    """Count more messages of a month; answers what they come to."""
    values = {"channel": channel, "month": month, "sent": more.sent, "refused": more.refused}
    row = session.execute(_add(dialect_of(session)), values).one()
    return SentCount(sent=row.sent, refused=row.refused)


@cache
def _add(dialect: str) -> ReturningInsert[Any]:
    fresh = insert_for(dialect, sent_counts)
    sums = {name: sent_counts.c[name] + fresh.excluded[name] for name in ("sent", "refused")}
    counted = fresh.on_conflict_do_update(index_elements=["channel", "month"], set_=sums)
    return counted.returning(sent_counts.c.sent, sent_counts.c.refused)
