"""Every conversation of every channel, played through the fake Zalo by digits alone: real HTTP, bare text, no buttons.

Each is played beside it as it is written. Whatever takes a choice there, tapped or said in its own words, is typed here
as the digit under which the phone shows it; only what is no choice stays words. The same is to be shown, and the books to
hold the same in the end.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import pytest_asyncio

from domain.office import NamesShown
from messages.channel_words import channel_name
from tests.harness import transcripts
from tests.harness.contents import facts
from tests.harness.digits import Watch
from tests.harness.stage import Stage
from tests.harness.transcripts import Shown
from tests.harness.troupe import Troupe
from tests.harness.zalo_troupe import open_theatre
from tests.test_transcripts import FILES

SPOKEN = [path for path in FILES if not transcripts.read(path).only_here]
IN_FULL = [path for path in SPOKEN if transcripts.read(path).channels == ("web",)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre():
    async with open_theatre() as theatre:
        yield theatre


@pytest.fixture
def watch(monkeypatch):
    return Watch(monkeypatch)


@pytest.fixture
def open_stage(sqlite_shelf, tmp_path):
    stages = []

    def open_stage(names=NamesShown.INITIALS):
        stages.append(Stage(sqlite_shelf.take("plan", tmp_path / f"{len(stages)}.db"), names))
        return stages[-1]

    yield open_stage
    for stage in stages:
        stage.engine.dispose()


def whatever_channel(shown: list[Shown], channel: str) -> list[Shown]:
    """What is shown, but for the name of the channel that one writes through."""
    own = re.compile(rf"(qua |^– ){channel_name(channel)}\b", re.MULTILINE)
    return [replace(each, text=own.sub(r"\1…", each.text)) for each in shown]


def choices_of(shown: Shown) -> tuple[str, list[str]]:
    return shown.nickname, re.findall(r"\[(\d+)\. ", shown.text)


def test_only_an_edit_and_the_pages_own_session_are_of_one_channel_alone():
    assert [path.stem for path in FILES if path not in SPOKEN] == ["dang-xuat", "sua-tin-da-gui"]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.stem)
async def test_the_conversation_goes_over_http_by_digits_alone(path, open_stage, theatre, watch):
    transcript = transcripts.read(path)
    channel = "zalo" if "zalo" in transcript.channels else transcript.channels[0]
    here = open_stage()
    there = open_stage(here.office.names_on(channel))
    as_written, by_digits = Troupe(here, transcript, channel), theatre.troupe(there, transcript)
    for exchange in transcript.exchanges:
        watch.chosen = None
        shown = as_written.play(exchange)
        typed = (
            watch.chosen.typed_after(by_digits.texts(exchange.nickname)) if watch.chosen else exchange.said
        )
        answered = await by_digits.perform(replace(exchange, said=typed))
        assert whatever_channel(answered, "zalo") == whatever_channel(shown, channel)
    assert facts(there.engine) == facts(here.engine)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", IN_FULL, ids=lambda path: path.stem)
async def test_where_the_page_has_names_initials_lead_to_the_same(path, open_stage, theatre, watch):
    """The digits are typed unseen: each question has its choices in the order of the page."""
    transcript = transcripts.read(path)
    here, there = open_stage(), open_stage()
    as_written, by_digits = Troupe(here, transcript, "web"), theatre.troupe(there, transcript)
    for exchange in transcript.exchanges:
        watch.chosen = None
        shown = as_written.play(exchange)
        typed = str(watch.chosen.number) if watch.chosen else exchange.said
        answered = await by_digits.perform(replace(exchange, said=typed))
        assert [choices_of(each) for each in answered] == [choices_of(each) for each in shown]
    assert facts(there.engine) == facts(here.engine)
