"""From what people type to what they mean: pure rules, no answer lists."""

from __future__ import annotations

from messages.understand.day_answers import read_date
from messages.understand.heard import Gender, HeadsSaid, Heard, Intent, PersonSaid
from messages.understand.identity import holds_id_number
from messages.understand.meaning import understand
from messages.understand.numbers import read_number
from messages.understand.people import read_people
from messages.understand.quarters import read_quarter
from messages.understand.reading import Reading
from messages.understand.units import UnitFound, UnitNames
from messages.understand.yes_no import read_yes_no

__all__ = [
    "Gender",
    "HeadsSaid",
    "Heard",
    "Intent",
    "PersonSaid",
    "Reading",
    "UnitFound",
    "UnitNames",
    "holds_id_number",
    "read_date",
    "read_number",
    "read_people",
    "read_quarter",
    "read_yes_no",
    "understand",
]
