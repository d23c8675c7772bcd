"""What changed of a quarter after its close: told to those who got its first roll-up, merged by the hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.closing import Closing, ClosingKind, closed_since, reasons_between
from domain.office import Office
from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import total
from messages.amendment_words import Amended, amendment_words
from messages.say import Say
from scheduler.unasked import put_unasked
from storage.queries import heartbeats
from storage.queries.changes import changed_between, reasons_of
from storage.queries.periods import closings_of, periods_of
from storage.queries.recipients import Reached, recipients
from storage.queries.rollup import all_progress
from storage.session import Session

HEARTBEAT: Final = "amendments"
KIND: Final = "amendments"
_SEES_ALL: Final = frozenset({Role.DISTRICT, Role.ADMIN})
_FRESH: Final = timedelta(days=7)
"""How long such a message is of use to anybody."""
_SETTLING: Final = timedelta(minutes=2)
"""What was stamped within an hour is in the books so long after it: a transaction may not take half of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A time after a quarter's close of which nobody has been told yet."""

    quarter: Quarter
    since: datetime
    until: datetime
    closings: Sequence[Closing]


def tell(session: Session, now: datetime, office: Office) -> int:
    """Tell what changed until the last full hour of each quarter that is closed; answers how many messages.

    A quarter that takes reports again is told of once it is closed again.
    """
    until = (now - _SETTLING).replace(minute=0, second=0, microsecond=0)
    seen = heartbeats.seen_until(session, HEARTBEAT)
    if seen is not None and until <= seen <= now:
        return 0
    words = periods_of(session).words.values()
    closed = sorted(word.quarter for word in words if word.kind is ClosingKind.CLOSED)
    told = sum(_tell_of(session, quarter, until, now, office) for quarter in closed)
    heartbeats.mark_seen(session, HEARTBEAT, until)
    return told


def _tell_of(session: Session, quarter: Quarter, until: datetime, now: datetime, office: Office) -> int:
    closings = closings_of(session, quarter, now)
    first = closed_since(closings)
    if first is None or first >= until:
        return 0
    heartbeat = f"{HEARTBEAT}:{quarter}"
    since = max(first, heartbeats.unseen_since(session, heartbeat, now, first))
    span = _Span(quarter=quarter, since=since, until=until, closings=closings)
    units = changed_between(session, quarter, since, until, office.count_by)
    put = _put(session, span, units, now, office) if units else 0
    heartbeats.mark_seen(session, heartbeat, until)
    return put


def _put(session: Session, span: _Span, units: frozenset[UnitId], now: datetime, office: Office) -> int:
    reached = _who_got_the_first(session, span, now, office)
    ours = sorted(heartbeats.claim(session, reached, now))
    pages = _pages(session, span, units, office) if ours else ()
    for key in ours:
        person, at = reached[key]
        for number, words in enumerate(pages, 1):
            put_unasked(
                session,
                person,
                at,
                words,
                kind=KIND,
                key=f"{key}:{number}",
                about=None,
                now=now,
                until=now + _FRESH,
                office=office,
            )
    return len(ours) * len(pages)


def _who_got_the_first(
    session: Session, span: _Span, now: datetime, office: Office
) -> Mapping[str, tuple[PersonId, Reached]]:
    """Whoever got a roll-up of the quarter by itself and may still see all units, by the key of what they are told.

    The key names where the span begins: two processes that end it otherwise still tell it once.
    """
    got = {key.rpartition(":")[2] for key in heartbeats.said_with(session, f"rollup:{span.quarter}:")}
    return {
        f"amended:{span.quarter}:{span.since.isoformat()}:{each.person}": (each.person, at)
        for each, at in recipients(session, _SEES_ALL, office.day_of(now))
        if str(each.person) in got
    }


def _pages(session: Session, span: _Span, units: frozenset[UnitId], office: Office) -> Sequence[Say]:
    before = {row.unit.id: row for row in all_progress(session, span.quarter, span.since, office)}
    now = all_progress(session, span.quarter, span.until, office)
    reasons = reasons_of(session, span.quarter, span.since, span.until, office.count_by)
    again = reasons_between(span.closings, span.since, span.until)
    rows = [
        Amended(
            before=before.get(row.unit.id),
            now=row,
            reasons=tuple(dict.fromkeys(_in_words(reasons.get(row.unit.id, (None,)), again))),
        )
        for row in now
        if row.unit.id in units
    ]
    totals = total(row.admitted for row in before.values()), total(row.admitted for row in now)
    return amendment_words(span.quarter, (span.since, span.until), rows, totals)


def _in_words(reasons: Iterable[str | None], again: Sequence[str]) -> Iterator[str]:
    """The reasons that units gave; what came without one was taken while the quarter was open again, or said before."""
    for reason in reasons:
        if reason is not None:
            yield reason
        elif again:
            yield from (f"huyện mở lại sổ: {why}" for why in again)
        else:
            yield "gửi trước khi khóa sổ"
