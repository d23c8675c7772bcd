"""What the rating of the units at a year's end rests on, as the district asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.dialogue.quarter import rated_year
from bot.dialogue.status import page_asked, page_of, place_asked
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.policy import Action
from domain.rating import Rating
from messages import labels, places
from messages.places import At
from messages.rating_words import rating_lines
from messages.readers import Answer
from messages.say import Say
from messages.status_words import pages
from messages.understand.heard import Heard, Intent
from storage.queries import rating as books
from storage.session import Session

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFacts:
    """The year of all units, and the page that is wanted."""

    all: Rating
    page: int


def rating_facts(session: Session, asker: Asker) -> RatingFacts:
    """Fetch the year that was named, else the one that is being rated; raises NoPlan."""
    found = books.rating(session, _year(session, asker), asker.now, asker.office)
    return RatingFacts(all=found, page=page_asked(asker.answers))


def _year(session: Session, asker: Asker) -> int:
    at, named = place_asked(asker.answers), asker.answers.get("year")
    if at is not None:
        return at.quarter.year
    if named is not None and named.value:
        return int(named.value)
    return rated_year(session, asker)


def rating_fills(heard: Heard, line: Answer) -> Fills:
    """The year that a line names, or the page that a choice leads to."""
    at = At.parse(heard.code)
    if at is not None:
        return {"at": Answer(line.said, line.at, str(at))}
    year = _YEAR.search(line.said)
    return {} if year is None else {"year": Answer(line.said, line.at, year[1])}


@dialogue("rating", opens_on=Intent.RATING, needs=Action.EXPORT, facts=rating_facts, fills=rating_fills)
def rating(_talk: Talk, facts: RatingFacts) -> Say:
    """All units, some on each page, and the table as a file."""
    year = facts.all.plan.year
    all_pages = pages(rating_lines(facts.all))
    lines, more = page_of(all_pages, facts.page)
    words = {
        "all": facts.all,
        "lines": lines,
        "page": min(facts.page, len(all_pages)),
        "pages": len(all_pages),
    }
    following = (places.rating(year, facts.page + 1),) if more else ()
    return Say(
        "rating/page", words, (*following, labels.rating_file(year), labels.MENU), seen=f"rating {year}"
    )
