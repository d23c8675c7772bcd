"""The short conversations that report nothing: menu and what is behind it, help, greeting, thanks."""

from __future__ import annotations

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.people import Person
from domain.policy import Action
from messages import labels
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.session import Session


def the_person(_session: Session, asker: Asker) -> Person:
    """The only fact these need: who is asking."""
    return asker.person


@dialogue("menu", opens_on=Intent.MENU, needs=Action.BE_HERE, facts=the_person)
def menu(_talk: Talk, person: Person) -> Say:
    """What can be begun."""
    return Say("talk/menu", {}, labels.menu(person))


def page_fills(heard: Heard, line: Answer) -> Fills:
    """The page that a choice leads to."""
    return {} if heard.code is None else {"page": Answer(line.said, line.at, heard.code)}


@dialogue("more", opens_on=Intent.MORE, needs=Action.BE_HERE, facts=the_person, fills=page_fills)
def more(talk: Talk, person: Person) -> Say:
    """What is begun more seldom, a page at a time."""
    page = talk.answers.get("page")
    return Say("talk/menu", {}, labels.more(person, labels.page_of(page.value if page else None)))


@dialogue("help", opens_on=Intent.HELP, needs=Action.BE_HERE, facts=the_person)
def help_(_talk: Talk, person: Person) -> Say:
    """What one may type, with examples of the person's own unit."""
    return Say("talk/help", {"person": person}, labels.menu(person))


@dialogue("greeting", opens_on=Intent.GREETING, needs=Action.BE_HERE, facts=the_person)
def greeting(_talk: Talk, person: Person) -> Say:
    """A greeting is answered with one, and with the menu."""
    return Say("talk/greeting", {"person": person}, labels.menu(person))


@dialogue("thanks", opens_on=Intent.THANKS, needs=Action.BE_HERE, facts=the_person)
def thanks(_talk: Talk, _person: Person) -> Say:
    """Thanks are answered shortly."""
    return Say("talk/thanks")
