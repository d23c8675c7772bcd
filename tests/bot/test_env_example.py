from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_the_example_names_every_setting() -> None:
    named = set(re.findall(rf"^{PREFIX}(\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_copying_the_example_unchanged_changes_nothing() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


def test_every_setting_of_the_example_is_explained_in_two_languages() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    before = [said for said, line in pairwise(lines) if line.startswith(PREFIX)]
    assert [said for said in before if not re.fullmatch(r"# .+ · .+", said)] == []
