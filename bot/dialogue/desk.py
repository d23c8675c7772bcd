"""Where a dialogue is picked up and put back: state from the books, one turn, state to the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.dialogue.scripts import BY_INTENT
from bot.dialogue.state import State
from bot.dialogue.talk import Asker, Script
from bot.dialogue.turn import Room, Turn, after, again, take_turn
from domain.office import Office
from domain.people import Person
from messages import labels
from messages.channel import IncomingMessage
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard
from storage.queries import senders
from storage.session import Session

Hear = Callable[[Session, str, Person, IncomingMessage], Heard]
"""Understands a text that a person sent: what it means depends on who says it and when, and on the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person's dialogue while a message of theirs is handled; the person's row is locked."""

    session: Session
    person: Person
    message: IncomingMessage
    now: datetime
    office: Office
    hear: Hear
    inbox_id: int | None = None

    def advance(self) -> Turn:
        """Take the turn that the message asks for."""
        stored = senders.dialogue_of(self.session, self.person.id)
        return take_turn(State.from_json(stored), self.message, self._room())

    def resume(self) -> Turn:
        """Put what waits once more, or offer the menu."""
        stored = senders.dialogue_of(self.session, self.person.id)
        return again(State.from_json(stored), self._room())

    def carry_on(self, turn: Turn, *done: Say) -> Turn:
        """The turn once its command was carried out or refused: its receipt first, then whatever waits."""
        offering = (done[-1].choices if done else ()) or labels.menu(self.person)
        following = after(turn.state, self._room(), offering)
        return replace(following, says=(*done, *following.says))

    def keep(self, turn: Turn) -> None:
        """Store the state in which the turn leaves the dialogue."""
        senders.keep_dialogue(self.session, self.person.id, turn.state.as_json(), self.message.at)

    def _room(self) -> Room:
        def facts(script: Script, answers: Mapping[str, Answer]) -> Any:
            asker = Asker(
                person=self.person,
                at=self.message.at,
                now=self.now,
                office=self.office,
                names=self.office.names_on(self.message.sender.channel),
                answers=answers,
            )
            return script.facts(self.session, asker)

        return Room(
            person=self.person,
            scripts=BY_INTENT,
            hear=lambda text: self.hear(self.session, text, self.person, self.message),
            facts=facts,
            line=self.inbox_id,
        )
