"""What the tests of the doors may ask for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.command_line import CommandLine


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
