"""The office's own server as people run it: `chibo run` with the web chat alone, and `chibo` commands beside it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.session import open_engine
from storage.tables import admissions, inbox, revisions, units
from tests.harness.port import Port


class WebProduct:
    """One installation over books that are there; its clock starts at `at` whenever a process of it starts."""

    def __init__(self, books: str, folder: Path, at: datetime) -> None:
        self.at = at
        self._books, self._folder = books, folder
        self._port = Port()
        self.url = self._port.url
        self._process: subprocess.Popen[bytes] | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """It serves inside; answers the address of its pages."""
        self.start()
        try:
            yield self.url
        finally:
            self.stop()

    def start(self) -> None:
        """Start it; returns when it answers."""
        self._process = self._popen("run", "--only", "web,delivery")
        assert self._process.stdout is not None
        told = b""
        while b"chibo " not in (line := self._process.stdout.readline()):
            assert line, told.decode()
            told += line
        with urllib.request.urlopen(f"{self.url}/healthz") as answer:
            assert answer.status == 200

    def stop(self) -> None:
        """Take it off the line."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def command(self, *arguments: str) -> str:
        """What a `chibo` command prints."""
        out, _ = (command := self._popen(*arguments)).communicate()
        assert command.returncode == 0, out.decode()
        return out.decode()

    def code(self, role: str, unit: str = "Lục Ngạn") -> str:
        """A one-time code for somebody of a role at a unit."""
        invited = self.command("people", "invite", "--role", role, "--unit", unit, "--json")
        return str(json.loads(invited)["code"])

    def rollup(self) -> dict[str, Any]:
        """What `chibo rollup --json` tells of the quarter, after all that was said by then."""
        later = (self.at + timedelta(hours=1)).isoformat()
        whole: dict[str, Any] = json.loads(
            self.command("rollup", "--quarter", "2022-Q1", "--at", later, "--json")
        )
        return whole

    def admitted(self, unit: str) -> list[str]:
        """Who stands on the books of a unit, in the order in which they came."""
        own = (units.c.id == admissions.c.unit_id, units.c.short == unit)
        rows = select(revisions.c.name).where(revisions.c.admission_id == admissions.c.id, *own)
        return self._column(rows.order_by(admissions.c.serial, revisions.c.number))

    def heard(self) -> list[str]:
        """Every text that ever came, in its order."""
        return self._column(select(inbox.c.text).order_by(inbox.c.id))

    def _column(self, query: Any) -> list[str]:
        engine = open_engine(self._books)
        try:
            with engine.execution_options(chibo_read_only=True).connect() as session:
                return list(session.execute(query).scalars())
        finally:
            engine.dispose()

    def _popen(self, *arguments: str) -> subprocess.Popen[bytes]:
        own = {
            "CHIBO_DATABASE_URL": self._books,
            "CHIBO_WEB_PORT": str(self._port.number),
            "CHIBO_CLOCK_START": self.at.isoformat(),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUNBUFFERED": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("CHIBO_")} | own,
        )
