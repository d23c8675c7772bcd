"""Refused: the one way in which the rules say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.period import Quarter


@dataclass(eq=False)
class Refused(Exception):
    """An act that the rules do not allow; nothing was changed.

    A subclass carries the facts; its words are the template `refusals/<name>`, where `name` is
    the class's name in snake case and the fields are the template's variables.
    """


@dataclass(eq=False)
class NotYourUnit(Refused):
    """The person holds no appointment that allows this act at this unit."""

    unit: str


@dataclass(eq=False)
class NotOverseen(Refused):
    """The person oversees other units than this one."""

    unit: str


@dataclass(eq=False)
class NotAllowed(Refused):
    """No appointment of this person allows this act anywhere."""


@dataclass(eq=False)
class QuarterClosed(Refused):
    """The quarter was closed on `closed_on`, and takes no filing any more; the district may reopen it.

    `at` is the moment where an officer has closed it.
    """

    quarter: Quarter
    closed_on: date
    at: datetime | None = None


@dataclass(eq=False)
class ReasonNeeded(Refused):
    """The quarter was closed on `closed_on`: what changes its figures is taken with a reason alone."""

    quarter: Quarter
    closed_on: date


@dataclass(eq=False)
class ClosedAlready(Refused):
    """The quarter was closed already, on `closed_on` by its date or by an officer's word, then `at` that moment."""

    quarter: Quarter
    closed_on: date
    at: datetime | None = None


@dataclass(eq=False)
class GraceOver(Refused):
    """A closing cannot be taken back: the quarter would have been closed after `last` in any case."""

    quarter: Quarter
    last: date


@dataclass(eq=False)
class DayOver(Refused):
    """The quarter was to be reopened until `last`, which is over by now."""

    quarter: Quarter
    last: date


@dataclass(eq=False)
class NotClosed(Refused):
    """The quarter takes reports until `last`: there is nothing to reopen."""

    quarter: Quarter
    last: date


@dataclass(eq=False)
class QuarterNotBegun(Refused):
    """The quarter lies wholly in the future."""

    quarter: Quarter


@dataclass(eq=False)
class NoPlan(Refused):
    """The books hold no plan for this year."""

    year: int


@dataclass(eq=False)
class AlreadyReported(Refused):
    """These very people, by name and receipt code, are in the unit's books already; a code may be unknown."""

    people: tuple[tuple[str, str], ...]


@dataclass(eq=False)
class NotOnBooks(Refused):
    """The admission of this receipt code was withdrawn."""

    code: str


@dataclass(eq=False)
class AdmissionsOnBooks(Refused):
    """«Nothing to report» contradicts admissions that the unit has in the books; a cell files nothing instead."""

    quarter: Quarter
    admitted: int
    is_cell: bool = False


@dataclass(eq=False)
class FiguresChanged(Refused):
    """What the unit has on the books for the quarter is no more what was confirmed; it is `admitted` now."""

    quarter: Quarter
    admitted: int


@dataclass(eq=False)
class AlreadyFiled(Refused):
    """The unit has filed this quarter already."""

    quarter: Quarter
    filed_on: date


@dataclass(eq=False)
class NothingToSignOut(Refused):
    """They are signed in nowhere on the web."""


@dataclass(eq=False)
class AlreadyUndone(Refused):
    """What is to be undone was undone meanwhile."""


@dataclass(eq=False)
class ChangedSince(Refused):
    """Somebody has changed since what is to be undone; `subject` is what it is about, such as a receipt code."""

    subject: str


@dataclass(eq=False)
class NoSuchIssue(Refused):
    """The books hold no issue under this code."""

    code: str


@dataclass(eq=False)
class IssueWithdrawn(Refused):
    """Whoever raised this issue has taken it back."""

    code: str


@dataclass(eq=False)
class AnswersChanged(Refused):
    """Another officer has answered this issue meanwhile, or has taken an answer back."""

    code: str


@dataclass(eq=False)
class CallSettled(Refused):
    """Somebody has rung this person up already, or nobody needs to any more."""


@dataclass(eq=False)
class UnitHasFiled(Refused):
    """The unit has filed the quarter on this day, so that it need not promise a day."""

    unit: str
    quarter: Quarter
    filed_on: date


