from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.books import books_in, open_demo
from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from domain.progress import FilingState
from storage.queries.people import held_on
from storage.queries.rollup import all_progress, roll_up
from storage.queries.timeline import newest
from storage.session import open_engine, unit_of_work

START = datetime(2022, 3, 24, 0, 55, tzinfo=UTC)
OFFICE = Office()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    open_demo(folder, START, OFFICE)
    return folder


def _in_books(folder, ask):
    engine = open_engine(books_in(folder))
    with unit_of_work(engine)() as session:
        answer = ask(session)
    engine.dispose()
    return answer


def test_every_unit_has_its_secretary_and_the_district_its_officers(folder):
    held = _in_books(folder, lambda session: held_on(session, START.date()))
    assert len({one.unit.id for one in held if one.role is Role.SECRETARY}) == 55
    assert sum(one.role is Role.DISTRICT for one in held) == 2
    assert sum(one.role is Role.ADMIN for one in held) == 1
    assert all(one.channels == ("web",) for one in held)
    assert len({one.person_id for one in held}) == len(held)


def test_the_past_is_in_the_books_and_leaves_work_to_do(folder):
    rows = _in_books(folder, lambda session: all_progress(session, Quarter(2022, 1), START, OFFICE))
    by_unit = {row.unit.short: row for row in rows}
    assert by_unit["Trù Hựu"].admitted.quarter == 1
    assert by_unit["Biên Sơn"].admitted.quarter == 0
    states = [row.filing for row in rows]
    assert set(states) == set(FilingState)
    assert sum(row.is_owed for row in rows) > 15


def test_units_that_are_weak_are_singled_out(folder):
    found = _in_books(folder, lambda session: roll_up(session, Quarter(2022, 1), START, OFFICE))
    few = [(one.unit.short, one.members) for one in found.few_members]
    assert few == [("Thiên Lâm Đạt", 5), ("Vật tư Kỹ thuật NN", 6), ("Cơ điện", 7), ("Bưu điện", 8)]
    assert [one.unit.short for one in found.long_without] == ["Vật tư Kỹ thuật NN", "Hạt Kiểm lâm", "Kho bạc"]


def test_a_chat_begins_with_the_welcome_and_its_menu(folder):
    page = _in_books(folder, lambda session: newest(session, "web", "demo-bi-thu-bien-son"))
    said, told = page.lines
    assert (said.own, told.own) == (True, False)
    assert "bí thư đảng ủy xã Biên Sơn" in told.text
    assert told.choices[0] == "Báo cáo kết nạp"


def test_a_demo_that_was_left_goes_on_where_it_was(folder):
    cast, again = open_demo(folder, START, OFFICE)
    assert again == START
    _, later = open_demo(folder, datetime(2022, 2, 1, tzinfo=UTC), OFFICE)
    assert datetime(2022, 3, 22, tzinfo=UTC) < later <= START
    assert len(_in_books(folder, lambda session: held_on(session, START.date()))) == len(cast)


def test_who_is_tried_first_is_shown_first(folder):
    cast, _ = open_demo(folder, START, OFFICE)
    assert [one.label for one in cast[:3]] == ["bí thư Biên Sơn", "cán bộ Ban Tổ chức", "bí thư THPT số 3"]
    assert len({one.key for one in cast}) == len(cast)
    assert all(one.key.replace("-", "").isalnum() and one.key.isascii() for one in cast)


def test_a_demo_that_starts_earlier_has_a_shorter_past(tmp_path):
    early = datetime(2022, 3, 1, 12, tzinfo=UTC)
    _, start = open_demo(tmp_path, early, OFFICE)
    assert start == early
    rows = _in_books(tmp_path, lambda session: all_progress(session, Quarter(2022, 1), early, OFFICE))
    by_unit = {row.unit.short: row.admitted.quarter for row in rows}
    assert (by_unit["Đồng Cốc"], by_unit["Thanh Hải"], by_unit["Trù Hựu"]) == (3, 0, 0)


def test_a_demo_can_start_before_anybody_had_joined(tmp_path):
    early = datetime(2022, 1, 10, tzinfo=UTC)
    cast, start = open_demo(tmp_path, early, OFFICE)
    assert start == early
    assert len(_in_books(tmp_path, lambda session: held_on(session, early.date()))) == len(cast)
