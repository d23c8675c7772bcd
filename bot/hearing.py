"""How a text is understood here: with the units on the books, for whoever says it, on the day it was said."""

from __future__ import annotations

from datetime import date

from domain.office import Office
from domain.people import Person
from messages.channel import IncomingMessage
from messages.understand import understand
from messages.understand.heard import Heard
from messages.understand.units import UnitNames
from storage.queries.units import all_units
from storage.session import Session


class Hearing:
    """Understands texts; keeps the names of the units, which `refresh` reads anew."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._names = UnitNames(())

    def refresh(self, session: Session, on: date) -> None:
        """Read the names of the units that exist on a day."""
        self._names = UnitNames(all_units(session, on))

    def __call__(self, text: str, person: Person, message: IncomingMessage) -> Heard:
        return understand(
            text,
            today=self._office.day_of(message.at),
            units=self._names,
            district=person.is_district,
        )
