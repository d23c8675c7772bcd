"""Where answering must end: no loop with another program, and no endless «I do not understand»."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.dialogue.running import Turn, failed
from bot.dialogue.state import NO_MISSES, Misses, State
from messages.channel import IncomingMessage
from messages.say import Say

SAME: Final = 3
"""Times in a row that the very same text may lead nowhere; the last of them is answered with a last word."""
MOST: Final = 20
"""Messages within `WHILE` that may lead nowhere; the next is answered with a last word."""
WHILE: Final = timedelta(minutes=10)


def borne(before: State, turn: Turn, message: IncomingMessage) -> Turn:
    """The turn; or a last word, and then silence, where nothing but what leads nowhere comes in."""
    if turn.heeded and not failed(turn):
        return replace(turn, state=replace(turn.state, misses=NO_MISSES))
    misses = _one_more(before.misses, message)
    kept = replace(before, misses=misses)
    if misses.same > SAME or len(misses.times) > MOST + 1:
        return Turn(kept)
    if misses.same == SAME or len(misses.times) == MOST + 1:
        return Turn(kept, (Say("talk/no_more"),))
    return replace(turn, state=replace(turn.state, misses=misses))


def _one_more(before: Misses, message: IncomingMessage) -> Misses:
    said = hashlib.blake2b(f"{message.kind} {message.text}".encode(), digest_size=6).hexdigest()
    lately = [at for at in before.times if abs(message.at - at) < WHILE]
    return Misses(
        said=said,
        same=before.same + 1 if said == before.said else 1,
        times=(*lately, message.at)[-(MOST + 2) :],
    )
