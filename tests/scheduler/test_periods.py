"""What is told by itself of quarters that close: to whom it concerns, once, and when people may be spoken to."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import insert, select

from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from messages.say import LONGEST
from scheduler import periods, reminders, roll_up
from scheduler.days_off import timetable_of
from storage.queries import closings
from storage.queries.admissions import Origin
from storage.queries.periods import periods_of
from storage.tables import closings as words
from storage.tables import outbox, targets
from tests.harness.district import add_person, admit, file_quarter, lay_down, revise

OFFICE = Office()
TIMES = timetable_of(OFFICE)
Q1 = Quarter(2022, 1)
ASSIGNED = {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0), "Kim Sơn": (0, 2, 1, 1)}


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, ASSIGNED)


@pytest.fixture
def officer(begin, ids):
    with begin() as session:
        return add_person(session, "Trần Thị Bình", [(ids["Trù Hựu"], Role.DISTRICT)])


@pytest.fixture
def secretaries(begin, ids):
    with begin() as session:
        return {name: add_person(session, name, [(unit, Role.SECRETARY)]) for name, unit in ids.items()}


@pytest.fixture
def beat(begin):
    def one(now: datetime) -> int:
        with begin() as session:
            return periods.tick(session, now, OFFICE, TIMES)

    return one


def close(begin, by, now, last=None):
    with begin() as session:
        period = periods_of(session).of(Q1)
        origin = Origin(at=now, said_at=now, person=by)
        closings.close(session, period, now, last or now.date(), OFFICE, origin)


def reopen(begin, by, now, last, reason="bổ sung"):
    with begin() as session:
        origin = Origin(at=now, said_at=now, person=by)
        closings.reopen(session, periods_of(session).of(Q1), last, reason, origin)


def put(begin, kind):
    """The keys of what was put of a kind, and the words of the last one."""
    with begin() as session:
        rows = session.execute(select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)).all()
    return [row.key for row in rows], rows[-1].text if rows else ""


def test_the_date_closes_at_night_and_tells_nobody(begin, officer, secretaries, beat):
    assert [beat(at(4, 5, 23)), beat(at(4, 6, 0, 1)), beat(at(4, 6)), beat(at(4, 6, 9))] == [0, 0, 0, 0]
    with begin() as session:
        assert [row.from_at for row in session.execute(select(words))] == [at(4, 6, 0)]


def test_those_who_have_not_filed_are_told_of_an_early_close(begin, ids, officer, secretaries, beat):
    with begin() as session:
        file_quarter(session, ids["Biên Sơn"], Q1, "filed", at(3, 30))
    close(begin, officer, at(4, 1, 9))
    assert [beat(at(4, 1, 9, 1)), beat(at(4, 1, 9, 2))] == [1, 0]
    keys, text = put(begin, "notice")
    assert [key.rpartition(":")[2] for key in keys] == [str(secretaries["Trù Hựu"])]
    assert text.startswith("Huyện đã khóa sổ quý I/2022 lúc 09:00 ngày 1/4/2022.")


def test_all_secretaries_are_told_of_a_reopening_in_the_morning(begin, officer, secretaries, beat):
    beat(at(4, 8))
    reopen(begin, officer, at(4, 8, 22), date(2022, 4, 20))
    assert [beat(at(4, 8, 22, 1)), beat(at(4, 9, 7)), beat(at(4, 9, 8))] == [0, 3, 0]
    keys, text = put(begin, "notice")
    assert {key.rpartition(":")[2] for key in keys} == {str(each) for each in secretaries.values()}
    assert text.splitlines()[:2] == ["Huyện mở lại quý I/2022 đến hết ngày 20/4/2022.", "Lý do: bổ sung"]


def test_a_word_that_was_committed_after_a_later_look_is_told_and_once(begin, officer, secretaries, beat):
    beat(at(4, 1, 9, 1))
    close(begin, officer, at(4, 1, 9))  # of another process, which had to wait for the units
    assert [beat(at(4, 1, 9, 2)), beat(at(4, 1, 9, 3))] == [2, 0]


def test_a_step_that_fell_into_a_closing_that_was_taken_back_is_said_after_it(begin, officer, secretaries):
    def remind(now: datetime) -> int:
        with begin() as session:
            return reminders.tick(session, now, OFFICE, TIMES)

    remind(at(4, 1, 16))
    close(begin, officer, at(4, 1, 17))
    assert [remind(at(4, 1, 18)), remind(at(4, 2, 8))] == [0, 0]
    reopen(begin, officer, at(4, 2, 9), date(2022, 4, 5), reason=None)
    assert [remind(at(4, 2, 9, 1)) > 0, remind(at(4, 2, 9, 2))] == [True, 0]


def test_a_word_that_holds_no_more_is_not_told(begin, officer, secretaries, beat):
    beat(at(4, 8))
    reopen(begin, officer, at(4, 8, 9), date(2022, 4, 20))
    close(begin, officer, at(4, 8, 9, 1))
    beat(at(4, 8, 9, 2))
    keys, _ = put(begin, "notice")
    assert all(key.startswith("closed:") for key in keys)


@pytest.fixture
def told(begin, officer, beat):
    """The officer got both roll-ups of the quarter; the heartbeats have gone round."""
    for now in (at(3, 31, 17), at(4, 6, 17)):
        beat(now)
        with begin() as session:
            roll_up.tick(session, now, OFFICE, TIMES)
    return officer


def test_the_difference_is_told_once_an_hour_for_all_units(begin, ids, told, secretaries, beat):
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 7, 9, 10), late_because="báo chậm")
        admit(session, ids["Trù Hựu"], date(2022, 3, 11), at=at(4, 7, 9, 20), late_because="báo chậm")
    assert [beat(at(4, 7, 9, 59)), beat(at(4, 7, 10)), beat(at(4, 7, 10, 1))] == [0, 0, 0]
    with begin() as session:  # what was begun within the hour may end a little after it
        admit(session, ids["Biên Sơn"], date(2022, 3, 12), at=at(4, 7, 9, 59), late_because="bỏ sót")
    assert [beat(at(4, 7, 10, 2)), beat(at(4, 7, 10, 3)), beat(at(4, 7, 11, 2))] == [1, 0, 0]
    (key,), text = put(begin, "amendments")
    assert key.endswith(f":{told}:1")
    assert text.splitlines()[2:5] == [
        "Toàn huyện: 0 → 3 (từ đầu năm 0 → 3)",
        "Trù Hựu: 0/2 → 2/2. Lý do: báo chậm",
        "Biên Sơn: 0/1 → 1/1. Lý do: bỏ sót",
    ]


def test_what_changes_no_figure_is_not_shown_as_a_difference_of_figures(begin, ids, told, beat):
    with begin() as session:
        one = admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 7, 9), late_because="báo chậm")
    beat(at(4, 7, 10, 2))
    with begin() as session:
        revise(session, one, at(4, 8, 9), ceremony_on=date(2022, 3, 11), late_because="nhầm ngày lễ")
    assert beat(at(4, 8, 10, 2)) == 1
    _, text = put(begin, "amendments")
    assert text.splitlines()[2:4] == ["Toàn huyện: vẫn 1", "Trù Hựu: số vẫn 1/2. Lý do: nhầm ngày lễ"]


def test_each_difference_begins_where_the_last_one_ended(begin, ids, told, beat):
    with begin() as session:
        one = admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 7, 9), late_because="báo chậm")
    beat(at(4, 7, 10, 2))
    with begin() as session:
        revise(session, one, at(4, 8, 20), withdrawn=True, late_because="báo trùng")
    assert [beat(at(4, 8, 21)), beat(at(4, 9, 6)), beat(at(4, 9, 7, 30))] == [0, 0, 1]
    _, text = put(begin, "amendments")
    assert text.splitlines()[1:4] == [
        "Từ 10:00 ngày 7/4/2022 đến 07:00 ngày 9/4/2022",
        "Toàn huyện: 1 → 0 (từ đầu năm 1 → 0)",
        "Trù Hựu: 1/2 → 0/2. Lý do: báo trùng",
    ]


def test_whoever_got_no_roll_up_is_told_no_difference(begin, ids, officer, beat):
    beat(at(4, 6))
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 7, 9), late_because="báo chậm")
    assert beat(at(4, 7, 10)) == 0


def test_what_changes_before_the_close_is_no_difference(begin, ids, told, beat):
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 4, 10), at=at(4, 11))  # of the next quarter
    assert beat(at(4, 11, 10)) == 0


def test_what_came_before_the_close_in_words_only_is_named_so(begin, ids, told, beat):
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 7, 9))
    beat(at(4, 7, 10))
    assert "Lý do: gửi trước khi khóa sổ" in put(begin, "amendments")[1]


def test_of_a_reopened_quarter_the_difference_is_told_when_it_is_closed_again(begin, ids, told, beat):
    with begin() as session:
        admit(session, ids["Biên Sơn"], date(2022, 3, 9), at=at(4, 7, 9, 10), late_because="bỏ sót")
    reopen(begin, told, at(4, 7, 9, 30), date(2022, 4, 8), "thiếu hồ sơ")
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(4, 8, 9))
    assert [beat(at(4, 7, 10)), beat(at(4, 8, 12)), beat(at(4, 9, 7))] == [0, 0, 1]
    _, text = put(begin, "amendments")
    assert "Biên Sơn: 0/1 → 1/1. Lý do: bỏ sót" in text
    assert "Trù Hựu: 0/2 → 1/2. Lý do: huyện mở lại sổ: thiếu hồ sơ" in text


def test_an_amended_target_of_a_closed_quarter_is_a_difference(begin, ids, told, beat):
    with begin() as session:
        here = (targets.c.unit_id == ids["Trù Hựu"]) & (targets.c.quarter == Q1)
        before = session.execute(select(targets).where(here)).mappings().one()
        session.execute(targets.update().where(here).values(until_at=at(4, 7, 9)))
        fresh = {**before, "assigned": 1, "from_at": at(4, 7, 9), "reason": "Công văn 15"}
        fresh.pop("id")
        session.execute(insert(targets).values(fresh))
    beat(at(4, 7, 10))
    assert "Trù Hựu: 0/2 → 0/1. Lý do: Công văn 15" in put(begin, "amendments")[1]


def test_many_units_are_told_in_several_messages_that_every_channel_carries(begin, beat):
    name = "Phòng-giao-dịch Ngân-hàng-chính-sách-xã-hội số"
    with begin() as session:
        ids = lay_down(session, {f"{name} {n}": (1, 1, 1, 1) for n in range(20)})
        officer = add_person(session, "Trần Thị Bình", [(ids[f"{name} 1"], Role.DISTRICT)])
    for now in (at(3, 31, 17), at(4, 6, 17)):
        beat(now)
        with begin() as session:
            roll_up.tick(session, now, OFFICE, TIMES)
    with begin() as session:
        for unit in ids.values():
            admit(session, unit, date(2022, 3, 10), at=at(4, 7, 9), late_because="chậm " * 40)
    assert beat(at(4, 7, 10)) == 3
    keys, text = put(begin, "amendments")
    assert [key.rpartition(":")[2] for key in keys] == ["1", "2", "3"]
    assert text.startswith("ĐIỀU CHỈNH SAU CHỐT QUÝ I/2022 (3/3)")
    assert text.endswith("để xem tổng hợp mới.")
    with begin() as session:
        texts = session.execute(select(outbox.c.text).where(outbox.c.kind == "amendments")).scalars()
        assert all(len(each) <= LONGEST and not each.endswith("…") for each in texts)
    assert officer
