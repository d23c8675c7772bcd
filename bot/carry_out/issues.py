"""Obstacles on their way to the district, and its answers on their way back."""

from __future__ import annotations

from typing import Final

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from bot.carry_out.tell import tell_holders, tell_person
from domain.commands import AnswerIssue, RaiseIssue
from domain.deed import Deed
from domain.errors import AlreadyUndone, AnswersChanged, IssueWithdrawn, NoSuchIssue, NotAllowed
from domain.matters import Issue, IssueId, issue_code
from domain.people import Role
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import issues
from storage.queries.audit import Entry
from storage.session import Session

_HEADS: Final = (Role.SECRETARY, Role.CELL_SECRETARY)
"""Who hears an answer besides whoever raised the issue."""


def raise_issue(session: Session, command: RaiseIssue, act: Act) -> Say:
    """Put an obstacle on the books and tell the district's officers."""
    must_be_allowed(act, Action.REPORT, command.unit)
    act = locked(session, command.unit.id, act)
    raised = issues.raise_issue(session, command.unit.id, command.text, act.origin)
    facts = {"code": issue_code(raised), "unit": command.unit}
    log(session, Deed.RAISE_ISSUE, command.unit, act, issue_code(raised), {"issue": raised})
    notice = Say("issue/notice", {**facts, "words": command.text})
    tell_holders(session, (Role.DISTRICT,), notice, f"issue:{raised}", act)
    return Say("issue/done", {**facts, "at": act.said_at}, (labels.ISSUE, labels.MENU))


def answer_issue(session: Session, command: AnswerIssue, act: Act) -> Say:
    """Put an answer on the books and bring it to who raised the issue, and to the unit's secretary."""
    if not may(act.person, Action.ANSWER):
        raise NotAllowed
    issue, act = locked_issue(session, command.issue, act)
    if issue.withdrawn:
        raise IssueWithdrawn(issue.code)
    if issue.answer_ids != command.after:
        raise AnswersChanged(issue.code)
    answered = issues.answer(session, issue.id, command.text, act.origin)
    log(session, Deed.ANSWER_ISSUE, issue.unit, act, issue.code, {"issue": issue.id, "answer": answered})
    facts = {"code": issue.code, "unit": issue.unit}
    notice = Say("issue_answer/notice", {**facts, "words": issue.text, "answer": command.text})
    told = tell_who_raised(session, issue, notice, f"issue-answer:{answered}", act)
    done = {**facts, "at": act.said_at, "told": told}
    return Say("issue_answer/done", done, (labels.ISSUES, labels.MENU))


def locked_issue(session: Session, issue: IssueId, act: Act) -> tuple[Issue, Act]:
    """An issue that nobody else changes until the end of the transaction, and the act as it enters its unit's books."""
    found = issues.issue_by_id(session, issue)
    if found is None:
        raise NoSuchIssue(issue_code(issue))
    act = locked(session, found.unit.id, act)
    return issues.issue_by_id(session, issue) or found, act


def tell_who_raised(session: Session, issue: Issue, words: Say, key: str, act: Act) -> int:
    """Tell whoever raised an issue, and the secretary whom the unit has now, once each; answers how many."""
    raised_by = 0
    if issue.by is not None and issue.by != act.person.id:
        raised_by = int(tell_person(session, issue.by, words, key, act))
    return raised_by + tell_holders(session, _HEADS, words, key, act, [issue.unit.id])


def withdraw_issue(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of raising an issue: the district need not answer it any more, and is told so."""
    issue, act = locked_issue(session, IssueId(entry.row("issue")), act)
    must_be_allowed(act, Action.REPORT, issue.unit)
    if not issues.withdraw(session, issue.id, act.at):
        raise AlreadyUndone
    notice = Say("issue/withdrawn", {"code": issue.code, "unit": issue.unit})
    tell_holders(session, (Role.DISTRICT,), notice, f"issue-withdrawn:{issue.id}", act)
    return ()


def take_back_answer(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of an answer: whoever was told it is told that it holds no more."""
    if not may(act.person, Action.ANSWER):
        raise NotAllowed
    issue, act = locked_issue(session, IssueId(entry.row("issue")), act)
    answer_id = entry.row("answer")
    text = next((answer.text for answer in issue.answers if answer.id == answer_id), None)
    if text is None or not issues.take_back(session, answer_id, act.at):
        raise AlreadyUndone
    notice = Say("issue_answer/taken_back", {"code": issue.code, "answer": text})
    tell_who_raised(session, issue, notice, f"issue-answer-back:{answer_id}", act)
    return ()
