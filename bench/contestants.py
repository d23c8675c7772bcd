"""The two that are compared: chibo as it is installed, and the peer; both as black boxes behind a Telegram server."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bench import machine
from bench.telegram_load import Bot, Step

CHIBO: Final = (sys.executable, "-m", "bot")
CLOCK: Final = "2022-03-24T08:00"
JOINED: Final = (("secretary", 3), ("deputy", 3))
"""How often every unit is invited: 330 people at 55 units."""

LINE: Final = "kn dc {name} sn {year} ngay 15/3"


class Contestant(Protocol):
    @property
    def name(self) -> str: ...

    def fresh(self, folder: Path) -> Bot:
        """Lay out an empty installation in `folder` and say how its bot is started."""

    def stored(self, folder: Path) -> int:
        """How many reports are in the books of `folder`."""


class Peer:
    """A bot as the examples of python-telegram-bot teach it."""

    name = "python-telegram-bot"
    _report = (
        Step(write="/ketnap", until="ngày nào"),
        Step(write=LINE, until="Đúng không"),
        Step(press="Đúng", until="^Đã ghi nhận"),
    )

    def fresh(self, folder: Path) -> Bot:
        return Bot(
            name=self.name,
            command=(sys.executable, str(Path(__file__).with_name("peer_ptb.py")), str(folder)),
            environment={"PYTHONWARNINGS": "ignore"},
            url="BOT_API_URL",
            token="BOT_TOKEN",
            report=self._report,
        )

    def stored(self, folder: Path) -> int:
        return _count(folder / "peer.db", "SELECT count(*) FROM admission")


@dataclass(frozen=True, slots=True)
class Chibo:
    """chibo on SQLite, with the plan of 2022 and 330 people who hold an invitation; `prepared` is copied for each run."""

    prepared: Path
    codes: Sequence[str]
    name: str = "chibo"

    @classmethod
    def prepare(cls, folder: Path) -> Chibo:
        """Make the books once: the plan and the invitations, by the commands that an office uses."""
        folder.mkdir()
        chibo(folder, "init")
        codes = [
            invited["code"]
            for role, times in JOINED
            for _ in range(times)
            for invited in json.loads(
                chibo(folder, "people", "invite", "--every-unit", "--role", role, "--json")
            )
        ]
        return cls(folder, codes)

    def fresh(self, folder: Path) -> Bot:
        for file in self.prepared.glob("chibo.db*"):
            shutil.copy(file, folder)
        join = {
            chat: (Step(write=f"/start {code}", until="."),) for chat, code in enumerate(self.codes, start=1)
        }
        return Bot(
            name=self.name,
            command=(*CHIBO, "run", "--only", "telegram,delivery"),
            environment=settings(folder),
            url="CHIBO_TELEGRAM_API_URL",
            token="CHIBO_TELEGRAM_TOKEN",
            report=(
                Step(write="/ketnap", until="."),
                Step(write=LINE, until="."),
                Step(press="Đúng", until="Đã ghi nhận"),
            ),
            join=join,
        )

    def stored(self, folder: Path) -> int:
        return _count(folder / "chibo.db", "SELECT count(*) FROM admissions")


def settings(folder: Path) -> dict[str, str]:
    """An installation in `folder` whose rates do not hold it back; its log is for people."""
    return {
        "CHIBO_DATABASE_URL": f"sqlite:///{folder / 'chibo.db'}",
        "CHIBO_CLOCK_START": CLOCK,
        "CHIBO_TELEGRAM_RATE": "1000",
        "CHIBO_TELEGRAM_CHAT_RATE": "100",
    }


def chibo(folder: Path, *arguments: str) -> str:
    """What a command of chibo prints, run on the installation in `folder`; its complaint is raised."""
    said = subprocess.run(
        [*CHIBO, *arguments],
        env=machine.environment(settings(folder)),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if said.returncode:
        raise RuntimeError(f"chibo {' '.join(arguments)}: {said.stderr.strip()[-2000:]}")
    return said.stdout


def _count(file: Path, question: str) -> int:
    connection = sqlite3.connect(file)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()
