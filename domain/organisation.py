"""The tree of Party units, as data with dates of validity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

UnitId = NewType("UnitId", int)


class UnitKind(StrEnum):
    """The level of a unit: levels are data, for they have been abolished and merged before."""

    DISTRICT = "district"
    GRASSROOTS = "grassroots"
    CELL = "cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A Party unit: the district, a grassroots organisation (with a target of its own) or a cell below one.

    `name` is the official one («Chi bộ Trường THPT Lục Ngạn số 3»), `short` the one that messages use
    («THPT số 3»), `code` the start of its receipts («TPT3»), `aliases` other writings in use.
    `block` and `position` are its table and row in the annex of the plan; 0 where it is not in one.
    `valid_to` is the first day on which it exists no more.
    """

    id: UnitId
    kind: UnitKind
    name: str
    short: str
    code: str
    parent: UnitId | None = None
    aliases: tuple[str, ...] = ()
    block: int = 0
    position: int = 0
    valid_from: date = date.min
    valid_to: date | None = None

    @property
    def number(self) -> str:
        """Its number in lists, which is its place in the plan: 108 for row 8 of table 1; empty outside the plan."""
        return f"{self.block}{self.position:02}" if self.block and self.position else ""

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
