"""Where somebody writes from: the channels they use, a further one, and the end of the sessions on the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.talk import Asker, Talk, dialogue
from bot.dialogue.talk_about import the_person
from domain.commands import OpenChannel, SignOut
from domain.errors import NothingToSignOut
from domain.people import Person
from domain.policy import Action
from messages import labels
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.channels import Used, channels_of
from storage.session import Session


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """The channels that somebody uses, the one used last in front."""

    used: Sequence[Used]

    @property
    def on_web(self) -> int:
        """At how many places they are signed in on the web."""
        return sum(each.addresses for each in self.used if each.channel == "web")


def channel_facts(session: Session, asker: Asker) -> ChannelFacts:
    """Fetch where they write from."""
    return ChannelFacts(channels_of(session, asker.person.id))


@dialogue("channels", opens_on=Intent.CHANNELS, needs=Action.BE_HERE, facts=channel_facts)
def channels(_talk: Talk, facts: ChannelFacts) -> Say:
    """The channels in use, and what can be done about them."""
    offers = (labels.OPEN_CHANNEL, *((labels.SIGN_OUT,) if facts.on_web else ()), labels.MENU)
    return Say("channels/used", {"used": facts.used}, offers)


@dialogue("open_channel", opens_on=Intent.OPEN_CHANNEL, needs=Action.BE_HERE, facts=the_person)
def open_channel(_talk: Talk, _person: Person) -> OpenChannel:
    """The wish itself is enough: the code binds nobody but whoever asked."""
    return OpenChannel()


@dialogue("sign_out", opens_on=Intent.SIGN_OUT, needs=Action.BE_HERE, facts=channel_facts, asks=("confirm",))
def sign_out(talk: Talk, facts: ChannelFacts) -> SignOut:
    """Whoever has no other channel needs a new code to come back, and is told so."""
    if not facts.on_web:
        raise NothingToSignOut
    command = SignOut()
    talk.confirm(command, {"places": facts.on_web, "only": len(facts.used) == 1})
    return command
