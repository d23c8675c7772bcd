"""What the tests of the doors may ask for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.command_line import CommandLine
from tests.harness.stage import Stage


@pytest.fixture
def stage(plan_url: str) -> Iterator[Stage]:
    """Books that hold the plan of 2022, and the route of a message over them; on each kind of database."""
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Logging is set up once for a process: put back what a test has set up."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def chibo(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    logging_as_before: None,
) -> CommandLine:
    """The command line, in an empty folder and with default settings."""
    return CommandLine(capsys, monkeypatch, tmp_path)


@pytest.fixture
def office(chibo: CommandLine) -> CommandLine:
    """The command line of an installation with the plan of 2022, on 24 March 2022."""
    chibo.set(clock_start="2022-03-24T08:00")
    assert chibo("init").code == 0
    return chibo
