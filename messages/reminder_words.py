"""The words of a reminder: what a unit has reported, what can still make it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.candidate import Step
from domain.deadline import Owed, Reminder
from domain.organisation import UnitId
from domain.people import Role
from domain.period import Quarter
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


def reminder_words(
    reminder: Reminder,
    today: date,
    closes_on: date,
    admitted: Mapping[UnitId, Sequence[Named]],
    ready: Mapping[UnitId, Sequence[Ready]],
    *,
    may_choose: bool,
) -> Say:
    """What one person is told; without choices while they are in the middle of something else."""
    rows = [
        {
            "now": owed.progress,
            "admitted": admitted.get(owed.progress.unit.id, ()),
            "ready": ready.get(owed.progress.unit.id, ()),
        }
        for owed in reminder.units
    ]
    facts = {
        "quarter": reminder.quarter,
        "days_left": (reminder.quarter.last_day - today).days,
        "closes_on": closes_on,
        "rows": rows,
    }
    return Say("reminders/quarter", facts, choices(reminder) if may_choose else ())


def choices(reminder: Reminder) -> tuple[Choice, ...]:
    """What can be done about it at once: report, file what is there, or say that there is nothing."""
    reported = sum(owed.progress.admitted.quarter for owed in reminder.units)
    report = labels.REPORT_MORE if reported else labels.ADMISSION
    if not any(owed.role in _MAY_FILE for owed in reminder.units):
        return (report, labels.PROGRESS)
    if reported:
        return (_file(reminder.quarter, reminder.units), report, labels.PROGRESS)
    nil = Choice(f"{reminder.quarter.full_name} không phát sinh", labels.NIL.label)
    return (report, nil, labels.PROGRESS)


def _file(quarter: Quarter, units: Sequence[Owed]) -> Choice:
    said = f"chốt {quarter.full_name}"
    if len(units) > 1:
        return Choice(said, f"Chốt {quarter.name}")
    return Choice(said, f"Chốt {quarter.name} với {units[0].progress.admitted.quarter}")
