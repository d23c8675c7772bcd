"""What the units have learnt from a quarter's batches of decisions, as the district asks, and overseers of their cluster."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.status import is_cluster, page_asked, page_of, quarter_asked, status_fills
from bot.dialogue.talk import Asker, Talk, dialogue
from domain.policy import Action, overseen
from domain.progress import RollUp
from messages import labels, places
from messages.say import Say
from messages.status_words import named, pages
from messages.understand.heard import Intent
from storage.queries.rollup import roll_up
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsFacts:
    """The roll-up whose lessons they are, and the page that is wanted."""

    all: RollUp
    page: int
    cluster: bool


def lessons_facts(session: Session, asker: Asker) -> LessonsFacts:
    """Fetch the roll-up as the books stand now."""
    quarter = quarter_asked(session, asker)
    return LessonsFacts(
        all=roll_up(session, quarter, asker.now, asker.office, overseen(asker.person)),
        page=page_asked(asker.answers),
        cluster=is_cluster(asker),
    )


@dialogue("lessons", opens_on=Intent.LESSONS, needs=Action.OVERSEE, facts=lessons_facts, fills=status_fills)
def lessons(_talk: Talk, facts: LessonsFacts) -> Say:
    """Each lesson with its unit, and the day of the batch."""
    taught = facts.all.taught
    all_pages = pages(
        [f"{named(unit)} ({each.day.day}/{each.day.month}): {each.text}" for unit, each in taught]
    )
    lines, more = page_of(all_pages, facts.page)
    words = {
        "quarter": facts.all.quarter,
        "lines": lines,
        "page": min(facts.page, len(all_pages)),
        "pages": len(all_pages),
    }
    following = (places.lessons(facts.all.quarter, facts.page + 1),) if more else ()
    whole = labels.CLUSTER if facts.cluster else labels.ROLLUP
    return Say(
        "lessons/page", words, (*following, whole, labels.MENU), seen="lessons " + facts.all.quarter.code
    )
