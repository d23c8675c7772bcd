"""Every conversation that runs on Zalo, played through the fake Zalo: real HTTP both ways, bare text, typed digits."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.harness import transcripts
from tests.harness.stage import Stage
from tests.harness.zalo_troupe import open_theatre
from tests.test_transcripts import FILES

ON_ZALO = [path for path in FILES if "zalo" in transcripts.read(path).channels]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre():
    async with open_theatre() as theatre:
        yield theatre


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", ON_ZALO, ids=lambda path: path.stem)
async def test_the_conversation_goes_over_http_as_written(path, sqlite_plan_url, theatre):
    transcript = transcripts.read(path)
    stage = Stage(sqlite_plan_url)
    troupe = theatre.troupe(stage, transcript)
    played = [await troupe.perform(exchange) for exchange in transcript.exchanges]
    stage.engine.dispose()
    assert transcripts.write(transcript, played) == path.read_text(encoding="utf-8")
