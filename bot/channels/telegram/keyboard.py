"""Choices as an inline keyboard: one or two buttons a row, so that a phone shows the words whole."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.telegram.door import Json
from messages.channel import Choice, Tap

HALF_ROW: Final = 16
"""The most characters of a label that half the width of a small phone shows."""

_DATA: Final = re.compile(r"([A-Za-z0-9]{1,16}):([1-9][0-9]{0,3})")


def keyboard_of(question: str, choices: tuple[Choice, ...]) -> Json:
    """The `reply_markup` that offers these choices; a tap brings back `question:number`."""
    rows: list[list[Json]] = []
    half_free = False
    for number, choice in enumerate(choices, 1):
        button: Json = {"text": choice.label, "callback_data": f"{question}:{number}"}
        short = len(choice.label) <= HALF_ROW
        if short and half_free:
            rows[-1].append(button)
        else:
            rows.append([button])
        half_free = short and len(rows[-1]) == 1
    return {"inline_keyboard": rows}


def tap_of(callback_data: str) -> Tap:
    """Read what a tap brought back; what is not ours becomes a tap on no question, which nobody waits for."""
    match = _DATA.fullmatch(callback_data)
    return Tap(question=match[1], number=int(match[2])) if match else Tap(question="", number=0)
