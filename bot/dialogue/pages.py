"""Long lists to choose from: some at a time, with «Xem thêm» for the next ones; any of them by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from bot.dialogue.talk import NOTHING, Talk
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, OneOf

T = TypeVar("T")
AT_ONCE: Final = 8
FURTHER: Final = Choice("further", labels.FURTHER)


def ask_one(
    talk: Talk,
    key: str,
    options: Sequence[tuple[Choice, T]],
    other: Callable[[Answer], T] | None = None,
    about: Mapping[str, object] = NOTHING,
) -> T:
    """One of many; what is not offered on the page that is shown may be named, `other` reads the rest."""
    values = {choice.value: value for choice, value in options}

    def named(answer: Answer) -> T:
        if answer.value in values:
            return values[answer.value]
        return OneOf(tuple(options), other=other).read(answer)

    for first in range(0, len(options), AT_ONCE):
        page: list[tuple[Choice, T | None]] = list(options[first : first + AT_ONCE])
        if first + AT_ONCE < len(options):
            page.append((FURTHER, None))
        found = talk.ask(key, OneOf(tuple(page), other=named), about, item=str(first) if first else "")
        if found is not None:
            return found
    return talk.ask(key, OneOf[T]((), other=named), about)
