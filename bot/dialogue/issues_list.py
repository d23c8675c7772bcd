"""What waits for the district: open issues, oldest first, and who is to be rung up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.issue import issue_words
from bot.dialogue.issue_answer import (
    AnswerFacts,
    answer_facts,
    answer_fills,
    answered,
    by_code,
    words_with_code,
)
from bot.dialogue.place import unit_said
from bot.dialogue.talk import Asker, Elsewhere, Fills, Talk, dialogue
from domain.commands import AnswerIssue, SettleCall
from domain.errors import NoSuchIssue, NotAllowed
from domain.matters import Call, Issue
from domain.office import Office
from domain.organisation import UnitId
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, OneOf, Words
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries.calls import open_calls
from storage.queries.issues import issues_of
from storage.session import Session

MOST_SHOWN: Final = 9
MOST_CALLS: Final = 3
MOST_OWN: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """For the district all that waits; for a unit what it has raised itself."""

    office: Office
    answers: AnswerFacts | None
    calls: tuple[Call, ...]
    own_units: tuple[UnitId, ...]
    own: tuple[Issue, ...]


def list_facts(session: Session, asker: Asker) -> ListFacts:
    """Fetch what waits for the district, or for the asker's unit."""
    answers = may(asker.person, Action.ANSWER)
    units = tuple(unit.id for unit in asker.person.reports_for)
    return ListFacts(
        office=asker.office,
        answers=answer_facts(session, asker) if answers else None,
        calls=open_calls(session, asker.office.day_of(asker.now)) if answers else (),
        own_units=units,
        own=() if answers else issues_of(session, units, MOST_OWN),
    )


def list_fills(heard: Heard, line: Answer) -> Fills:
    """The issue that was named, or the unit whose issues are asked for."""
    return {**answer_fills(heard, line), **unit_said(heard, line)}


@dialogue(
    "issues_list",
    opens_on=Intent.ISSUES_LIST,
    needs=Action.BE_HERE,
    facts=list_facts,
    fills=list_fills,
    asks=("which", "words", "confirm"),
)
def issues_list(talk: Talk, facts: ListFacts) -> AnswerIssue | SettleCall | Say:
    """One of the open issues, shown whole to be answered; or somebody who was rung up by now."""
    if facts.answers is None:
        return _own(talk, facts.own)
    unit = talk.given("unit", Words())
    waiting = tuple(one for one in facts.answers.open if unit in (None, one.unit.name))
    calls = () if unit else facts.calls
    if not waiting and not calls and "which" not in talk.answers:
        return Say("issues_list/none", {}, (labels.MENU,))
    _answered_at_once(talk)
    picked = _picked(talk, facts, facts.answers, waiting, calls)
    return SettleCall(call=picked.id) if isinstance(picked, Call) else answered(talk, picked)


def _picked(
    talk: Talk, facts: ListFacts, answers: AnswerFacts, waiting: Sequence[Issue], calls: Sequence[Call]
) -> Issue | Call:
    calls_shown = calls[:MOST_CALLS]
    shown = waiting[: MOST_SHOWN - len(calls_shown)]
    options: tuple[tuple[Choice, Issue | Call], ...] = (
        *((Choice(one.code, labels.issue(one)), one) for one in shown),
        *((Choice(f"call-{one.id}", labels.call(one)), one) for one in calls_shown),
    )
    about = {
        "issues": [
            {"code": one.code, "unit": one.unit, "words": one.text, "on": facts.office.day_of(one.at)}
            for one in shown
        ],
        "issues_open": len(waiting),
        "calls": calls_shown,
        "calls_open": len(calls),
    }
    return talk.ask("which", OneOf(options, other=by_code(answers.find)), about)


def _answered_at_once(talk: Talk) -> None:
    """Where the issue was named together with the answer to it, both are taken."""
    which = talk.answers.get("which")
    words = words_with_code(which) if which is not None else None
    if which is not None and words is not None:
        raise Elsewhere(Intent.ISSUE_ANSWER, {"which": which, "words": words})


def _own(talk: Talk, own: Sequence[Issue]) -> Say:
    """What the asker's own unit has raised: the one that was named, else the newest open one."""
    named = talk.given("which", Words())
    found = [one for one in own if named in (None, one.code)]
    if not found:
        raise NoSuchIssue(named) if named else NotAllowed
    return issue_words(found[0])
