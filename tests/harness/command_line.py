"""The command line in this process: what it prints, and the code it leaves with."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import chibo
from bot.cli_words import run
from storage.session import Session, open_engine, unit_of_work

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Left:
    """How a command ended."""

    code: int
    out: str
    err: str


class CommandLine:
    """Calls `chibo` as people do, with settings of its own and none of this machine's."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self._folder = folder
        monkeypatch.chdir(folder)
        for name in [name for name in os.environ if name.startswith("CHIBO_")]:
            monkeypatch.delenv(name)

    def set(self, **settings: str) -> None:
        """Set CHIBO_ settings for the calls that follow."""
        for name, value in settings.items():
            self._monkeypatch.setenv(f"CHIBO_{name.upper()}", value)

    def books(self, work: Callable[[Session], Answer]) -> Answer:
        """What a piece of work on the books of this folder answers."""
        engine = open_engine(f"sqlite:///{self._folder / 'chibo.db'}")
        with unit_of_work(engine)() as session:
            answer = work(session)
        engine.dispose()
        return answer

    def __call__(self, *arguments: str) -> Left:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            run(chibo, arguments)
        out, err = self._capsys.readouterr()
        code = leaving.value.code
        return Left(code if isinstance(code, int) else 1 if code else 0, out, err)
