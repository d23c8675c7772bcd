"""The ladder on both databases: who hears of a unit, when, in how many messages, and who was told so before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from messages.say import LONGEST
from scheduler.days_off import timetable_of
from scheduler.reminders import tick
from storage.queries import promises
from storage.queries.admissions import Origin
from storage.tables import addresses, outbox, said
from tests.harness.district import add_person, admit, file_quarter, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)
Q1 = Quarter(2022, 1)
ASSIGNED = {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0), "Kim Sơn": (0, 2, 1, 1)}
STEPS = [(3, 16), (3, 24), (3, 28), (3, 30), (3, 31), (4, 2), (4, 4)]


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, ASSIGNED)


@pytest.fixture
def beat(begin):
    """Lets the heartbeat tick at a moment; answers what was put: the person, and the text."""

    def one(now: datetime) -> list[tuple[int, str]]:
        with begin() as session:
            before = session.execute(select(outbox.c.id)).scalars().all()
            put = tick(session, now, OFFICE, TIMES)
            query = select(addresses.c.person_id, outbox.c.text, outbox.c.id).join(
                addresses, addresses.c.id == outbox.c.address_id
            )
            rows = session.execute(query.order_by(outbox.c.id)).all()
            fresh = [(row.person_id, row.text) for row in rows if row.id not in before]
            assert put == len(fresh)
            return fresh

    return one


@pytest.fixture
def join(begin, ids):
    def one(*held: tuple[str, Role]) -> int:
        with begin() as session:
            return add_person(session, "Ai", [(ids[name], role) for name, role in held], ["telegram"])

    return one


@pytest.fixture
def everybody(join):
    """Secretary, deputy and overseer of Biên Sơn, and an officer."""
    roles = (Role.SECRETARY, Role.DEPUTY, Role.OVERSEER, Role.DISTRICT)
    return {role: join(("Biên Sơn", role)) for role in roles}


def told(messages, person):
    return [text for each, text in messages if each == person]


def test_step_by_step_each_rung_hears_of_it_after_it_was_announced(everybody, beat):
    roles = {person: role.value for role, person in everybody.items()}
    beat(at(3, 15))
    heard, announced = [], []
    for month, day in STEPS:
        messages = beat(at(month, day))
        heard.append([roles[person] for person, _ in messages])
        (text,) = told(messages, everybody[Role.SECRETARY])
        announced.append(next((line for line in text.splitlines() if line.startswith("Nếu đến")), None))
    one = ["secretary"]
    two, three = [*one, "deputy"], [*one, "deputy", "overseer"]
    assert heard == [one, one, two, two, three, three, [*three, "district"]]
    assert announced == [
        None,
        "Nếu đến ngày 28/3 chưa có báo cáo, tôi sẽ nhắc thêm đồng chí phó bí thư.",
        None,
        "Nếu đến ngày 31/3 chưa có báo cáo, tôi sẽ báo đồng chí ủy viên phụ trách.",
        None,
        "Nếu đến ngày 4/4 chưa có báo cáo, tôi sẽ báo Ban Tổ chức Huyện ủy Lục Ngạn.",
        None,
    ]


def test_after_three_days_down_each_hears_once_and_what_was_not_announced_waits_for_a_working_day(
    everybody, beat
):
    secretary, deputy, overseer, district = everybody.values()
    beat(at(3, 24))  # announces the deputy
    # down from the 27th until noon of the 31st: three steps were missed, the overseer was never announced
    messages = beat(at(3, 31, 12))
    assert [person for person, _ in messages] == [secretary, deputy]
    assert "Hôm nay là hạn cuối" in messages[0][1]
    assert "Nếu đến ngày 1/4 chưa có báo cáo, tôi sẽ báo đồng chí ủy viên phụ trách." in messages[0][1]
    assert beat(at(3, 31, 20)) == []
    (late,) = beat(at(4, 1))
    assert late[0] == overseer
    assert "Chưa báo (1): Biên Sơn 0/1." in late[1]
    # down again until the last day but one
    messages = beat(at(4, 4, 9))
    assert [person for person, _ in messages] == [secretary, deputy, overseer, district]
    assert "Biên Sơn" not in messages[-1][1]  # the district hears of it a day after that was announced
    assert "tôi sẽ báo Ban Tổ chức" in messages[0][1]
    ((person, text),) = beat(at(4, 5, 9))
    assert person == district
    assert "Chưa báo (1): Biên Sơn 0/1." in text


def test_half_an_hour_after_it_was_announced_a_rung_does_not_hear_of_it_yet(everybody, beat):
    """A process that was down wakes up shortly before the next step: the unit is given the night to report."""
    secretary, deputy, overseer, _ = everybody.values()
    beat(at(3, 24))
    messages = beat(at(3, 31, 7, 30))
    assert [person for person, _ in messages] == [secretary, deputy]
    assert "Nếu đến ngày 1/4 chưa có báo cáo, tôi sẽ báo đồng chí ủy viên phụ trách." in messages[0][1]
    assert [person for person, _ in beat(at(3, 31))] == [secretary, deputy]
    assert [person for person, _ in beat(at(4, 1))] == [overseer]


def test_a_jump_over_the_whole_quarter_says_one_thing_to_each(everybody, beat):
    beat(at(3, 10))
    messages = beat(at(4, 5, 9))
    assert [person for person, _ in messages] == [everybody[Role.SECRETARY], everybody[Role.DISTRICT]]
    assert "Chưa báo (1): Trù Hựu 0/2." in messages[-1][1]  # where there was nobody to announce it to
    assert beat(at(4, 5, 20)) == []
    assert beat(at(4, 6, 9)) == []


def test_an_overseer_gets_one_message_for_the_whole_cluster(join, beat):
    overseer = join(*((name, Role.OVERSEER) for name in ASSIGNED))
    secretary = join(("Biên Sơn", Role.SECRETARY))
    beat(at(3, 30))
    messages = beat(at(3, 31))
    assert [person for person, _ in messages] == [overseer, secretary]
    assert messages[0][1].splitlines() == [
        "Hôm nay là hạn cuối báo cáo quý I/2022 (31/3).",
        "Trong các đơn vị đồng chí phụ trách, chưa hoàn thành báo cáo:",
        "Chưa báo (2): Trù Hựu 0/2, Biên Sơn 0/1.",
        "Chưa có ai dùng chibo (1): Trù Hựu.",
        "Bí thư các đơn vị còn lại đã được nhắc; nhờ đồng chí đôn đốc giúp.",
    ]


def test_who_is_secretary_and_overseer_gets_one_message_with_both(join, beat):
    person = join(("Biên Sơn", Role.SECRETARY), ("Biên Sơn", Role.OVERSEER), ("Trù Hựu", Role.OVERSEER))
    beat(at(3, 30))
    ((told_to, text),) = beat(at(3, 31))
    assert told_to == person
    assert text.count("Hôm nay là hạn cuối") == 1
    assert "Biên Sơn chưa báo (chỉ tiêu quý: 1)." in text
    assert "Chưa báo (1): Trù Hựu 0/2." in text


def test_a_deputy_without_a_secretary_is_reminded_from_the_first_step(join, beat):
    deputy = join(("Biên Sơn", Role.DEPUTY))
    beat(at(3, 15))
    ((person, text),) = beat(at(3, 16))
    assert person == deputy
    assert "bí thư" not in text


def test_the_district_sees_who_has_promised_a_later_day(begin, ids, join, everybody, beat):
    join(("Trù Hựu", Role.SECRETARY))
    with begin() as session:
        promises.make(session, ids["Trù Hựu"], Q1, date(2022, 4, 5), Origin(at=at(3, 20), said_at=at(3, 20)))
    for month, day in STEPS:
        messages = beat(at(month, day))
    (text,) = told(messages, everybody[Role.DISTRICT])
    assert "Chưa báo (1): Biên Sơn 0/1." in text
    assert "Đã hẹn ngày báo (1): Trù Hựu (5/4)." in text


def test_who_has_filed_meanwhile_is_in_no_list(begin, ids, everybody, beat):
    for month, day in STEPS[:-1]:
        beat(at(month, day))
    with begin() as session:
        file_quarter(session, ids["Biên Sơn"], Q1, "nil", at(4, 3))
        for _ in range(2):
            admit(session, ids["Trù Hựu"], date(2022, 3, 10))
    assert beat(at(4, 4)) == []


def test_a_list_of_all_units_with_the_longest_names_fits(begin, beat):
    name = "Phòng-giao-dịch-Ngân-hàng-chính-sách-xã-hội {:02}"
    with begin() as session:
        ids = lay_down(session, {name.format(n): (21, 1, 1, 1) for n in range(55)})
        add_person(session, "Huyện", [(next(iter(ids.values())), Role.DISTRICT)])
        add_person(session, "Cụm", [(unit, Role.OVERSEER) for unit in ids.values()])
        add_person(session, "Bí thư", [(unit, Role.SECRETARY) for unit in ids.values()])
        for unit in list(ids.values())[:20]:
            admit(session, unit, date(2022, 3, 10))
    for month, day in STEPS:
        messages = beat(at(month, day))
    assert len(messages) == 3
    for _, text in messages:
        assert len(text) <= LONGEST
    assert "đơn vị khác" in messages[0][1]


def test_a_double_tick_says_nothing_twice(begin, everybody, beat):
    for month, day in STEPS:
        beat(at(month, day))
        assert beat(at(month, day)) == []
        assert beat(at(month, day) + timedelta(minutes=1)) == []
    with begin() as session:
        keys = session.execute(select(said.c.key)).scalars().all()
    # each rung's steps, three announcements, and the unit of which only the district can hear
    assert len(keys) == len(set(keys)) == 7 + 5 + 3 + 1 + 3 + 1
