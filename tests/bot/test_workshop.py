"""The workshop makes files from the books as they stood, off the event loop, and keeps the latest at hand."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import workshop as room
from bot.workshop import KEPT, Workshop
from domain.enclosure import Enclosure, Output
from domain.office import Office
from domain.period import Quarter
from messages.channel import NotMade
from messages.figures.apart import NotDrawn, drawn_apart
from messages.figures.outputs import drawn
from storage.session import Begin, open_engine, reading, unit_of_work
from tests.harness.district import admit
from tests.harness.figures import figures, rated
from tests.harness.patience import WITHIN
from tests.harness.stage import Stage

Q1 = Quarter(2022, 1)
AT = datetime(2022, 3, 31, 10, tzinfo=UTC)
OFFICE = Office()


@pytest.fixture
def begin(plan_url: str) -> Iterator[Begin]:
    engine = open_engine(plan_url)
    yield reading(engine)
    engine.dispose()


def order(output: Output = Output.XLSX, at: datetime = AT) -> Enclosure:
    return Enclosure(output=output, quarter=Q1, as_of=at)


@pytest.mark.parametrize("output", Output)
def test_what_is_drawn_apart_is_what_is_drawn_here(output):
    assert drawn_apart(output, rated(figures()), OFFICE) == drawn(output, rated(figures()), OFFICE)


def test_a_drawing_that_fails_says_why():
    with pytest.raises(NotDrawn, match="NoneType"):
        drawn_apart(Output.XLSX, None, OFFICE)


def test_who_draws_is_told_no_secrets(monkeypatch):
    monkeypatch.setenv("CHIBO_TELEGRAM_TOKEN", "123:secret")
    told = {}

    def ran(*_, env, **__):
        told.update(env)
        raise OSError

    monkeypatch.setattr("messages.figures.apart.subprocess.run", ran)
    with pytest.raises(NotDrawn):
        drawn_apart(Output.XLSX, figures(), OFFICE)
    assert told
    assert not [name for name in told if name.startswith("CHIBO_")]


@pytest.mark.parametrize("output", Output)
async def test_each_output_is_made_under_its_name(begin, output):
    file = await Workshop(begin, OFFICE).make(order(output))
    assert file.name.endswith(f"-2022.{output.ending}")
    assert file.content[:2] in (b"PK", b"\x89P")


async def test_a_file_of_a_moment_is_the_same_after_later_reports(plan_url, begin):
    before = await Workshop(begin, OFFICE).make(order())
    stage = Stage(plan_url)
    unit = stage.unit("Biên Sơn").id
    with unit_of_work(stage.engine)() as session:
        admit(session, unit, date(2022, 3, 10), at=AT + timedelta(hours=1))
    stage.engine.dispose()
    later = Workshop(begin, OFFICE)
    assert (await later.make(order())).content == before.content
    after = await later.make(order(at=AT + timedelta(hours=2)))
    assert after.content != before.content
    assert load_workbook(io.BytesIO(after.content)).sheetnames == ["Biểu tổng hợp", "Tình hình báo cáo"]


async def test_the_latest_files_are_at_hand_and_older_ones_are_let_go(begin, monkeypatch):
    made = []
    monkeypatch.setattr(room, "drawn_apart", lambda output, *_: made.append(output) or b"PK")
    workshop = Workshop(begin, OFFICE)
    first, *others = [order(at=AT + timedelta(minutes=minute)) for minute in range(KEPT + 1)]
    await asyncio.gather(*(workshop.make(first) for _ in range(3)))
    assert len(made) == 1
    for each in others:
        await workshop.make(each)
    await workshop.make(others[-1])
    assert len(made) == KEPT + 1
    await workshop.make(first)
    assert len(made) == KEPT + 2


async def test_the_event_loop_goes_on_while_a_file_is_made(begin, monkeypatch):
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def slow(*_):
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(WITHIN)
        return b"PK"

    monkeypatch.setattr(room, "drawn_apart", slow)
    making = asyncio.create_task(Workshop(begin, OFFICE).make(order()))
    await begun.wait()
    assert not making.done()
    go_on.set()
    assert (await making).content == b"PK"


async def test_what_cannot_be_made_is_said_so_and_tried_anew_when_asked_again(begin, monkeypatch):
    def broken(*_):
        raise NotDrawn("no memory")

    workshop = Workshop(begin, OFFICE)
    with monkeypatch.context() as patched:
        patched.setattr(room, "drawn_apart", broken)
        with pytest.raises(NotMade):
            await workshop.make(order())
    with pytest.raises(NotMade):
        await workshop.make(Enclosure(output=Output.PNG, quarter=Quarter(1999, 1), as_of=AT))
    assert (await workshop.make(order())).content.startswith(b"PK")


def test_a_process_that_waits_has_loaded_nothing_that_draws():
    code = (
        "import sys, bot.premises, bot.channels.web, bot.channels.telegram\n"
        "print(sorted({'PIL', 'xlsxwriter', 'openpyxl', 'docx', 'docxtpl', 'lxml'} & sys.modules.keys()))"
    )
    root = str(Path(room.__file__).parents[1])
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
