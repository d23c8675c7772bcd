"""Where somebody is rung up: their own number, told by themselves."""

from __future__ import annotations

from bot.dialogue.talk import Fills, Talk, dialogue
from bot.dialogue.talk_about import the_person
from domain.commands import TellPhone
from domain.people import Person
from domain.phone import phone_in
from domain.policy import Action
from messages.readers import Answer, Phone
from messages.understand.heard import Heard, Intent


def phone_fills(_heard: Heard, line: Answer) -> Fills:
    """The number that the line named."""
    number = phone_in(line.said)
    return {} if number is None else {"number": Answer(line.said, line.at, number)}


@dialogue(
    "phone",
    opens_on=Intent.PHONE,
    needs=Action.BE_HERE,
    facts=the_person,
    fills=phone_fills,
    asks=("number",),
)
def phone(talk: Talk, _person: Person) -> TellPhone:
    """The number alone: one that is wrong is told anew, so it needs no yes."""
    return TellPhone(phone=talk.ask("number", Phone()))
