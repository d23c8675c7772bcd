"""Who is likely to miss a quarter, with the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.quarter import reported_now
from bot.dialogue.status import is_cluster, page_asked, page_of, quarter_asked, status_fills, ways_back
from bot.dialogue.talk import Asker, Talk, dialogue
from bot.dialogue.view import RISKS, seen
from domain.at_risk import AtRisk
from domain.period import Quarter
from domain.policy import Action, overseen
from messages import labels, places
from messages.say import Say
from messages.status_words import named, pages, risk_words
from messages.understand.heard import Intent
from storage.queries.rollup import risks
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """Those at risk, and how many days are left of the quarter."""

    quarter: Quarter
    now: Quarter
    risks: tuple[AtRisk, ...]
    days_left: int
    page: int
    cluster: bool


def risk_facts(session: Session, asker: Asker) -> RiskFacts:
    """Fetch who is at risk; unlike the roll-up from the quarter's first day on."""
    quarter = quarter_asked(session, asker, viewed=False)
    return RiskFacts(
        quarter=quarter,
        now=reported_now(session, asker),
        risks=risks(session, quarter, asker.now, asker.office, overseen(asker.person)),
        days_left=(quarter.last_day - asker.office.day_of(asker.now)).days,
        page=page_asked(asker.answers),
        cluster=is_cluster(asker),
    )


@dialogue("at_risk", opens_on=Intent.AT_RISK, needs=Action.OVERSEE, facts=risk_facts, fills=status_fills)
def at_risk(_talk: Talk, facts: RiskFacts) -> Say:
    """Each unit that will miss the quarter: what it lacks, who can still make it, what will be lacking then."""
    all_pages = pages([f"{named(risk.unit)}: {risk_words(risk)}" for risk in facts.risks])
    lines, more = page_of(all_pages, facts.page)
    words = {
        "quarter": facts.quarter,
        "number": len(facts.risks),
        "short": sum(risk.short for risk in facts.risks),
        "lines": lines,
        "page": min(facts.page, len(all_pages)),
        "pages": len(all_pages),
        "days_left": facts.days_left,
        "has_begun": facts.days_left < (facts.quarter.last_day - facts.quarter.first_day).days + 1,
    }
    following = (places.risks(facts.quarter, facts.page + 1),) if more else ()
    back = ways_back(facts.quarter, facts.now, cluster=facts.cluster)
    return Say("at_risk/rows", words, (*following, *back, labels.MENU), seen=seen(RISKS, facts.quarter))
