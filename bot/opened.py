"""An admission opened for a page of the office's own: in the very words in which the chat tells it."""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.talk import Asker, Talk
from bot.dialogue.trail import trail
from domain.deadline import Timetable
from domain.errors import NotOverseen
from domain.office import Office
from domain.people import Person
from messages.readers import Answer
from messages.say import Hearer, Say, render
from storage.session import Session


class Opener:
    """Tells where the number behind a receipt code came from, to whoever oversees its unit."""

    def __init__(self, office: Office, timetable: Timetable, channel: str) -> None:
        self._office, self._timetable, self._channel = office, timetable, channel

    def __call__(self, session: Session, person: Person, code: str, now: datetime) -> str | None:
        """The admission, its message and its changes, as text; None where this person may not see it."""
        asker = Asker(
            person=person,
            at=now,
            now=now,
            office=self._office,
            names=self._office.names_on(self._channel),
            answers={"code": Answer(code, now, code)},
            timetable=self._timetable,
        )
        try:
            facts = trail.facts(session, asker)
        except NotOverseen:
            return None
        if facts.trail is None:
            return None
        told = trail.run(Talk(trail.name, asker.answers), facts)
        return render(told, Hearer.on(self._channel, self._office)) if isinstance(told, Say) else None
