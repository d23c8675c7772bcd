"""Those of a name who were reported already, as far as the asker may know of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.people import Person
from storage.queries.admissions import Reported


def veiled(person: Person, found: Iterable[Reported]) -> tuple[Reported, ...]:
    """What was reported, without the names of those whom another cell, or the commune, reported before a cell's eyes.

    The code stays, so that it can be asked whether they are the same person.
    """
    own = {unit.id for unit in person.reports_for}
    return tuple(
        each if each.unit in own or each.cell in own else replace(each, name="", is_veiled=True)
        for each in found
    )


def called(before: Reported, name: str) -> Reported:
    """The same, under the name that the asker typed where it is not known by its own."""
    return replace(before, name=name) if before.is_veiled else before
