"""The district closes a quarter before its date, or lets one take reports again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.quarter import quarter_said
from bot.dialogue.talk import Asker, Elsewhere, Talk, dialogue
from domain.closing import Period, Periods
from domain.commands import CloseQuarter
from domain.errors import ClosedAlready
from domain.period import Quarter
from domain.policy import Action
from domain.progress import FilingState, RollUp
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf
from messages.understand import read_quarter
from messages.understand.heard import Intent
from storage.queries.periods import periods_of
from storage.queries.rollup import roll_up
from storage.session import Session

MOST_CLOSED: Final = 4
"""Closed quarters that are offered to be reopened: those of a year."""
_REOPENS: Final = "reopen "


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """The quarters that have begun, and how all units stand in one of them."""

    periods: Periods
    today: date
    zone: ZoneInfo
    roll_up: Callable[[Quarter], RollUp]

    def of(self, quarter: Quarter) -> Period:
        """A quarter that has begun; refused where it has not, or its year has no plan."""
        return self.periods.begun(quarter, self.today)

    def reopenable(self) -> tuple[Quarter, ...]:
        """The quarters that are closed, or were reopened and may be so for longer; the latest first."""
        last = Quarter.of(self.today)
        known = [Quarter(year, number) for year in (last.year, last.year - 1) for number in (4, 3, 2, 1)]
        found = [period for q in known if q <= last and (period := self.periods.of(q)) is not None]
        return tuple(p.quarter for p in found if p.is_closed(self.today) or p.reopened_until)


def closing_facts(session: Session, asker: Asker) -> ClosingFacts:
    """Fetch what is known of the quarters by the clock that closes them."""
    return ClosingFacts(
        periods=periods_of(session),
        today=asker.office.day_of(asker.now),
        zone=asker.office.timezone,
        roll_up=lambda quarter: roll_up(session, quarter, asker.now, asker.office),
    )


@dialogue(
    "close_quarter",
    opens_on=Intent.CLOSE_QUARTER,
    needs=Action.CLOSE_QUARTER,
    facts=closing_facts,
    fills=quarter_said,
    asks=("quarter", "confirm"),
)
def close_quarter(talk: Talk, facts: ClosingFacts) -> CloseQuarter:
    """Which quarter; how it stands, and whom that concerns, is shown before the yes."""
    period = facts.of(_which(talk, facts))
    if period.is_closed(facts.today):
        raise ClosedAlready(period.quarter, period.last_day, period.closed_at)
    command = CloseQuarter(quarter=period.quarter)
    stands = facts.roll_up(period.quarter)
    talk.confirm(
        command,
        {
            "all": stands,
            "drafts": [row for row in stands.in_state(FilingState.DRAFT) if row.target.quarter],
            "early": None if facts.today > period.quarter.last_day else period.quarter.last_day,
            "due": period.last_day,
        },
    )
    return command


def _which(talk: Talk, facts: ClosingFacts) -> Quarter:
    opened = [(Choice(q.code, f"Khóa sổ {q.full_name}"), q) for q in facts.periods.open_on(facts.today)]
    closed = facts.reopenable()[:MOST_CLOSED]
    again = [(Choice(f"{_REOPENS}{q.code}", f"Mở lại {q.full_name}"), q) for q in closed]
    reader = OneOf((*opened, *again), other=lambda answer: quarter_named(answer, facts.today))
    quarter = talk.ask("quarter", reader)
    answer = talk.answers["quarter"]
    if answer.value is not None and answer.value.startswith(_REOPENS):
        raise Elsewhere(Intent.REOPEN_QUARTER, {"quarter": replace(answer, value=quarter.code)})
    return quarter


def quarter_named(answer: Answer, today: date) -> Quarter:
    """A quarter by its code or in words."""
    said = Quarter.parse(answer.value) if answer.value else read_quarter(answer.said, today).value
    if said is None:
        raise NotUnderstood("not_a_choice")
    return said
