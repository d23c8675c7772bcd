"""Asking Zalo for events, while there is no public address: for trying things out alone.

Zalo hands each event out once, without a number and without being told that it arrived, so what is under way
when a process ends or a line breaks is gone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.channels.waiting import unless
from bot.channels.zalo.door import Json, Refused, ZaloDoor, ZaloError, is_idle

log = logging.getLogger(__name__)

Pause = Callable[[float], Awaitable[None]]
Take = Callable[[Json], Awaitable[None]]

LONG_POLL_SECONDS: Final = 30
MOST_SECONDS: Final = 30.0
"""The longest wait between tries."""


async def poll(door: ZaloDoor, take: Take, stop: asyncio.Event, pause: Pause) -> None:
    """Ask for events and hand each to `take`, until `stop`; one whose `take` raises is handed in again after a while."""
    log.warning(
        "Zalo is asked for messages (polling): what is under way when this process stops is lost; "
        "set CHIBO_PUBLIC_URL and CHIBO_ZALO_WEBHOOK_SECRET for work that counts"
    )
    failures = 0
    while not stop.is_set():
        try:
            event = await unless(stop, _ask(door))
            failures = 0
        except ZaloError as error:
            failures += 1
            _tell(error, failures)
            await unless(stop, pause(_seconds(failures)))
        else:
            if event is not None:
                await _hand_in(event, take, stop, pause)


async def _ask(door: ZaloDoor) -> Json | None:
    """One event; None when none came in time."""
    params: Json = {"timeout": LONG_POLL_SECONDS}
    try:
        answer = await door.call("getUpdates", params, read_seconds=LONG_POLL_SECONDS + 10.0)
    except ZaloError as error:
        if is_idle(error):
            return None
        raise
    return answer if isinstance(answer, dict) else None


async def _hand_in(event: Json, take: Take, stop: asyncio.Event, pause: Pause) -> None:
    """Hand in an event until it is taken: Zalo has it no more."""
    tries = 0
    while True:
        try:
            await take(event)
        except Exception:
            tries += 1
            log.warning("an event of Zalo could not be handed in", exc_info=True)
            if stop.is_set():
                log.error("an event of Zalo is lost: the process stops, and the books cannot be reached")  # noqa: TRY400
                return
            await unless(stop, pause(_seconds(tries)))
        else:
            return


def _seconds(failures: int) -> float:
    return min(MOST_SECONDS, 2.0 ** min(failures - 1, 5))


def _tell(error: ZaloError, failures: int) -> None:
    if failures in (1, 10, 100):
        what = "was refused" if isinstance(error, Refused) else "failed"
        log.warning("asking Zalo for messages %s %d times: %s", what, failures, error)
