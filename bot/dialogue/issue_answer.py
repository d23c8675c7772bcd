"""The district's answer to an issue, by its code: «VM-3: đã chỉ đạo mở lớp»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.dialogue.issue import LONGEST, was_cut
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import AnswerIssue
from domain.errors import IssueWithdrawn
from domain.matters import Issue, IssueId, issue_of_code
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import Answer, NotUnderstood, OneOf, OwnWords
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries.issues import issue_by_id, open_issues
from storage.session import Session

MOST_SHOWN: Final = 9
ANSWER_WORDS: Final = OwnWords(least_words=3, most=LONGEST)
_CODE: Final = re.compile(r"vm\W{0,3}(\d{1,9})")
_OWN_CODE: Final = re.compile(r"\s*(?:trả lời\s+)?vm\W{0,3}(\d{1,9})[\s:,.\-–]*", re.IGNORECASE)
_LATER: Final = Choice("later", labels.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """The issues that wait for an answer, and any issue by its number."""

    open: tuple[Issue, ...]
    find: Callable[[IssueId], Issue | None]


def answer_facts(session: Session, _asker: Asker) -> AnswerFacts:
    """Fetch what waits for an answer."""
    return AnswerFacts(open=open_issues(session), find=lambda issue: issue_by_id(session, issue))


def answer_fills(heard: Heard, line: Answer) -> Fills:
    """The issue and the words of «VM-3: đã chỉ đạo mở lớp»."""
    which = {} if heard.code is None else {"which": Answer(heard.code, line.at, heard.code)}
    words = {"words": Answer(line.said, line.at, heard.text)} if heard.text else {}
    return {**which, **(words if heard.intent is Intent.ISSUE_ANSWER else {})}


@dialogue(
    "issue_answer",
    opens_on=Intent.ISSUE_ANSWER,
    needs=Action.ANSWER,
    facts=answer_facts,
    fills=answer_fills,
    asks=("which", "words", "confirm"),
)
def issue_answer(talk: Talk, facts: AnswerFacts) -> AnswerIssue | Say:
    """An answer to the issue that was named, or to one of the open ones."""
    options = tuple((Choice(one.code, labels.issue(one)), one) for one in facts.open[:MOST_SHOWN])
    return answered(talk, talk.ask("which", OneOf(options, other=by_code(facts.find))))


def by_code(find: Callable[[IssueId], Issue | None]) -> Callable[[Answer], Issue]:
    """Reads the code of any issue: «VM-3», «vm 3»."""

    def read(answer: Answer) -> Issue:
        said = _CODE.search(fold(answer.value or answer.said))
        code = f"VM-{said[1]}" if said else ""
        number = issue_of_code(code)
        if number is None:
            raise NotUnderstood("not_a_choice")
        found = find(number)
        if found is None:
            raise NotUnderstood("no_such_issue", {"code": code})
        return found

    return read


def answered(talk: Talk, issue: Issue) -> AnswerIssue | Say:
    """The answer to an issue, read back; or the word that it comes later."""
    if issue.withdrawn:
        raise IssueWithdrawn(issue.code)
    later: str | None = None
    reader = OneOf(((_LATER, later),), other=lambda said: _without_code(ANSWER_WORDS.read(said), issue))
    text = talk.ask("words", reader, {"issue": issue})
    if text is None:
        return Say("issues_list/later", {"issue": issue}, (labels.ISSUES, labels.MENU))
    command = AnswerIssue(issue=issue.id, text=text, after=issue.answer_ids)
    talk.confirm(command, {"issue": issue, "cut": was_cut(talk), "most": LONGEST})
    return command


def words_with_code(which: Answer) -> Answer | None:
    """The answer in «VM-3: đã chỉ đạo mở lớp», typed where only the issue was asked for; None without one."""
    begins = _OWN_CODE.match(which.said) if which.value is None else None
    if begins is None:
        return None
    words = Answer(which.said[begins.end() :], which.at)
    try:
        ANSWER_WORDS.read(words)
    except NotUnderstood:
        return None
    return words


def _without_code(text: str, issue: Issue) -> str:
    """The answer alone, where it was typed once more with the code of the issue that is being answered."""
    begins = _OWN_CODE.match(text)
    return text[begins.end() :] or text if begins and int(begins[1]) == issue.id else text
