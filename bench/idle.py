"""A process that has nothing to do: how soon it is there, what it holds, what it spends; and the demo's first page."""

from __future__ import annotations

import asyncio
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from bench import machine
from bench.contestants import CHIBO, Chibo, Contestant, Peer
from bench.table import Row
from bench.telegram_load import started, until
from bench.telegram_server import TelegramServer

REST: Final = 5.0
"""Seconds for which a process is watched doing nothing."""


class Idle(NamedTuple):
    """Seconds until the first request for updates, MiB held, share of one core spent."""

    ready: float
    memory: float
    spent: float


async def idle(contestant: Contestant, folder: Path) -> Idle:
    """Start the bot before a Telegram server at which nobody says anything."""
    server = TelegramServer(lambda _: None, start=datetime(2022, 3, 24, 1, tzinfo=UTC))
    url, begun = await server.open(), time.perf_counter()
    async with asyncio.timeout(60), started(contestant.fresh(folder), url, folder / "output.txt") as running:
        await until(server.ready.wait(), running)
        ready = time.perf_counter() - begun
        await asyncio.sleep(1)
        before = machine.cpu(running.pid) or 0.0
        await asyncio.sleep(REST)
        spent = ((machine.cpu(running.pid) or 0.0) - before) / REST
        held = machine.memory(running.pid) or 0.0
    server.close()
    return Idle(ready, held, spent)


def first_page(folder: Path) -> tuple[float, float]:
    """Seconds from `chibo demo` to its first page, and MiB that it then holds."""
    port = _free_port()
    begun = time.perf_counter()
    with (folder / "demo.txt").open("wb") as out:
        demo = subprocess.Popen(
            [*CHIBO, "demo", "--port", str(port), "--data", str(folder / "demo")],
            env=machine.environment({}),
            stdout=out,
            stderr=out,
        )
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/", demo)
        return time.perf_counter() - begun, machine.memory(demo.pid) or 0.0
    finally:
        _end(demo)


def _wait_for_page(url: str, demo: subprocess.Popen[bytes]) -> None:
    for _ in range(1500):
        if demo.poll() is not None:
            raise RuntimeError(f"the demo ended with status {demo.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError("the demo showed no page within 30 seconds")


def _end(demo: subprocess.Popen[bytes]) -> None:
    demo.terminate()
    try:
        demo.wait(10)
    except subprocess.TimeoutExpired:
        demo.kill()
        raise RuntimeError("the demo did not end within ten seconds of being told to") from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure_all(rounds: int, root: Path) -> list[Row]:
    """Start and memory of both contestants, and the demo's first page."""
    contestants: list[Contestant] = [Chibo.prepare(root / "idle"), Peer()]
    rows = []
    for contestant in contestants:
        seen = []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory(dir=root) as name:
                seen.append(asyncio.run(idle(contestant, Path(name))))
        ready, memory, spent = (statistics.median(column) for column in zip(*seen, strict=True))
        remark = f"first poll after {ready:.2f} s · spends {100 * spent:.1f} % of a core"
        rows.append(Row(f"idle, {contestant.name}", f"{memory:.0f} MiB", remark))
    return [*rows, _page(rounds, root)]


def _page(rounds: int, root: Path) -> Row:
    seen = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(dir=root) as name:
            seen.append(first_page(Path(name)))
    seconds, memory = (statistics.median(column) for column in zip(*seen, strict=True))
    return Row("demo, first page", f"{seconds:.2f} s", f"{memory:.0f} MiB · aim: within 5 s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for row in measure_all(3, Path(folder)):
            print(*row, sep=" | ")
