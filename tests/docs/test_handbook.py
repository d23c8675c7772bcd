"""The handbook promises only what the product does: its conversations are cut from the golden files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import chibo

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "docs/so-tay.md").read_text(encoding="utf-8")
README = (ROOT / "README.vi.md").read_text(encoding="utf-8")
CONVERSATIONS = re.findall(r"^```\n(> .*?)^```", HANDBOOK, re.MULTILINE | re.DOTALL)
PLAYED = [
    "\n".join(
        line.removeprefix(">") if line.startswith(">> ") else line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("~")
    )
    for path in sorted((ROOT / "tests/transcripts").glob("*.txt"))
]


def test_there_are_conversations_to_look_at():
    assert len(CONVERSATIONS) >= 6


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda text: text.splitlines()[0][2:])
def test_a_conversation_of_the_handbook_is_played_in_the_tests(conversation):
    assert any(f"\n{conversation.rstrip()}\n" in f"\n{played}\n" for played in PLAYED)


@pytest.mark.parametrize("text", [HANDBOOK, README], ids=["handbook", "readme"])
def test_every_link_leads_to_a_file(text):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert targets
    assert all((ROOT / target).exists() or (ROOT / "docs" / target).exists() for target in targets)


def test_every_command_and_option_of_the_readme_exists():
    written = re.findall(
        r"^ {3}chibo ([a-z]+(?: (?:import|show|invite|list|end))?)(.*)$", README, re.MULTILINE
    )
    assert len(written) >= 6
    for path, rest in written:
        command = chibo
        for word in path.split():
            command = command.get_command(None, word)
            assert command is not None, path
        known = {option for param in command.params for option in param.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known
