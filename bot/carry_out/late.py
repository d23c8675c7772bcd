"""What comes after a quarter's close: taken with a reason alone, and kept as an amendment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.carry_out.act import Act
from domain.closing import written_at
from domain.errors import ReasonNeeded
from domain.period import Quarter
from storage.queries.periods import periods_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An act as it enters the books, after any closing that did not see it, and which of its quarters are closed."""

    act: Act
    late: frozenset[Quarter]


def taken(session: Session, quarters: Iterable[Quarter], act: Act, said_on: date | None = None) -> Taken:
    """Refuse what has not begun, and a closed quarter where the act has no reason; `said_on` where not on its own day.

    The unit is locked before: whoever closes the quarter in between has to wait, or is seen here.
    """
    periods, today = periods_of(session), said_on or act.office.day_of(act.said_at)
    late, at = set[Quarter](), act.at
    for quarter in quarters:
        period = periods.begun(quarter, today)
        if period.is_closed(today):
            if act.because is None:
                raise ReasonNeeded(quarter, period.last_day)
            late.add(quarter)
        at = max(at, written_at(period, at))
    because = act.because if late else None
    return Taken(act=replace(act, at=at, because=because), late=frozenset(late))


def taken_in_time(session: Session, quarter: Quarter, act: Act) -> Act:
    """The same of what a closed quarter takes no more, whatever the reason: its filing."""
    periods, today = periods_of(session), act.office.day_of(act.said_at)
    period = periods.begun(quarter, today)
    period.must_be_open(today)
    return replace(act, at=written_at(period, act.at))
