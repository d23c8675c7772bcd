"""The handbook promises only what the product does: its conversations are cut from the golden files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "docs/so-tay.md").read_text(encoding="utf-8")
README = (ROOT / "README.vi.md").read_text(encoding="utf-8")
CONVERSATIONS = re.findall(r"^```\n(> .*?)^```", HANDBOOK, re.MULTILINE | re.DOTALL)
PLAYED = [
    "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("~"))
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
