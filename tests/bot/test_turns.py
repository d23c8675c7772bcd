from __future__ import annotations

import asyncio

import pytest

from bot.turns import in_turn
from storage.session import DatabaseFault
from tests.harness.patience import WITHIN


class PaperPost:
    """A post that is free, held or lost as the test says."""

    def __init__(self, *answers: bool | Exception) -> None:
        self._answers = list(answers)
        self.held = True
        self.left = 0

    def take(self) -> bool:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def is_held(self) -> bool:
        return self.held

    def leave(self) -> None:
        self.left += 1


async def test_the_work_ends_when_the_process_stops_and_the_post_is_left():
    post, stop, log = PaperPost(True), asyncio.Event(), []

    async def work(over: asyncio.Event) -> None:
        log.append("begun")
        stop.set()
        await over.wait()
        log.append("ended")

    await in_turn(post, "polling", work, stop, every=0.01)
    assert (log, post.left) == (["begun", "ended"], 1)


async def test_who_stands_by_takes_over_when_the_post_is_free():
    post, stop = PaperPost(False, DatabaseFault("away"), True), asyncio.Event()

    async def work(over: asyncio.Event) -> None:
        stop.set()
        await over.wait()

    await asyncio.wait_for(in_turn(post, "polling", work, stop, every=0.001), WITHIN)
    assert post.left == 1


async def test_who_loses_the_post_stops_and_asks_for_it_again():
    post, stop, begun = PaperPost(True), asyncio.Event(), []

    async def work(over: asyncio.Event) -> None:
        begun.append(len(begun))
        post.held = len(begun) > 1
        if len(begun) == 2:
            stop.set()
        await over.wait()

    await asyncio.wait_for(in_turn(post, "polling", work, stop, every=0.001), WITHIN)
    assert (begun, post.left) == ([0, 1], 2)


async def test_a_fault_of_the_work_is_told_and_the_post_is_left():
    post, stop = PaperPost(True), asyncio.Event()

    async def work(over: asyncio.Event) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await in_turn(post, "polling", work, stop, every=0.01)
    assert post.left == 1
