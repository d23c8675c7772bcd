"""The roll-up that comes by itself: to the district's officers, at the end and after the days of grace, once."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from sqlalchemy import select

from domain.office import Office
from domain.people import Role
from scheduler.days_off import timetable_of
from scheduler.roll_up import tick
from storage.tables import outbox
from tests.harness.district import add_person, admit, lay_down
from tests.harness.patience import WITHIN

OFFICE = Office()
TIMES = timetable_of(OFFICE)


def at(month: int, day: int, hour: int = 17, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0)})


@pytest.fixture
def officer(begin, ids):
    with begin() as session:
        return add_person(session, "Trần Thị Bình", [(ids["Trù Hựu"], Role.DISTRICT)])


@pytest.fixture
def beat(begin):
    def one(now: datetime) -> int:
        with begin() as session:
            return tick(session, now, OFFICE, TIMES)

    return one


def put(begin):
    """The messages in words."""
    with begin() as session:
        return session.execute(select(outbox).where(outbox.c.encloses.is_(None)).order_by(outbox.c.id)).all()


def files(begin):
    """The messages that bring a file."""
    with begin() as session:
        query = select(outbox).where(outbox.c.encloses.is_not(None)).order_by(outbox.c.id)
        return session.execute(query).all()


def test_it_comes_on_the_last_day_and_after_the_days_of_grace(begin, officer, beat):
    told = [beat(now) for now in (at(3, 31, 16, 59), at(3, 31), at(4, 5), at(4, 6, 16), at(4, 6), at(4, 7))]
    assert told == [0, 1, 0, 0, 1, 0]
    assert [message.key for message in put(begin)] == [
        f"rollup:2022-Q1:last_day:{officer}",
        f"rollup:2022-Q1:after_grace:{officer}",
    ]
    assert "(đã khóa sổ, hết ngày 5/4)" in put(begin)[1].text


def test_it_carries_the_figures_of_the_moment(begin, ids, officer, beat):
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10))
    beat(at(3, 31))
    (message,) = put(begin)
    assert message.text.startswith("KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Lục Ngạn\nTính đến 17:00 ngày 31/3/2022\n")
    assert "Kết nạp: 1/3 chỉ tiêu quý (33,3%)" in message.text
    offered = ["Bảng gọi điện", "Từng đơn vị", "Nhắc ngay", "Mở con số", "Menu"]
    assert [label for _, label in message.choices] == offered


def test_only_the_districts_officers_get_it(begin, ids, beat):
    with begin() as session:
        for role in set(Role) - {Role.DISTRICT}:
            add_person(session, role, [(ids["Trù Hựu"], role)])
    assert beat(at(3, 31)) == 0


def test_a_missed_hour_is_caught_up_in_the_morning(begin, officer, beat):
    beat(at(3, 31, 16))
    assert [beat(at(3, 31, 22)), beat(at(4, 1, 8))] == [0, 1]
    assert "Tính đến 08:00 ngày 1/4/2022" in put(begin)[0].text


def test_after_a_long_gap_only_the_latest_one_is_said(begin, officer, beat):
    beat(at(3, 31, 16))
    assert beat(at(4, 8, 9)) == 1
    assert put(begin)[0].key == f"rollup:2022-Q1:after_grace:{officer}"


def test_two_processes_and_a_double_tick_say_it_once(begin, officer, beat):
    beat(at(3, 31, 16))
    start, counted = threading.Barrier(2), list[int]()

    def process() -> None:
        start.wait(WITHIN)
        counted.append(beat(at(3, 31)))

    both = [threading.Thread(target=process) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(WITHIN)
    assert sum(counted) + beat(at(3, 31)) == len(put(begin)) == 1


def test_the_files_of_the_same_moment_follow_it_once(begin, officer, beat):
    beat(at(3, 31, 16))
    beat(at(3, 31))
    beat(at(3, 31, 17, 1))
    assert [message.key for message in files(begin)] == [
        f"rollup:2022-Q1:last_day:{officer}:{output}" for output in ("xlsx", "docx", "png")
    ]
    assert {message.encloses["as_of"] for message in files(begin)} == {"2022-03-31T17:00:00+07:00"}
    assert {message.encloses["quarter"] for message in files(begin)} == {"2022-Q1"}
    assert all("17:00 ngày 31/3/2022" in message.text for message in files(begin))
    assert put(begin)[0].id < files(begin)[0].id
