"""Taking turns: of several processes one does a piece of work, the others stand by."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from storage.posts import Post
from storage.session import DatabaseFault

log = logging.getLogger(__name__)

Work = Callable[[asyncio.Event], Awaitable[None]]
"""Something that goes on until its event is set."""


async def in_turn(post: Post, name: str, work: Work, stop: asyncio.Event, every: float = 5.0) -> None:
    """Do the work whenever the post is ours, until `stop`; looks after the post every so many seconds."""
    while not stop.is_set():
        if await _taken(post):
            log.info("%s: at work", name)
            try:
                await _work_while_held(post, work, stop, every)
            finally:
                await asyncio.to_thread(post.leave)
        else:
            log.debug("%s: another process is at work, standing by", name)
        await pause(stop, every)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so many seconds, or until `stop`."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


async def _taken(post: Post) -> bool:
    try:
        return await asyncio.to_thread(post.take)
    except DatabaseFault as fault:
        log.warning("the database does not answer: %s", type(fault).__name__)
        return False


async def _work_while_held(post: Post, work: Work, stop: asyncio.Event, every: float) -> None:
    over = asyncio.Event()
    working = asyncio.ensure_future(work(over))
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while not working.done() and not stop.is_set():
            await asyncio.wait({working, stopping}, timeout=every, return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set() and not await asyncio.to_thread(post.is_held):
                log.warning("the post was lost with its connection")
                break
    finally:
        stopping.cancel()
        over.set()
        await working
