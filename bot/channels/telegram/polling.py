"""The polling loop: an update is confirmed to Telegram only when it is in the books."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.door import Door, Json
from bot.channels.telegram.failures import seconds_to_wait
from bot.channels.telegram.updates import ALLOWED_UPDATES, chat_of, update_id_of
from bot.channels.waiting import unless

log = logging.getLogger(__name__)

Pause = Callable[[float], Awaitable[None]]
Take = Callable[[Json], Awaitable[None]]

LONG_POLL_SECONDS: Final = 50
BATCH: Final = 100
MOST_SECONDS: Final = 30.0
"""The longest wait between tries."""


class _NotTaken(Exception):
    """An update could not be handed in, which means that the books cannot be reached; `first` is its number."""

    def __init__(self, first: int) -> None:
        super().__init__(f"update {first} could not be handed in")
        self.first = first


async def poll(door: Door, take: Take, stop: asyncio.Event, pause: Pause) -> None:
    """Ask for updates and hand each to `take`, until `stop`.

    Chats go side by side, the updates of one chat in order. An update whose `take` raises is asked
    for again after a while; so is what came after it, which the inbox knows by its id.
    """
    offset, failures = 0, 0
    while not stop.is_set():
        try:
            updates = await unless(stop, _ask(door, offset))
            if updates is None:
                return
            offset = await _take_all(updates, take)
            failures = 0
        except (TelegramError, _NotTaken) as error:
            failures += 1
            offset = error.first if isinstance(error, _NotTaken) else offset
            _tell(error, failures)
            await unless(stop, pause(_seconds(error, failures)))


async def _ask(door: Door, offset: int) -> list[object]:
    params: Json = {
        "offset": offset,
        "limit": BATCH,
        "timeout": LONG_POLL_SECONDS,
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    answer = await door.call("getUpdates", params, read_seconds=LONG_POLL_SECONDS + 10.0)
    if not isinstance(answer, list):
        raise TelegramError("getUpdates did not answer with a list")
    return answer


async def _take_all(updates: list[object], take: Take) -> int:
    """Hand in a batch and answer the offset that confirms it; raises _NotTaken."""
    chats: dict[int | None, list[Json]] = {}
    highest = None
    for update in updates:
        number = update_id_of(update)
        if number is None or not isinstance(update, dict):
            log.warning("something without a number came among the updates of Telegram; it is passed over")
            continue
        highest = number if highest is None else max(highest, number)
        chats.setdefault(chat_of(update), []).append(update)
    if updates and highest is None:
        raise TelegramError("getUpdates answered with nothing that has a number")
    failed = await asyncio.gather(*(_take_in_order(chat, take) for chat in chats.values()))
    if stuck := [number for number in failed if number is not None]:
        raise _NotTaken(min(stuck))
    # After an empty answer everything is confirmed, and 0 asks for whatever is not: numbers start
    # anew after a quiet week, and may start below.
    return 0 if highest is None else highest + 1


async def _take_in_order(updates: list[Json], take: Take) -> int | None:
    """Hand in the updates of one chat; answers the number of the first that could not be."""
    for update in updates:
        try:
            await take(update)
        except Exception:
            log.warning("update %s could not be handed in", update["update_id"], exc_info=True)
            return update_id_of(update)
    return None


def _seconds(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_to_wait(error)
    return min(MOST_SECONDS, 2.0 ** min(failures - 1, 5))


def _tell(error: Exception, failures: int) -> None:
    if isinstance(error, Conflict):
        log.warning("another process asks for this bot's updates, or a webhook is set: %s", error.message)
    elif failures in (1, 10, 100):
        log.warning("asking Telegram for updates failed %d times: %s", failures, error)