@dataclass(eq=False)
class DayNotAhead(Refused):
    """A promise can only name a coming day up to the last one on which the quarter takes reports."""

    quarter: Quarter
    last: date


@dataclass(eq=False)
class NameTaken(Refused):
    """Another report of the unit, with this code, is of the same person already."""

    name: str
    code: str


@dataclass(eq=False)
class CodeNotGood(Refused):
    """The invitation's code is unknown, used, expired or revoked; which one is not told."""


@dataclass(eq=False)
class TooManyCodes(Refused):
    """Too many wrong codes came from this address; it may try again after a rest."""

    minutes: int


@dataclass(eq=False)
class CellExists(Refused):
    """The grassroots organisation has a cell of this name already."""

    name: str
    parent: str


@dataclass(eq=False)
class NoCellsBelow(Refused):
    """None of the person's units is an organisation with cells: a cell has none below it."""

    unit: str


@dataclass(eq=False)
class CellInUse(Refused):
    """The cell cannot be taken back: something was reported for it, or somebody joined there."""

    name: str


@dataclass(eq=False)
class NoCellsYet(Refused):
    """Nobody can be invited to lead a cell where no cell is on the books."""

    unit: str


@dataclass(eq=False)
class UnitEnded(Refused):
    """The unit exists no more."""

    unit: str


@dataclass(eq=False)
class TooManyInvitations(Refused):
    """The person has made as many codes today as one may."""

    most: int


@dataclass(eq=False)
class InvitationUsed(Refused):
    """Somebody has joined with the code, or it expired or was taken back: there is nothing to undo."""


@dataclass(eq=False)
class AlreadyListed(Refused):
    """This very person is on the unit's list of candidates already, or on its books as admitted, under this code."""

    name: str
    code: str


@dataclass(eq=False)
class AdmittedAlready(Refused):
    """Somebody was admitted: there are no more steps to take, to take back, or to leave by."""

    name: str
    code: str


@dataclass(eq=False)
class OnlyOneStep(Refused):
    """A candidate stands at the first step on the books: to take it back would be to leave the list."""

    name: str
    code: str


@dataclass(eq=False)
class ReportChanged(Refused):
    """A report is no more what was to be corrected: somebody else was faster."""

    code: str


@dataclass(eq=False)
class CandidateChanged(Refused):
    """What the books hold of a candidate is no more what was confirmed."""

    code: str


@dataclass(eq=False)
class HandOverAgreed(Refused):
    """The district has consented to the hand-over already: only the successor can go on."""

    code: str
    successor: str


@dataclass(eq=False)
class HandOverDecided(Refused):
    """The hand-over waits for no word any more: it was decided (`agreed`), withdrawn, or has never been."""

    code: str
    agreed: bool | None


@dataclass(eq=False)
class AppointmentEnded(Refused):
    """The appointment is held no more, or ends on another day by now: somebody else was quicker."""

    title: str


@dataclass(eq=False)
class LastOfficer(Refused):
    """Nobody else holds this office at the district: without anybody there chibo could not be looked after."""

    title: str


@dataclass(eq=False)
class NotInPlan(Refused):
    """The unit stands in no plan on the books of a quarter that still takes reports."""

    unit: str


@dataclass(eq=False)
class TargetChanged(Refused):
    """The unit's target is no more the one that was shown: another amendment came before."""

    unit: str
    quarter: Quarter
    now: int


@dataclass(eq=False)
class NotAmongThese(Refused):
    """The unit that was named is none of those with which this can be done now."""

    unit: str


@dataclass(eq=False)
class NothingToChoose(Refused):
    """There is no unit with which this could be done now."""


@dataclass(eq=False)
class NobodyReached(Refused):
    """Nobody of those who were to be told can be reached."""


@dataclass(eq=False)
class MailingLeft(Refused):
    """All messages of the mailing have left, or it was taken back before: there is nothing to take back."""

    code: str


@dataclass(eq=False)
class NothingOwed(Refused):
    """The unit owes no report of the quarter: it has filed, has nothing to report, or is complete; `state` says it."""

    unit: str
    quarter: Quarter
    state: str


@dataclass(eq=False)
class NobodyToRemind(Refused):
    """No unit is left to be reminded of the quarter."""

    quarter: Quarter
