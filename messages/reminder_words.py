"""The words of a reminder: what a unit has reported, what can still make it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.candidate import Step
from domain.people import Role
from domain.period import Quarter
from domain.progress import UnitProgress
from messages import labels
from messages.channel import Choice
from messages.rollup_words import Named
from messages.say import Say

READY: Final = {
    Step.DECIDED: "đã có quyết định, chưa tổ chức lễ",
    Step.COMMITTEE_RESOLVED: "đảng ủy đã có nghị quyết, đang chờ quyết định",
    Step.CELL_RESOLVED: "chi bộ đã có nghị quyết đề nghị kết nạp",
}
"""The steps from which somebody can still be admitted within the quarter."""
_MAY_FILE: Final = frozenset({Role.SECRETARY, Role.DEPUTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A candidate who can still make it, and how far they have come."""

    name: str
    step: Step

    @property
    def words(self) -> str:
        return READY[self.step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a reminder tells of one unit: how it stands, whom it admitted, who can still make it.

    `role` is the hearer's; `promised_on` the promised day that has come, `by_hearer` whether they promised it.
    """

    now: UnitProgress
    role: Role
    admitted: Sequence[Named] = ()
    ready: Sequence[Ready] = ()
    promised_on: date | None = None
    by_hearer: bool = True


def reminder_words(
    quarter: Quarter, rows: Sequence[Row], today: date, closes_on: date, *, may_choose: bool
) -> Say:
    """What one person is told; without choices while they are in the middle of something else."""
    promised = [row for row in rows if row.promised_on is not None]
    facts = {
        "quarter": quarter,
        "today": today,
        "days_left": (quarter.last_day - today).days,
        "closes_on": closes_on,
        "rows": rows,
        "promised": promised[0] if len(promised) == len(rows) else None,
    }
    offered = choices(quarter, rows, may_promise=today < closes_on) if may_choose else ()
    return Say("reminders/quarter", facts, offered)


def choices(quarter: Quarter, rows: Sequence[Row], *, may_promise: bool) -> tuple[Choice, ...]:
    """What can be done about it at once: file what is there, report, name another day, tell what is in the way."""
    reported = sum(row.now.admitted.quarter for row in rows)
    report = labels.REPORT_MORE if reported else labels.ADMISSION
    if not any(row.role in _MAY_FILE for row in rows):
        return (report, labels.PROGRESS, labels.ISSUE)
    first = (_file(quarter, rows), report) if reported else (report, _nil(quarter))
    return (*first, *((labels.ANOTHER_DAY,) if may_promise else ()), labels.ISSUE)


def _file(quarter: Quarter, rows: Sequence[Row]) -> Choice:
    said = f"chốt {quarter.full_name}"
    if len(rows) > 1:
        return Choice(said, f"Đúng, chốt {quarter.name}")
    return Choice(said, f"Đúng, chốt {quarter.name} với {rows[0].now.admitted.quarter}")


def _nil(quarter: Quarter) -> Choice:
    return Choice(f"{quarter.full_name} không phát sinh", labels.NIL.label)
