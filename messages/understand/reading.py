"""The outcome of reading an answer: a value, several that it could be, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """`value` when there is one meaning; `choices` when there are several; neither when there is none."""

    value: T | None = None
    choices: tuple[T, ...] = ()

    @property
    def unclear(self) -> bool:
        """Whether there are several meanings and somebody must be asked."""
        return bool(self.choices)

    @property
    def nothing(self) -> bool:
        return self.value is None and not self.choices
