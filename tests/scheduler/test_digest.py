"""The weekly digest: to whom, in which weeks, once, and caught up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import insert, select, update

from domain.digest import DigestRules, Weeks
from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from scheduler.days_off import timetable_of
from scheduler.digest import tick
from storage.data import shipped_units
from storage.tables import appointments, outbox, plans
from tests.harness.district import add_person, admit, file_quarter, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0), "Kim Sơn": (0, 1, 1, 1)})


def person(begin, name, *held):
    with begin() as session:
        return add_person(session, name, list(held))


def beat(begin, now, times=TIMES):
    with begin() as session:
        return tick(session, now, OFFICE, times)


def put(begin):
    with begin() as session:
        return session.execute(select(outbox).order_by(outbox.c.id)).all()


def test_overseers_hear_of_their_units_on_the_mondays_of_the_last_month(begin, ids):
    overseer = person(begin, "Vi Văn An", (ids["Trù Hựu"], Role.OVERSEER))
    mondays = [at(2, 21), at(2, 28), at(3, 7), at(3, 14), at(3, 21), at(3, 28), at(4, 4), at(4, 11)]
    assert [beat(begin, monday) for monday in mondays] == [0, 0, 1, 1, 1, 1, 0, 0]
    first = put(begin)[0]
    assert first.key == f"digest:2022-03-07:{overseer}"
    assert first.text.startswith("TUẦN QUA · Cụm Trù Hựu · quý I/2022\nTừ 28/2 đến 08:00 ngày 7/3/2022\n")
    assert "– Trù Hựu 0/2: chưa báo; còn thiếu 2, chưa có ai kịp" in first.text
    assert "Biên Sơn" not in first.text


def test_the_district_hears_every_week_but_in_the_days_of_grace(begin, ids):
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    days = [at(2, 21), at(2, 28), at(3, 28), at(4, 4), at(4, 12)]
    assert [beat(begin, day) for day in days] == [1, 1, 1, 0, 1]
    assert [message.encloses and message.encloses["output"] for message in put(begin)] == [
        None,
        None,
        None,
        "xlsx",
        None,
    ]
    early, late = put(begin)[0], put(begin)[2]
    assert "Chưa báo" not in early.text
    assert "Chưa báo (2): Trù Hựu, Biên Sơn" in late.text
    assert "Có nguy cơ không đạt (2): Trù Hựu thiếu 2, Biên Sơn thiếu 1" in late.text


def test_it_tells_what_the_week_has_brought(begin, ids):
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 2), at(3, 5))
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), at(3, 11))
        admit(session, ids["Biên Sơn"], date(2022, 3, 10), at(3, 11))
        file_quarter(session, ids["Biên Sơn"], Quarter(2022, 1), "filed", at(3, 12))
    beat(begin, at(3, 14))
    words = put(begin)[0].text
    assert "Kết nạp: 3/3 chỉ tiêu quý (100,0%), còn 17 ngày đến hạn 31/3" in words
    assert "Đủ số, chưa chốt (1): Trù Hựu 2/2" in words
    assert "Kết nạp mới được báo (2): Trù Hựu 1, Biên Sơn 1" in words
    assert "Mới chốt (1): Biên Sơn" in words


def test_an_overseer_whose_units_have_all_filed_before_hears_nothing(begin, ids):
    person(begin, "Vi Văn An", (ids["Biên Sơn"], Role.OVERSEER), (ids["Kim Sơn"], Role.OVERSEER))
    with begin() as session:
        file_quarter(session, ids["Biên Sơn"], Quarter(2022, 1), "nil", at(3, 5))
    assert [beat(begin, at(3, 7)), beat(begin, at(3, 14))] == [1, 0]


def test_somebody_at_the_district_who_oversees_units_hears_of_the_whole_once(begin, ids):
    person(begin, "Vi Văn An", (ids["Biên Sơn"], Role.OVERSEER), (ids["Trù Hựu"], Role.DISTRICT))
    assert beat(begin, at(3, 7)) == 1
    assert put(begin)[0].text.startswith("TUẦN QUA · Lục Ngạn · quý I/2022\n")


def test_a_missed_hour_is_caught_up_and_a_double_tick_says_it_once(begin, ids):
    person(begin, "Vi Văn An", (ids["Trù Hựu"], Role.OVERSEER))
    beat(begin, at(3, 12, 9))
    assert [beat(begin, at(3, 14, 7, 59)), beat(begin, at(3, 14, 22)), beat(begin, at(3, 15, 7))] == [0, 0, 1]
    assert beat(begin, at(3, 15, 7)) == beat(begin, at(3, 16)) == 0
    assert beat(begin, at(3, 29)) == 1
    assert [message.key.split(":")[1] for message in put(begin)] == ["2022-03-14", "2022-03-28"]


def test_on_a_holiday_it_waits_for_the_next_working_day(begin, ids):
    """Monday 11 April 2022 was a day off for the Hùng Kings."""
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    beat(begin, at(4, 9, 9))
    assert [beat(begin, at(4, 11)), beat(begin, at(4, 12))] == [0, 1]


def test_the_office_says_in_which_weeks_and_at_which_hour(begin, ids):
    person(begin, "Vi Văn An", (ids["Trù Hựu"], Role.OVERSEER))
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    rules = DigestRules(on=4, at=at(3, 4, 15).time(), overseers=Weeks.ALWAYS, district=Weeks.NEVER)
    times = replace(TIMES, digest=rules)
    assert [beat(begin, at(2, 25, hour), times) for hour in (14, 15)] == [0, 1]
    assert [message.text.splitlines()[0] for message in put(begin)] == ["TUẦN QUA · Cụm Trù Hựu · quý I/2022"]


def test_the_fifty_five_units_of_one_overseer_fit_one_message(begin):
    units = [unit for unit in shipped_units() if unit.block]
    with begin() as session:
        ids = lay_down(session, {unit.short: (3, 3, 3, 3) for unit in units})
    person(begin, "Vi Văn An", *((unit, Role.OVERSEER) for unit in ids.values()))
    person(begin, "Trần Thị Bình", (next(iter(ids.values())), Role.DISTRICT))
    beat(begin, at(3, 7))
    words = [message for message in put(begin) if message.encloses is None]
    assert len(words) == 2
    for message in words:
        assert len(message.text) + sum(len(label) + 5 for _, label in message.choices) <= 2000
        assert not message.text.endswith("…")
    assert "và 43 đơn vị khác" in words[0].text


def test_put_off_by_tet_it_is_part_of_the_next_one(begin, ids):
    """Monday 31 January 2022 was the eve of Tết; the next working day was the Saturday, the day before the next week."""
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    with begin() as session:
        session.execute(update(appointments).values(since=date(2022, 1, 1)))
    days = [at(1, 24), at(1, 31), at(2, 5), at(2, 7), at(2, 14)]
    assert [beat(begin, day) for day in days] == [1, 0, 0, 1, 1]
    assert [message.text.splitlines()[1] for message in put(begin)[1:]] == [
        "Từ 24/1 đến 08:00 ngày 7/2/2022",
        "Từ 7/2 đến 08:00 ngày 14/2/2022",
    ]


def test_the_first_one_of_a_quarter_tells_of_all_since_its_beginning(begin, ids):
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 4, 1), at(4, 2))
    assert [beat(begin, at(4, 4)), beat(begin, at(4, 12)), beat(begin, at(4, 18))] == [0, 1, 1]
    first, second = put(begin)
    assert "Từ 1/4 đến 08:00 ngày 12/4/2022" in first.text
    assert "Kết nạp mới được báo (1): Trù Hựu 1" in first.text
    assert "Từ 12/4 đến" in second.text
    assert "Kết nạp mới được báo" not in second.text


def test_a_year_that_has_no_plan_is_told_of_in_the_month_before(begin, ids):
    person(begin, "Trần Thị Bình", (ids["Trù Hựu"], Role.DISTRICT))
    person(begin, "Vi Văn An", (ids["Trù Hựu"], Role.OVERSEER))
    for day in (at(11, 28), at(12, 5)):
        beat(begin, day)
    told = [message.text for message in put(begin) if message.encloses is None]
    assert ["Sổ chưa có kế hoạch năm 2023" in text for text in told] == [False, True, False]
    with begin() as session:
        terms = {"number": "1-KH/HU", "pledged": 200, "heads_rate": 90, "grace_days": 5}
        session.execute(
            insert(plans).values(year=2023, signed_on=date(2022, 12, 8), imported_at=at(12, 9), **terms)
        )
    beat(begin, at(12, 12))
    assert "kế hoạch năm 2023" not in "".join(message.text for message in put(begin)[4:])
    assert len(put(begin)) == 7
