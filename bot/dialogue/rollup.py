"""What the district asks of the whole: how all units stand in a quarter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.quarter import quarter_said, reported_now
from bot.dialogue.talk import Asker, Talk, dialogue
from domain.period import Quarter
from domain.policy import Action
from domain.progress import RollUp
from messages import labels
from messages.rollup_words import rollup_words
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.rollup import roll_up
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpFacts:
    """The roll-up, and for whom."""

    all: RollUp
    office: str


def quarter_asked(session: Session, asker: Asker) -> Quarter:
    """The quarter that the line named, else the one that is being reported now."""
    named = asker.answers.get("quarter")
    return Quarter.parse(named.value) if named and named.value else reported_now(session, asker)


def roll_up_facts(session: Session, asker: Asker) -> RollUpFacts:
    """Fetch the roll-up as the books stand now."""
    return RollUpFacts(
        all=roll_up(session, quarter_asked(session, asker), asker.now, asker.office),
        office=asker.office.name,
    )


@dialogue("rollup", opens_on=Intent.ROLLUP, needs=Action.SEE_ALL, facts=roll_up_facts, fills=quarter_said)
def rollup(_talk: Talk, facts: RollUpFacts) -> Say:
    """The roll-up as text; one unit of it follows when its name is typed."""
    words = rollup_words(facts.all, facts.office, (labels.UNIT, labels.EXPORT, labels.MENU))
    return replace(words, seen=f"all {facts.all.quarter}")
