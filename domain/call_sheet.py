"""The call sheet: which units that owe their report are to be called, in the order in which a call helps most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NewType

from domain.contact import Contact, ContactState
from domain.matters import Call, Promise
from domain.organisation import Unit, UnitId
from domain.people import REPORTING_ROLES, PersonId
from domain.period import Quarter
from domain.progress import UnitProgress

CallNoteId = NewType("CallNoteId", int)


class CallResult(StrEnum):
    """What came of a call."""

    REACHED = "reached"  # they were reached, and no more was said
    PROMISED = "promised"  # they named a day
    NO_ANSWER = "no_answer"
    HINDERED = "hindered"  # something stands in the way, which the note says
    ISSUE = "issue"  # the same, and the district is to see to it


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """What somebody wrote down of a call to a unit about its report of a quarter; `at` is in UTC."""

    id: CallNoteId
    unit: UnitId
    quarter: Quarter
    result: CallResult
    at: datetime
    day: date | None = None
    words: str = ""
    by: PersonId | None = None


class Urgency(IntEnum):
    """In which order units are called."""

    WISHED = 1  # somebody waits for the call
    OUT_OF_REACH = 2  # no reminder gets there
    WORD_BROKEN = 3  # the promised day is over
    UNANSWERED = 4  # reminded, and silent
    UNDER_WAY = 5  # something was heard, or nobody who is reached was reminded yet
    CALLED = 6  # today already
    PROMISED = 7  # for a day that has not passed


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One unit to be called: how it stands, whom to call, what was promised and what came of the last call.

    `progress` is None where the unit owes nothing, and only the wish to be called brings it here.
    `called_on` is the day of the last call.
    """

    unit: Unit
    urgency: Urgency
    progress: UnitProgress | None = None
    contacts: tuple[Contact, ...] = ()
    promise: Promise | None = None
    note: CallNote | None = None
    called_on: date | None = None
    wishes: tuple[Call, ...] = ()

    @property
    def missing(self) -> int:
        """How many admissions the quarter's target lacks."""
        return self.progress.missing if self.progress else 0

    @property
    def has_joined(self) -> bool:
        """Whether anybody who reports for the unit has ever joined."""
        return any(each.person is not None for each in self.contacts if each.role in REPORTING_ROLES)

    def wish_of(self, person: PersonId | None) -> Call | None:
        """The wish to be called of one of the people; None without any."""
        return next((wish for wish in self.wishes if wish.person == person), None)

    def without(self, person: PersonId) -> SheetRow:
        """The row as it is shown to one of those who stand on it: without themselves."""
        return replace(self, contacts=tuple(each for each in self.contacts if each.person != person))

    @property
    def since(self) -> datetime | None:
        """The moment that tells who of the same urgency has waited longest, in UTC; None where nothing does."""
        if self.wishes and self.urgency is Urgency.WISHED:
            return min(wish.asked_at for wish in self.wishes)
        if self.urgency is Urgency.CALLED and self.note:
            return self.note.at
        return min((each.standing.since for each in self.contacts if each.standing.since), default=None)


def urgency_of(
    contacts: Sequence[Contact],
    today: date,
    *,
    promised: date | None,
    note: CallNote | None,
    called_on: date | None,
    wished_at: datetime | None,
) -> Urgency:
    """How much a call to a unit helps now; `wished_at` is when somebody there asked last to be called, and still waits.

    A call that nobody answered is tried again on another day.
    """
    if wished_at is not None and (note is None or wished_at > note.at or called_on != today):
        return Urgency.WISHED
    if promised is not None and promised >= today:
        return Urgency.PROMISED
    if called_on == today:
        return Urgency.CALLED
    states = {each.standing.state for each in contacts if each.role in REPORTING_ROLES}
    if all(state.is_out_of_reach for state in states):
        return Urgency.OUT_OF_REACH
    if promised is not None:
        return Urgency.WORD_BROKEN
    if states & {ContactState.ANSWERED, ContactState.HALFWAY}:
        return Urgency.UNDER_WAY
    is_to_come = ContactState.NOT_ASKED in states and ContactState.UNANSWERED not in states
    return Urgency.UNDER_WAY if is_to_come else Urgency.UNANSWERED


def in_order(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows by urgency; of the same the largest gap first, then who has waited longest, then the plan's order.

    What is promised comes by its day, and what was called today by the hour: the call that is longest ago first.
    """
    return tuple(sorted(rows, key=_place))


def _place(row: SheetRow) -> tuple[float, ...]:
    since = row.since.timestamp() if row.since else float("inf")
    if row.urgency in (Urgency.WISHED, Urgency.CALLED):
        return (row.urgency, since)
    day = row.promise.day.toordinal() if row.promise and row.urgency is Urgency.PROMISED else 0
    return (row.urgency, day, -row.missing, since)
