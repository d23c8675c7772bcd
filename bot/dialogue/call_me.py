"""Who does not find their way by chat is rung up by the district."""

from __future__ import annotations

from bot.dialogue.talk import Talk, dialogue
from bot.dialogue.talk_about import the_person
from domain.commands import AskForCall
from domain.people import Person
from domain.policy import Action
from messages.understand.heard import Intent


@dialogue("call_me", opens_on=Intent.CALL_ME, needs=Action.BE_HERE, facts=the_person)
def call_me(_talk: Talk, person: Person) -> AskForCall:
    """The wish itself is enough: it needs no yes."""
    return AskForCall(unit=person.appointments[0].unit)
