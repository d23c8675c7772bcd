"""The words that go with a file."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enclosure import Enclosure
from messages.channel import Choice
from messages.say import Say


def file_words(enclosure: Enclosure, choices: Sequence[Choice] = ()) -> Say:
    """What a file is, of which quarter, and of which moment its figures are."""
    facts = {"quarter": enclosure.quarter, "output": enclosure.output, "as_of": enclosure.as_of}
    return Say("export/done", facts, tuple(choices), seen=enclosure.subject, encloses=enclosure)
