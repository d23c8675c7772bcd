"""Why something is done: one of the usual reasons, or a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.dialogue.talk import NOTHING, Fills, Talk
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, quoted

LONGEST_REASON: Final = 300
_BECAUSE: Final = re.compile(r"(?:^|[\s,;])(?:lý do(?: là)?|vì|do)\s*:?\s+(.{2,})$", re.IGNORECASE)


def reason_said(line: Answer, key: str = "because") -> Fills:
    """The reason at the end of a line: «…, lý do chuyển công tác»."""
    found = _BECAUSE.search(line.said)
    return {} if found is None else {key: Answer(found[1], line.at, found[1].strip(" ."))}


def said_or_chosen(talk: Talk, key: str, usual: Sequence[str], about: Mapping[str, object] = NOTHING) -> str:
    """A reason in words: those of a choice, or somebody's own."""
    options = tuple((Choice(f"reason-{number}", words), words) for number, words in enumerate(usual, 1))
    return talk.ask(key, OneOf(options, other=_own), about)


def _own(answer: Answer) -> str:
    words = " ".join((answer.value or answer.said).split())
    if len(words) < 2 or labels.begins_something(words):
        raise NotUnderstood("too_few_words", {"said": quoted(words)})
    return words[:LONGEST_REASON].rstrip()
