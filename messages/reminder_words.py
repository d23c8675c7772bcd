"""The words of a reminder: what a unit has reported, what can still make it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from domain.candidate import Step
from domain.ladder import Rung, rung_of
from domain.people import REPORTING_ROLES, Role
from domain.period import Quarter
from domain.progress import Owes, UnitProgress
from domain.read_back import ReadBack
from messages import labels
from messages.channel import Choice
from messages.rollup_words import Named
from messages.say import Say, words

READY: Final = {
    Step.DECIDED: "đã có quyết định, chưa tổ chức lễ",
    Step.COMMITTEE_RESOLVED: "đảng ủy đã có nghị quyết, đang chờ quyết định",
    Step.CELL_RESOLVED: "chi bộ đã có nghị quyết đề nghị kết nạp",
}
"""The steps from which somebody can still be admitted within the quarter."""
_MAY_FILE: Final = frozenset({Role.SECRETARY, Role.DEPUTY})
_UNITS_OFFERED: Final = 5
_CHOICES_ABOVE: Final = {
    Rung.OVERSEER: (labels.CLUSTER, labels.UNIT),
    Rung.DISTRICT: (labels.ROLLUP, labels.UNIT, labels.REMIND),
}
_LISTED: Final = 700
"""Characters of a list of units; what does not fit is counted."""


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

    `role` is the hearer's, `stands_in` that they are told in the secretary's place; `promised_on` the promised day that
    has come, `by_hearer` whether they promised it. `mark` is that of whom it admitted, `reopened` whether the quarter
    had been filed before; `unreached` that nobody there can be.
    """

    now: UnitProgress
    role: Role
    admitted: Sequence[Named] = ()
    ready: Sequence[Ready] = ()
    promised_on: date | None = None
    by_hearer: bool = True
    stands_in: bool = False
    mark: int = 0
    reopened: bool = False
    unreached: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the hearer reports for the unit."""
        return self.role in REPORTING_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Who is told next, and on which day, unless these units' reports come before."""

    rung: Rung
    day: date
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What all of a reminder is about: the quarter, the day, the last day for reports, the office's name.

    `next` are those who are told next, `promised` the hearer's units that have named a later day, `words` what the
    step has to add.
    """

    quarter: Quarter
    today: date
    closes_on: date
    office: str
    next: Sequence[Next] = ()
    promised: Sequence[tuple[str, date]] = ()
    words: str = ""

    @property
    def days_left(self) -> int:
        """Days until the deadline; below 0 after it."""
        return (self.quarter.last_day - self.today).days

    @property
    def deadline(self) -> str:
        """The line that says how long there is to report."""
        return _deadline(self.quarter, self.days_left, self.closes_on)


@lru_cache(maxsize=16)
def _deadline(quarter: Quarter, left: int, closes_on: date) -> str:
    return words("reminders/deadline", {"quarter": quarter, "left": left, "closes_on": closes_on})


def reminder_parts(about: About, rows: Sequence[Row]) -> tuple[Say, ...]:
    """What one person is told: of the own units, of those that they oversee, of the whole district."""
    own = [row for row in rows if row.is_own]
    above = [row for row in rows if not row.is_own]
    parts = [_own_words(about, own)] if own else []
    for rung in (Rung.OVERSEER, Rung.DISTRICT):
        those = [row for row in above if rung_of(row.role) is rung]
        if those:
            parts.append(_words_above(about, rung, those, is_first=not parts))
    return tuple(parts)


def _own_words(about: About, rows: Sequence[Row]) -> Say:
    promised = [row for row in rows if row.promised_on is not None]
    facts = {
        "about": about,
        "rows": rows,
        "promised": promised[0] if len(promised) == len(rows) else None,
        "all_met": all(row.now.owes is Owes.WORD for row in rows),
        "any_admitted": any(row.now.admitted.quarter for row in rows),
        "any_silent": any(row.now.owes is Owes.REPORT for row in rows),
        "after_secretary": all(row.role is Role.DEPUTY and not row.stands_in for row in rows),
        "several": len(rows) > 1,
    }
    return Say("reminders/quarter", facts, choices(about, rows))


def _words_above(about: About, rung: Rung, rows: Sequence[Row], *, is_first: bool) -> Say:
    silent, short = _owing(rows, Owes.REPORT), _owing(rows, Owes.REST)
    unreached = [row.now.unit.short for row in rows if row.unreached]
    promised = [f"{unit} ({day.day}/{day.month})" for unit, day in about.promised]
    facts = {
        "about": about,
        "rung": rung,
        "is_first": is_first,
        "lists": [
            (words, len(names), listed(names))
            for words, names in (
                ("Chưa báo", silent),
                ("Còn thiếu, chưa chốt", short),
                ("Đã hẹn ngày báo", promised),
                ("Chưa có ai dùng chibo", unreached),
            )
            if names
        ],
        "any_reached": len(unreached) < len(rows),
        "unreached": unreached,
    }
    return Say("reminders/above", facts, _CHOICES_ABOVE[rung])


def _owing(rows: Sequence[Row], what: Owes) -> list[str]:
    """The units that owe this, each with what it has done of its target: «Chũ 0/2»."""
    now = [row.now for row in rows if row.now.owes is what]
    return [f"{each.unit.short} {each.admitted.quarter}/{each.target.quarter}" for each in now]


def listed(names: Sequence[str], most: int = _LISTED) -> str:
    """Names in a row, as many as fit into so many characters, and how many more there are."""
    kept: list[str] = []
    for name in names:
        if len(", ".join((*kept, name))) > most:
            break
        kept.append(name)
    more = f" và {len(names) - len(kept)} đơn vị khác" if len(kept) < len(names) else ""
    return ", ".join(kept) + more


def choices(about: About, rows: Sequence[Row]) -> tuple[Choice, ...]:
    """What can be done about it in one tap: file what is there, say that there is nobody; or begin to report."""
    reported = sum(row.now.admitted.quarter for row in rows)
    report = labels.REPORT_MORE if reported else labels.ADMISSION
    filing = [row for row in rows if row.role in _MAY_FILE]
    if not filing:
        return (report, labels.PROGRESS, labels.ISSUE)
    at_once = tuple(_at_once(about.quarter, row, several=len(rows) > 1) for row in filing[:_UNITS_OFFERED])
    first = (report, *at_once) if not reported and len(rows) == 1 else (*at_once, report)
    of = ReadBack(unit=filing[0].now.unit.code, quarter=about.quarter)
    another = labels.another_day(of) if len(filing) == 1 else labels.ANOTHER_DAY
    return (*first, *((another,) if about.today < about.closes_on else ()), labels.ISSUE)


def _at_once(quarter: Quarter, row: Row, *, several: bool) -> Choice:
    now = row.now
    shown = ReadBack(unit=now.unit.code, quarter=quarter, admitted=now.admitted.quarter, mark=row.mark)
    at_once = labels.file_at_once if now.admitted.quarter else labels.nil_at_once
    return at_once(shown, now.unit.short if several else "")


def offered_by(parts: Sequence[Say], most: int = 9) -> tuple[Choice, ...]:
    """The choices under a message of several parts, each once."""
    return tuple(dict.fromkeys(choice for part in parts for choice in part.choices))[:most]
