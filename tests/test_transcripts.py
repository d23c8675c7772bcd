"""Every conversation written down in tests/transcripts/, played as each channel shows it.

The process's state is thrown away between all lines: only the books go on. `pytest --update` writes the files anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.harness import transcripts
from tests.harness.stage import Stage

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


def test_there_are_transcripts():
    assert FILES


@pytest.mark.parametrize("channel", ["telegram", "zalo", "web"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path, channel, sqlite_plan_url, pytestconfig):
    transcript = transcripts.read(path)
    if channel not in transcript.channels:
        pytest.skip("this conversation shows something else on this channel")
    stage = Stage(sqlite_plan_url)
    someone = stage.person(transcript.role, transcript.unit, channel)
    for what, words in transcript.books:
        stage.prepare(what, words, someone, transcript.starts)
    answers = []
    for exchange in transcript.exchanges:
        stage.restart()
        answers.append(someone.says(exchange.said, exchange.at))
    if pytestconfig.getoption("--update"):
        path.write_text(transcripts.write(transcript, answers), encoding="utf-8")
    else:
        assert transcripts.write(transcript, answers) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_said_is_too_long_for_any_channel(path):
    for exchange in transcripts.read(path).exchanges:
        assert len(re.sub(r"\] \[", "\n", exchange.answer or "")) <= 2000
