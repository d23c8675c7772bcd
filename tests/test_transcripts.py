"""Every conversation written down in tests/transcripts/, played as each channel shows it.

The process's state is thrown away between all lines: only the books go on. `pytest --update` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from messages.say import LONGEST
from tests.harness import transcripts
from tests.harness.stage import Stage
from tests.harness.troupe import Troupe

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
BY_DIGITS = [path for path in FILES if transcripts.read(path).digits]


def test_there_are_transcripts():
    assert FILES


@pytest.mark.parametrize("channel", ["telegram", "zalo", "web"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path, channel, sqlite_plan_url, pytestconfig):
    transcript = transcripts.read(path)
    if channel not in transcript.channels:
        pytest.skip("this conversation shows something else on this channel")
    stage = Stage(sqlite_plan_url)
    troupe = Troupe(stage, transcript, channel)
    played = []
    for exchange in transcript.exchanges:
        stage.restart()
        played.append(troupe.play(exchange))
    if pytestconfig.getoption("--update"):
        path.write_text(transcripts.write(transcript, played), encoding="utf-8")
    else:
        assert transcripts.write(transcript, played) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_said_is_too_long_for_any_channel(path):
    for exchange in transcripts.read(path).exchanges:
        for shown in exchange.shown:
            assert len(shown.text.replace("] [", "\n")) <= LONGEST


@pytest.mark.parametrize("path", BY_DIGITS, ids=lambda path: path.stem)
def test_who_has_no_buttons_gets_there_by_digits_alone(path):
    transcript = transcripts.read(path)
    assert "zalo" in transcript.channels
    for exchange in transcript.exchanges:
        if exchange.nickname == "" and exchange.said is not None and not exchange.free:
            assert exchange.said.isascii()
            assert exchange.said.isdigit()
