"""`kill -9` at any moment, under traffic: what was acknowledged is on the books once, and nothing else is lost.

KILLS says how often (`make crash`: 200), SEED repeats what the people do. When the
process dies is left to the machine: it is at another point of its work each time.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.harness import remains
from tests.harness.product import Product
from tests.harness.remains import Remains
from tests.harness.talker import PATIENCE, Talker, key_of
from tests.harness.telegram_server import TelegramServer

KILLS: Final = int(os.environ.get("KILLS", "8"))
SEED: Final = int(os.environ.get("SEED", secrets.randbelow(10**6)))
TALKERS: Final = 12
BEGIN: Final = datetime.fromisoformat("2022-03-28T07:59:00+07:00")
"""A minute before reminders go out, so that some die on their way."""
BUSY_SECONDS: Final = 0.8
"""Within it a process that has come up has taken, answered and delivered many messages."""
STARTING_SECONDS: Final = 1.5


@dataclass
class Crashes:
    """The product that is killed, those who go on talking to it, and what was seen."""

    url: str
    folder: Path
    telegram: TelegramServer
    product: Product
    talkers: list[Talker]
    dice: random.Random
    now: datetime = BEGIN
    kills: int = 0
    in_hand: Counter[str] = field(default_factory=Counter)
    """At how many kills something was under way, by what it was."""

    async def live_and_die(self) -> None:
        """One life of the process, ended at a random moment; at times before it has come up."""
        began = asyncio.get_running_loop().time()
        self.product.start(self.now)
        if self.dice.random() < 0.15:
            await asyncio.sleep(self.dice.uniform(0, STARTING_SECONDS))
        else:
            await self.product.until_polling()
            await asyncio.sleep(self.dice.uniform(0, BUSY_SECONDS))
        await self.product.kill()
        self.kills += 1
        self.goes_on(asyncio.get_running_loop().time() - began)

    def goes_on(self, seconds: float) -> None:
        """The clock goes on, and while nothing ran perhaps so far that the dead one's leases are over."""
        self.now += timedelta(seconds=seconds + self.dice.choice((0, 45, 90, 90)))

    def left(self) -> Remains:
        return remains.read(self.url, self.folder)

    def note(self, left: Remains) -> None:
        """What the process was in the middle of when it died."""
        confirmed = set(self.telegram.queue.confirmed)
        self.in_hand["an answer was not sent"] += left.unsent > 0
        self.in_hand["a message was on the books and not confirmed"] += bool(left.updates.keys() - confirmed)
        self.in_hand["a message waited"] += bool(self.telegram.queue.waiting)


@pytest.fixture
async def crashes(plan_url: str, tmp_path: Path) -> AsyncIterator[Crashes]:
    async with TelegramServer() as telegram:
        product = Product(plan_url, tmp_path, telegram)
        invited = json.loads(await product.command("people", "invite", "--every-unit", "--json", at=BEGIN))
        dice = random.Random(SEED)
        talkers = [
            Talker(telegram.person(1001 + n), one["code"], random.Random(f"{SEED} {n}"))
            for n, one in enumerate(dice.sample(invited, TALKERS))
        ]
        yield Crashes(plan_url, tmp_path, telegram, product, talkers, dice)
        product.clear_away()


async def test_whenever_it_is_killed_nothing_is_lost_and_nothing_counted_twice(
    crashes: Crashes, capsys: pytest.CaptureFixture[str]
) -> None:
    def tell(words: str) -> None:
        with capsys.disabled():
            # Standard error is what comes through from a worker of pytest-xdist, too.
            sys.stderr.write(f"\n{crashes.url.partition(':')[0]}: {words}\n")

    goes_on = iter(lambda: crashes.kills < KILLS, None)
    talks = [asyncio.create_task(talker.talk(goes_on)) for talker in crashes.talkers]
    for _ in range(KILLS):
        await crashes.live_and_die()
        none_has_failed(talks)
        left = crashes.left()
        crashes.note(left)
        the_books_hold(left, crashes)
        if crashes.kills % 20 == 0:
            tell(
                f"{crashes.kills} kills, {len(left.admissions)} admissions, {sum(left.updates.values())} messages"
            )
    crashes.now += timedelta(minutes=2)
    async with crashes.product.running(crashes.now):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*talks)
    left = crashes.left()
    the_books_hold(left, crashes)
    everything_is_settled(left, crashes)
    tell(summary(left, crashes))


def none_has_failed(talks: list[asyncio.Task[None]]) -> None:
    for talk in talks:
        if talk.done():
            talk.result()


def the_books_hold(left: Remains, crashes: Crashes) -> None:
    """What must be true at every moment, also while answers are still on their way."""
    assert left.parked == []
    assert left.updates.keys() >= set(crashes.telegram.queue.confirmed), (
        "confirmed before it was on the books"
    )
    assert max(left.updates.values(), default=1) == 1
    answered = Counter(letter.inbox_id for letter in left.letters if letter.inbox_id is not None)
    assert set(answered.values()) <= {1}, "answered twice"
    on_books = Counter(name_and_unit(name, code) for name, code in left.admissions)
    assert set(on_books.values()) <= {1}, "counted twice"
    assert len({code for _, code in left.admissions}) == len(left.admissions)
    acknowledged = {(name, code) for talker in crashes.talkers for name, code in talker.acknowledged.items()}
    assert set(left.admissions) >= acknowledged, "acknowledged and lost"
    affirmed = {name for talker in crashes.talkers for name in talker.affirmed}
    assert {name for name, _ in left.admissions} <= affirmed, "on the books without a yes"


def name_and_unit(name: str, code: str) -> tuple[str, str]:
    return name, code.partition("-")[0]


def everything_is_settled(left: Remains, crashes: Crashes) -> None:
    """What must be true in the end: each message handled once, each answer delivered, in order."""
    talkers = crashes.talkers
    assert set(left.updates) == {update["update_id"] for talker in talkers for update in talker.updates}
    assert len([letter for letter in left.letters if letter.kind == "reply"]) == len(left.updates)
    assert {letter.state for letter in left.letters} <= {"sent", "dropped"}
    reported = {(name, code) for talker in talkers for name, code in talker.acknowledged.items()}
    assert set(left.admissions) == reported
    assert sum(len(talker.acknowledged) for talker in talkers) == len(left.admissions)
    assert left.filings == sum(talker.filed for talker in talkers)
    for talker in talkers:
        assert talker.affirmed == talker.acknowledged.keys()
        own = [each for each in left.letters if each.chat == talker.phone.chat_id and each.state == "sent"]
        assert sum(each.kind == "reminder" for each in own) <= 1
        written = [(each.text, each.question) for each in own]
        received = [key_of(sent) for sent in talker.phone.received()]
        assert Counter(received) >= Counter(written), "lost"
        assert [*dict.fromkeys(received)] == [*dict.fromkeys(written)], "out of order"


def summary(left: Remains, crashes: Crashes) -> str:
    twice = sum(talker.phone.count for talker in crashes.talkers) - sum(
        letter.state == "sent" for letter in left.letters
    )
    points = ", ".join(f"{what} at {number}" for what, number in crashes.in_hand.items())
    return (
        f"{crashes.kills} kills (seed {SEED}; {points}): {len(left.updates)} messages each handled once,"
        f" {len(left.admissions)} acknowledged admissions each on the books once, {left.filings} filings,"
        f" {len(left.letters)} answers delivered, {twice} of them twice, none lost"
    )
