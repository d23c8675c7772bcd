"""What a phone without buttons types in place of a tap: the digit under which it shows the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.dialogue import desk
from bot.dialogue.running import Room, Turn
from bot.dialogue.state import State
from messages import labels
from messages.channel import IncomingMessage
from tests.harness.stage import read_back


@dataclass(frozen=True)
class Choosing:
    """The choice that a message took: its number among those that were open, and what stands on it."""

    number: int
    label: str

    def typed_after(self, texts: Sequence[str]) -> str:
        """The digit, if the last of these texts that has choices shows this one; before any text, that of the menu."""
        shown = [choices for _, choices in map(read_back, texts) if choices]
        assert not texts or [choice.label for choice in shown[-1]][self.number - 1] == self.label
        return str(self.number)


class Watch:
    """Sees which choice a message took, whether it was tapped, typed as a number, or said in its own words."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chosen: Choosing | None = None
        self._take_turn = desk.take_turn
        monkeypatch.setattr(desk, "take_turn", self._watched)

    def _watched(self, state: State, message: IncomingMessage, room: Room) -> Turn:
        turn = self._take_turn(state, message, room)
        if turn.taken is not None:
            offered = state.waiting.choices if state.waiting else labels.menu(room.person)
            self.chosen = Choosing(offered.index(turn.taken) + 1, turn.taken.label)
        return turn
