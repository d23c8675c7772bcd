"""What can be done to the books: each command is one act, as a value; `bot.carry_out` alone acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.amendment import Amendment
from domain.call_sheet import CallResult
from domain.candidate import CandidateId, Step, WayOut
from domain.facts import Facts
from domain.mailing import Audience
from domain.matters import CallId, IssueId
from domain.office import CountBy
from domain.organisation import Unit, UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.plan_changes import TargetChange


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody who was admitted, as the unit reported it; `candidate` when they were on its list.

    One of the two dates at least is known.
    """

    name: str
    gender: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    candidate: CandidateId | None = None
    ceremony_on: date | None = None
    decision_on: date | None = None
    decision_no: str | None = None
    facts: Facts = field(default_factory=Facts)

    def counted_on(self, count_by: CountBy) -> date:
        """The date that puts the admission into a quarter; the other one serves when this one is missing."""
        dates = (self.ceremony_on, self.decision_on)
        first, second = dates if count_by is CountBy.CEREMONY else reversed(dates)
        day = first or second
        if day is None:
            raise ValueError("an admission without any date counts in no quarter")
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAdmissions:
    """Record that a unit admitted these people, each on their day.

    `decision_no` is one decision's of all of them; `others` are receipt codes of admissions that bear the same names and are, so it was said, other people.
    `said_on` is the day on which all this was said, where the yes to it came on a later one.
    `because` is why it comes after the close of its quarter, where it does. `typed` are the names that the sender has
    typed, which may be said back as a whole on any channel.
    """

    unit: Unit
    people: tuple[NewMember, ...]
    decision_no: str | None = None
    others: tuple[str, ...] = ()
    said_on: date | None = None
    because: str | None = None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNil:
    """Record a unit's word that it admits nobody in a quarter."""

    unit: Unit
    quarter: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuarter:
    """Record a unit's word that its `admitted` admissions of a quarter are all."""

    unit: Unit
    quarter: Quarter
    admitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHeads:
    """Record how many of a unit's village heads are Party members."""

    unit: Unit
    members: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStrength:
    """Record how many members a unit has, the day of its last admission, or both; what is None is not told."""

    unit: Unit
    members: int | None = None
    last_admission: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseIssue:
    """Tell the district of an obstacle that a unit meets."""

    unit: Unit
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIssue:
    """Give a unit the district's answer to an issue; `after` are the answers (ids) that it was shown with."""

    issue: IssueId
    text: str
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePromise:
    """Promise a unit's report of a quarter by a day; until then nobody is reminded of it."""

    unit: Unit
    quarter: Quarter
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForCall:
    """Ask the district to ring somebody up, who speaks for a unit."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleCall:
    """Note that somebody who asked for it was rung up."""

    call: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCalls:
    """Write down what came of calls to units about their report of a quarter.

    `day` is the one that was promised, `words` say what stands in the way.
    """

    units: tuple[Unit, ...]
    quarter: Quarter
    result: CallResult
    day: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel:
    """Give whoever asks a code with which they write from a further channel, or another telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    """End every session of the web chat that whoever asks has open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPhone:
    """Tell where one is rung up oneself."""

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAdmissions:
    """Put these amendments of reported admissions on the books.

    `others` are receipt codes of admissions that bear a corrected name and are, so it was said, other people.
    `because` is why it comes after the close of its quarter, where it does.
    """

    amendments: tuple[Amendment, ...]
    others: tuple[str, ...] = ()
    because: str | None = None

    @property
    def withdraws(self) -> bool:
        """Whether it does nothing but withdraw."""
        return all(amendment.after is None for amendment in self.amendments)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoLast:
    """Undo what these entries of the log say was done: all that one message of the person's did.

    `because` is why it comes after the close of its quarter, where it does.
    """

    entries: tuple[int, ...]
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCell:
    """Put a new cell, by its short name, on the books below a grassroots organisation."""

    parent: Unit
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFacts:
    """Tell more of whom an admission is about: the sex, and facts for the counts; what is not told stays.

    `because` is why it comes after the close of its quarter, where it does.
    """

    admission: int
    gender: str | None
    facts: Facts
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Invite somebody, whose name may not be known yet, to a role at a unit."""

    unit: Unit
    role: Role
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCandidate:
    """Somebody to put on a list of candidates, as the unit named them."""

    name: str
    gender: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    private_firm: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCandidates:
    """Put people on a unit's list of candidates.

    `others` are codes of candidates and admissions that bear the same names and are, so it was said, other people.
    """

    unit: Unit
    people: tuple[NewCandidate, ...]
    listed_on: date
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """Record that a candidate of a unit has closed a step on a day, and who answers for it where somebody does."""

    unit: Unit
    candidate: CandidateId
    step: Step
    taken_on: date
    responsible: str | None = None
    decision_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWork:
    """Record whether a candidate of a unit works for a private firm."""

    unit: Unit
    candidate: CandidateId
    private_firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLesson:
    """Record what a unit has learnt from the batch of decisions of a day; `batch` is None where it names none."""

    unit: Unit
    batch: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackStep:
    """Take back the furthest step of a candidate: this entry of it."""

    unit: Unit
    candidate: CandidateId
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCandidate:
    """Record that somebody is a candidate no more, and why."""

    unit: Unit
    candidate: CandidateId
    because: WayOut
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeHandOver:
    """Ask the district that a successor may take over somebody's office at a unit."""

    unit: Unit
    role: Role
    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideHandOver:
    """The district's word on a hand-over, with a reason where it declines."""

    number: int
    agreed: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAppointment:
    """End somebody's appointment: `until` is the first day on which it is held no more; `number` is its row's."""

    number: int
    unit: Unit
    role: Role
    until: date
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendTarget:
    """Assign a unit other figures in some quarters of one year, by a decision where it has a number."""

    unit: Unit
    changes: tuple[TargetChange, ...]
    because: str
    decision_no: str | None = None
    decision_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindUnits:
    """Remind these people of the report that these units owe of a quarter, at a moment or as soon as may be."""

    quarter: Quarter
    units: tuple[UnitId, ...]
    people: tuple[PersonId, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNotice:
    """Send the district's words to an audience of so many people, at a moment or as soon as may be."""

    words: str
    audience: Audience
    people: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseQuarter:
    """Close a quarter now, before its date or while it is reopened: it takes no more without a reason."""

    quarter: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenQuarter:
    """Let a closed quarter take reports again until a day, the last one, after which it is closed by itself."""

    quarter: Quarter
    last: date
    because: str


Command = (
    RecordAdmissions
    | RecordNil
    | FileQuarter
    | CorrectAdmissions
    | UndoLast
    | AddCell
    | TellFacts
    | Invite
    | RecordHeads
    | RecordStrength
    | RaiseIssue
    | AnswerIssue
    | MakePromise
    | AskForCall
    | SettleCall
    | NoteCalls
    | TellPhone
    | OpenChannel
    | SignOut
    | ListCandidates
    | TakeStep
    | TakeBackStep
    | TellWork
    | TellLesson
    | CloseCandidate
    | ProposeHandOver
    | DecideHandOver
    | EndAppointment
    | AmendTarget
    | RemindUnits
    | SendNotice
    | CloseQuarter
    | ReopenQuarter
)
