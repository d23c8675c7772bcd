"""What stands in a unit's way: told to the district, and looked at again with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.place import Place, places_of
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import RaiseIssue
from domain.errors import NotAllowed
from domain.matters import Issue
from domain.organisation import Unit
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, OneOf, OwnWords, Words
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries.issues import issues_of
from storage.session import Session

MOST_SHOWN: Final = 6
"""Issues of the own unit that are offered to be looked at."""
LONGEST: Final = 1500
"""Characters of an issue, or of an answer, that are kept."""
OWN_WORDS: Final = OwnWords(least_words=4, most=LONGEST)
_KEPT: Final = OwnWords(least_words=0, most=LONGEST)
_NEW: Final = Choice("new", labels.NEW_ISSUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """The asker's units and what they have raised, the open ones first."""

    places: tuple[Place, ...]
    issues: tuple[Issue, ...]


def issue_facts(session: Session, asker: Asker) -> IssueFacts:
    """Fetch the asker's units and their issues."""
    places = places_of(session, asker)
    return IssueFacts(places=places, issues=issues_of(session, [p.unit.id for p in places], MOST_SHOWN))


def issue_fills(heard: Heard, line: Answer) -> Fills:
    """The words of the issue; a unit that they name may be another one, so it is no answer yet."""
    if heard.intent is Intent.ISSUE:
        named = {} if heard.unit is None else {"named": Answer(heard.unit, line.at, heard.unit)}
        words = {"words": Answer(line.said, line.at, heard.text)} if heard.text else {}
        return {**named, **words}
    is_told = heard.intent is Intent.UNKNOWN and len(line.said.split()) >= OWN_WORDS.least_words
    return {"words": line} if is_told else {}


@dialogue(
    "issue",
    opens_on=Intent.ISSUE,
    needs=Action.REPORT,
    facts=issue_facts,
    fills=issue_fills,
    asks=("which", "words", "unit", "confirm"),
)
def issue(talk: Talk, facts: IssueFacts) -> RaiseIssue | Say:
    """A new issue, or one that was raised before, with its answer."""
    before = talk.was("words", _KEPT)
    if facts.issues and before is None and "words" not in talk.answers:
        chosen = _which(talk, facts.issues)
        if chosen is not None:
            return issue_words(chosen)
    text = talk.ask("words", OWN_WORDS, {"before": before})
    command = RaiseIssue(unit=_unit(talk, facts.places), text=text)
    talk.confirm(command, {"cut": was_cut(talk), "most": LONGEST})
    return command


def _which(talk: Talk, raised: Sequence[Issue]) -> Issue | None:
    known = {one.code: one for one in raised}
    nothing: Issue | None = None
    options = tuple((Choice(code, labels.own_issue(one)), one) for code, one in known.items())
    return talk.ask("which", OneOf(((_NEW, nothing), *options)), {"issues": raised})


def _unit(talk: Talk, places: Sequence[Place]) -> Unit:
    """The asker's only unit, or the one that the words named, or the one chosen."""
    units = {place.unit.code: place.unit for place in places}
    named = talk.given("named", Words())
    meant = [unit for unit in units.values() if named == unit.name]
    if not units:
        raise NotAllowed
    if len(units) == 1 or meant:
        return (meant or list(units.values()))[0]
    return talk.ask("unit", OneOf(tuple((Choice(code, unit.short), unit) for code, unit in units.items())))


def was_cut(talk: Talk) -> bool:
    """Whether what was told was longer than what is kept."""
    told = talk.answers["words"]
    return len((told.value or told.said).strip()) > LONGEST


def issue_words(one: Issue) -> Say:
    """One issue with its answers, as the unit that raised it sees it."""
    return Say("issue/shown", {"issue": one}, (labels.ISSUE, labels.MENU))
