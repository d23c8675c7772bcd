"""Where the system's Chromium is, and what its absence means."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Final, NoReturn

import pytest

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def chromium(names: Sequence[str], *, ci: bool) -> str:
    """The path of the first browser found; without one the test is skipped, or fails under CI."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or _absent(ci=ci)


def _absent(*, ci: bool) -> NoReturn:
    if ci:
        pytest.fail("no Chromium here, and CI=true: install the package «chromium»", pytrace=False)
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
