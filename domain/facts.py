"""What is told of somebody who was admitted, for the counts of a report; yes, no, or not told."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final


class Schooling(StrEnum):
    """The highest schooling, as district reports count it."""

    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    UNIVERSITY = "university"
    POSTGRADUATE = "postgraduate"

    @property
    def words(self) -> str:
        """The Vietnamese words that reports use."""
        return _SCHOOLING_WORDS[self]


_SCHOOLING_WORDS: Final = {
    Schooling.PRIMARY: "tiểu học",
    Schooling.LOWER_SECONDARY: "THCS",
    Schooling.UPPER_SECONDARY: "THPT",
    Schooling.VOCATIONAL: "trung cấp",
    Schooling.COLLEGE: "cao đẳng",
    Schooling.UNIVERSITY: "đại học",
    Schooling.POSTGRADUATE: "sau đại học",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Facts for counting (domain rules: sensitive ones are a yes or a no and are never shown again)."""

    youth: bool | None = None
    minority: bool | None = None
    religious: bool | None = None
    rural: bool | None = None
    private_sector: bool | None = None
    village_head: bool | None = None
    schooling: Schooling | None = None

    def told(self) -> dict[str, bool | Schooling]:
        """The facts that were told, by name."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def with_told(self, more: Facts) -> Facts:
        """These facts, where `more` tells nothing else."""
        return replace(self, **more.told())  # type: ignore[arg-type]

    def with_one(self, name: str, value: bool | Schooling) -> Facts:
        """These facts with one of them told, by its name."""
        return replace(self, **{name: value})  # type: ignore[arg-type]
