"""Who is ready for the next class, as the district asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.class_list import ClassList
from domain.office import NamesShown
from domain.policy import Action
from messages.class_words import class_words
from messages.labels import page_of
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries import class_list as books
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """The list as the books stand, how names are shown to the asker, and the page that is wanted."""

    listed: ClassList
    names: NamesShown
    page: int


def class_facts(session: Session, asker: Asker) -> ClassFacts:
    """Fetch who is ready on the day."""
    today, times = asker.office.day_of(asker.now), asker.timetable
    page = asker.answers.get("page")
    return ClassFacts(
        listed=books.class_list(session, today, times.class_list, times.limits),
        names=asker.names,
        page=page_of(page.value if page else None),
    )


def class_fills(heard: Heard, line: Answer) -> Fills:
    """The page that a choice leads to."""
    return {} if heard.code is None else {"page": Answer(line.said, line.at, heard.code)}


@dialogue(
    "class_list", opens_on=Intent.CLASS_LIST, needs=Action.SEE_ALL, facts=class_facts, fills=class_fills
)
def class_list(_talk: Talk, facts: ClassFacts) -> Say:
    """The list, a page at a time."""
    return class_words(facts.listed, facts.names, facts.page)
