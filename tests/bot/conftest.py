"""What the tests of the doors may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.command_line import CommandLine


@pytest.fixture
def chibo(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """The command line, in an empty folder and with default settings."""
    return CommandLine(capsys, monkeypatch, tmp_path)
