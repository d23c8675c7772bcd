"""The product as people run it: `chibo run` in a process of its own, and `chibo` commands beside it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.harness.patience import WITHIN
from tests.harness.telegram_server import TelegramServer

_ROOT: Final = Path(__file__).parents[2]
_NOT_FOR_IT: Final = ("CHIBO_", "PYTHONDONTWRITEBYTECODE")  # compiling itself anew would be most of its work


class Product:
    """One installation: its database, its settings, and the fake Telegram that it talks to.

    `folder` holds the log of the processes. Rates are high, for what is shown here is not patience.
    """

    def __init__(self, url: str, folder: Path, telegram: TelegramServer) -> None:
        self._url, self._folder, self._telegram = url, folder, telegram
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What the processes have written so far."""
        return (self._folder / "chibo.log").read_text(encoding="utf-8")

    def start(self, at: datetime) -> None:
        """Start `chibo run` with a clock that begins at this moment."""
        with (self._folder / "chibo.log").open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", "--only", "telegram,scheduler,delivery"],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=self._environment(at),
            )

    async def until_polling(self) -> None:
        """Wait until it asks Telegram for updates."""
        await self._telegram.until(lambda: self._telegram.queue.is_polled, within=WITHIN)

    async def kill(self) -> None:
        """End it as a power cut does, at once and in the middle of whatever it does."""
        assert self._running is not None
        assert self._running.poll() is None, self.log
        self._running.kill()
        assert await asyncio.to_thread(self._running.wait, WITHIN) == -signal.SIGKILL, self.log
        self._running = None
        await self._telegram.until(lambda: not self._telegram.queue.is_polled, within=WITHIN)

    async def stop(self) -> None:
        """End it as an administrator does, and wait until it has finished what is in hand."""
        assert self._running is not None
        self._running.terminate()
        assert await asyncio.to_thread(self._running.wait, WITHIN) == 0, self.log
        self._running = None

    @contextlib.asynccontextmanager
    async def running(self, at: datetime) -> AsyncIterator[None]:
        """It runs inside, from this moment on."""
        self.start(at)
        try:
            await self.until_polling()
            yield
        except BaseException:
            self.clear_away()
            raise
        await self.stop()

    def clear_away(self) -> None:
        """Leave no process behind."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None

    async def command(self, *arguments: str, at: datetime) -> str:
        """Give a `chibo` command at a moment; answers what it printed."""
        command = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder,
            env=self._environment(at),
        )
        out, err = await command.communicate()
        assert command.returncode == 0, err.decode()
        return out.decode()

    def _environment(self, at: datetime) -> dict[str, str]:
        own = {
            "DATABASE_URL": self._url,
            "TELEGRAM_API_URL": self._telegram.url,
            "TELEGRAM_TOKEN": self._telegram.token,
            "TELEGRAM_RATE": "1000",
            "TELEGRAM_CHAT_RATE": "100",
            "CLOCK_START": at.isoformat(),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_IT)}
        plain = {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
        return kept | plain | {f"CHIBO_{name}": value for name, value in own.items()}
