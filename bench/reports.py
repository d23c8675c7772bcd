"""Whole reports a second: three messages, confirmed, stored durably, answered; chibo and the peer in turns.

Run it alone with `python -m bench.reports`. What the books hold afterwards is counted: a report that was answered
and is not stored, or is stored twice, fails the measurement.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bench import machine
from bench.contestants import Chibo, Contestant, Peer
from bench.table import Row
from bench.telegram_load import Load, Measured, measure

NEAR: Final = {
    "chibo": Load(reports=1500, chats=300, warm_up=300),
    "python-telegram-bot": Load(reports=500, chats=300, warm_up=100),
}
"""Telegram on the same machine: what one core can do."""

FAR: Final = {
    "chibo": Load(reports=600, chats=300, warm_up=300, delay=0.04),
    "python-telegram-bot": Load(reports=50, chats=50, warm_up=5, delay=0.04),
}
"""Telegram 40 ms away: whether people wait for each other."""

STEADY: Final = Load(reports=250, chats=250, warm_up=50, rate=50 / 3)
"""Fifty messages a second, as on the last day of a quarter: how long people wait."""


def one_run(contestant: Contestant, load: Load, root: Path) -> Measured:
    """Measure on fresh books, and count them."""
    with tempfile.TemporaryDirectory(dir=root) as name:
        folder = Path(name)
        log = folder / "output.txt"
        try:
            measured = asyncio.run(measure(contestant.fresh(folder), load, log))
        except Exception as fault:
            while isinstance(fault, ExceptionGroup):  # of many that failed alike, one says enough
                fault = fault.exceptions[0]
            raise RuntimeError(
                f"{contestant.name}: {fault}\n{log.read_text(errors='replace')[-3000:]}"
            ) from fault
        stored, answered = contestant.stored(folder), load.warm_up + load.reports
        if stored != answered:
            raise RuntimeError(f"{contestant.name}: {answered} reports answered, {stored} in the books")
        return measured


def in_turns(
    contestants: Sequence[Contestant], loads: Mapping[str, Load], rounds: int, root: Path
) -> dict[str, list[Measured]]:
    """`rounds` runs of each, interleaved, so that what else the machine does falls on all alike."""
    runs: dict[str, list[Measured]] = defaultdict(list)
    for _ in range(rounds):
        for contestant in contestants:
            runs[contestant.name].append(one_run(contestant, loads[contestant.name], root))
    return runs


def rows(title: str, runs: Mapping[str, Sequence[Measured]]) -> list[Row]:
    """One row for each contestant, and the ratio between the two."""
    rates = {name: statistics.median(run.rate for run in done) for name, done in runs.items()}
    table = [
        Row(
            f"{title}, {name}",
            f"{rates[name]:.1f} reports/s",
            f"{min(run.rate for run in done):.0f} to {max(run.rate for run in done):.0f}"
            f" · p95 {statistics.median(run.p95 for run in done):.0f} ms"
            f"{_of_core(done)}",
        )
        for name, done in runs.items()
    ]
    return [
        *table,
        Row(f"{title}, ratio", f"{rates['chibo'] / rates[Peer.name]:.2f} times", "aim: at least 2"),
    ]


def _of_core(done: Sequence[Measured]) -> str:
    cores = [run.rate_of_core for run in done if run.rate_of_core]
    held = [run.memory for run in done if run.memory]
    if not cores or not held:
        return ""
    return f" · {statistics.median(cores):.0f} for a second of processor · {statistics.median(held):.0f} MiB"


def _steady(name: str, measured: Measured) -> Row:
    remark = f"median {measured.median:.1f} ms" + (" · aim: under 10 ms" if name == "chibo" else "")
    return Row(f"50 messages a second, {name}", f"p95 {measured.p95:.1f} ms", remark)


def measure_all(rounds: int, root: Path) -> list[Row]:
    """Near and far."""
    machine.pin(0, core=0)
    contestants: list[Contestant] = [Chibo.prepare(root / "prepared"), Peer()]
    near = rows("three-message report", in_turns(contestants, NEAR, rounds, root))
    far = rows("… with Telegram 40 ms away", in_turns(contestants, FAR, 1, root))
    waits = [(each.name, one_run(each, STEADY, root)) for each in contestants]
    return near + far + [_steady(name, measured) for name, measured in waits]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for row in measure_all(3, Path(folder)):
            print(*row, sep=" | ")
