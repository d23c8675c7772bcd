"""People who report by Telegram, and the stop-watch: a bot is started as a black box and kept busy.

Either the loop is closed: each chat goes through the scenario, and begins again when it has its last answer; or
reports begin at a given rate, whatever has become of the others. The bot gets a core of its own where there are two.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from bench import machine
from bench.telegram_server import Spoken, TelegramServer

T = TypeVar("T")
TOKEN: Final = "1:bench"  # in the form of a token, and none
PATIENCE: Final = 30.0
"""Seconds until an answer that did not come fails the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One message of a person: `write` it, or `press` the first button whose label starts so; then wait for `until`."""

    until: str
    write: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """How a bot is started; `url` and `token` name the variables in which it expects them."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    url: str
    token: str
    report: Sequence[Step]
    join: Mapping[int, Sequence[Step]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much is asked: `reports` are measured after `warm_up` of them; `delay` in seconds there and back.

    `rate` is how many reports begin in a second; without it everybody begins again at once.
    """

    reports: int
    chats: int
    warm_up: int = 0
    delay: float = 0.0
    rate: float | None = None
    limit: float = 120.0
    start: datetime = datetime(2022, 3, 24, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came of it; latencies in milliseconds over all steps, memory in MiB; None where the system does not tell."""

    reports: int
    seconds: float
    cpu: float | None
    memory: float | None
    median: float
    p95: float
    calls: float
    ready: float

    @property
    def rate(self) -> float:
        return self.reports / self.seconds

    @property
    def rate_of_core(self) -> float | None:
        """Reports for one second of processor time of the bot."""
        return self.reports / self.cpu if self.cpu else None


class People:
    """All who talk to the bot; each waits for the answer to what was said last, and sees the buttons under it."""

    def __init__(self) -> None:
        self.asked: dict[int, tuple[re.Pattern[str], asyncio.Future[Spoken]]] = {}
        self.last: dict[int, Spoken] = {}
        self.latencies: list[float] = []
        self.numbers = itertools.count()

    def hear(self, spoken: Spoken) -> None:
        self.last[spoken.chat] = spoken
        pattern, answered = self.asked.get(spoken.chat, (None, None))
        if pattern and answered and not answered.done() and pattern.search(spoken.text):
            answered.set_result(spoken)

    async def play(self, server: TelegramServer, chat: int, steps: Sequence[Step]) -> None:
        number = next(self.numbers)
        for step in steps:
            begun = time.perf_counter()
            answered: asyncio.Future[Spoken] = asyncio.get_running_loop().create_future()
            self.asked[chat] = (re.compile(step.until), answered)
            self._act(server, chat, step, number)
            try:
                await asyncio.wait_for(answered, PATIENCE)
            except TimeoutError:
                heard = self.last.get(chat)
                raise TimeoutError(f"no answer like {step.until!r} to {step}; last heard: {heard}") from None
            self.latencies.append(1000 * (time.perf_counter() - begun))

    def _act(self, server: TelegramServer, chat: int, step: Step, number: int) -> None:
        if step.write:
            server.write(chat, step.write.format(name=a_name(number), year=1970 + number % 34))
            return
        shown = self.last[chat]
        data = next((data for label, data in shown.buttons if label.startswith(step.press)), None)
        if data is None:
            raise LookupError(f"no button {step.press!r} under {shown}")
        server.press(shown, data)


def a_name(number: int) -> str:
    """A name as typed on a phone; the first 7,980 are all different, and neighbours differ in every part."""
    families = (
        "Nguyen Tran Le Pham Hoang Vu Dang Bui Do Ngo Duong Ly Vi Ha Luong Mac Giap La Trieu Ninh Hua".split()
    )
    middles = "Van Duc Minh Quang Huu Xuan Ngoc Thanh Cong Dinh Hong Kim Bich Thuy Hoai Phuong Khanh Gia Bao".split()
    given = "An Binh Cuong Dung Giang Hieu Khoa Lam Manh Nhung Oanh Phuc Quyen Son Tuan Uyen Vinh Yen Tho Hue".split()
    family, middle, last = number % 21, number // 21 % 19, number // 399 % 20
    chosen = (families[family], middles[(family + middle) % 19], given[(3 * family + 7 * middle + last) % 20])
    return " ".join(chosen)


async def measure(bot: Bot, load: Load, log: Path) -> Measured:
    """Start the bot, let it be joined and warmed up, measure, and stop it; its output goes to `log`."""
    people = People()
    server = TelegramServer(people.hear, start=load.start, delay=load.delay)
    url = await server.open()
    begun = time.perf_counter()
    async with asyncio.timeout(load.limit), started(bot, url, log) as running:
        await until(server.ready.wait(), running)
        ready = time.perf_counter() - begun
        measured = await until(_play(bot, load, server, people, running.pid, ready), running)
    server.close()
    return measured


async def _play(
    bot: Bot, load: Load, server: TelegramServer, people: People, pid: int, ready: float
) -> Measured:
    chats = list(bot.join) or list(range(1, load.chats + 1))
    await asyncio.gather(*(people.play(server, chat, steps) for chat, steps in bot.join.items()))
    await _closed(server, people, bot.report, chats[: load.chats], load.warm_up)
    people.latencies.clear()
    server.calls.clear()
    cpu, begun = machine.cpu(pid), time.perf_counter()
    if load.rate:
        await _steady(server, people, bot.report, chats[: load.chats], load.reports, load.rate)
    else:
        await _closed(server, people, bot.report, chats[: load.chats], load.reports)
    seconds, cpu_after = time.perf_counter() - begun, machine.cpu(pid)
    ordered = sorted(people.latencies)
    return Measured(
        reports=load.reports,
        seconds=seconds,
        cpu=cpu_after - cpu if cpu is not None and cpu_after is not None else None,
        memory=machine.memory(pid),
        median=ordered[len(ordered) // 2],
        p95=ordered[int(len(ordered) * 0.95)],
        calls=server.calls.total() / load.reports,
        ready=ready,
    )


async def _closed(
    server: TelegramServer, people: People, steps: Sequence[Step], chats: Sequence[int], reports: int
) -> None:
    left: Iterator[int] = iter(range(reports))

    async def one(chat: int) -> None:
        for _ in left:
            await people.play(server, chat, steps)

    async with asyncio.TaskGroup() as group:
        for chat in chats:
            group.create_task(one(chat))


async def _steady(
    server: TelegramServer,
    people: People,
    steps: Sequence[Step],
    chats: Sequence[int],
    reports: int,
    rate: float,
) -> None:
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(reports):
            await asyncio.sleep(begun + number / rate - time.perf_counter())
            group.create_task(people.play(server, chats[number % len(chats)], steps))


async def until(work: Coroutine[Any, Any, T], running: asyncio.subprocess.Process) -> T:
    """What `work` comes to, unless the bot ends before."""
    wanted, ended = asyncio.ensure_future(work), asyncio.ensure_future(running.wait())
    await asyncio.wait({wanted, ended}, return_when=asyncio.FIRST_COMPLETED)
    if wanted.done():
        ended.cancel()
        return wanted.result()
    wanted.cancel()
    raise RuntimeError(f"the bot ended with status {running.returncode}")


@asynccontextmanager
async def started(bot: Bot, url: str, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot while it runs, on a core of its own; stopped gently at the end, by force after ten seconds."""
    settings = machine.environment({**bot.environment, bot.url: url, bot.token: TOKEN})
    with log.open("ab") as out:
        running = await asyncio.create_subprocess_exec(*bot.command, env=settings, stdout=out, stderr=out)
    machine.pin(running.pid, core=1)
    try:
        yield running
    finally:
        await _stop(running)


async def _stop(running: asyncio.subprocess.Process) -> None:
    if running.returncode is not None:
        return
    running.terminate()
    try:
        await asyncio.wait_for(running.wait(), 10)
    except TimeoutError:
        running.kill()
        await running.wait()
