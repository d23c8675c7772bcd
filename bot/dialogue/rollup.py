"""What the district asks of the whole, and an overseer of the cluster: how the units stand in a quarter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.quarter import reported_now
from bot.dialogue.status import is_cluster, quarter_asked, same_of_another_quarter, status_fills
from bot.dialogue.talk import Asker, Elsewhere, Talk, dialogue
from bot.dialogue.view import ALL, seen
from domain.period import Quarter
from domain.policy import Action, overseen
from domain.progress import RollUp
from messages import places
from messages.rollup_words import rollup_words
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.rollup import roll_up
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpFacts:
    """The roll-up, for whom, which quarter is being reported, and whether the one that was asked for has begun."""

    all: RollUp
    office: str
    now: Quarter
    has_begun: bool
    cluster: bool


def roll_up_facts(session: Session, asker: Asker) -> RollUpFacts | Elsewhere:
    """Fetch the roll-up as the books stand now; or what is in view goes on in another quarter."""
    there = same_of_another_quarter(asker)
    if there is not None:
        return there
    among = overseen(asker.person)
    quarter = quarter_asked(session, asker, viewed=False)
    return RollUpFacts(
        all=roll_up(session, quarter, asker.now, asker.office, among),
        office=asker.office.name,
        now=reported_now(session, asker),
        has_begun=quarter <= Quarter.of(asker.office.day_of(asker.now)),
        cluster=is_cluster(asker),
    )


@dialogue("rollup", opens_on=Intent.ROLLUP, needs=Action.OVERSEE, facts=roll_up_facts, fills=status_fills)
def rollup(_talk: Talk, facts: RollUpFacts | Elsewhere) -> Say:
    """The roll-up as text, with everything that is done about it; one unit follows when its name is typed."""
    if isinstance(facts, Elsewhere):
        raise facts
    offers = places.offers(facts.all, facts.now, begun=facts.has_begun, cluster=facts.cluster)
    words = rollup_words(facts.all, facts.office, offers, cluster=facts.cluster)
    return replace(words, seen=seen(ALL, facts.all.quarter))
