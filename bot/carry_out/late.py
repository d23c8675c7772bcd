"""What comes after a quarter's close: taken with a reason alone, and kept as an amendment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.carry_out.act import Act
from domain.errors import ReasonNeeded
from domain.period import Quarter
from storage.queries.periods import periods_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An act as it enters the books, with its reason where one of its quarters is closed, and which ones are."""

    act: Act
    late: frozenset[Quarter]


def taken(session: Session, quarters: Iterable[Quarter], act: Act, said_on: date | None = None) -> Taken:
    """Refuse what has not begun, and a closed quarter where the act has no reason; `said_on` where not on its own day.

    The unit is locked before: whoever closes the quarter in between has to wait, or is seen here.
    """
    periods, today = periods_of(session), said_on or act.office.day_of(act.said_at)
    late = set[Quarter]()
    for quarter in quarters:
        period = periods.begun(quarter, today)
        if period.is_closed(today):
            if act.because is None:
                raise ReasonNeeded(quarter, period.last_day)
            late.add(quarter)
    because = act.because if late else None
    return Taken(act=replace(act, because=because), late=frozenset(late))


def must_be_open(session: Session, quarter: Quarter, act: Act) -> None:
    """Refuse what a closed quarter takes no more, whatever the reason: its filing."""
    today = act.office.day_of(act.said_at)
    periods_of(session).must_be_open(quarter, today)
