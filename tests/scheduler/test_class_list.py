"""The list for the next class: told to the district once a month, off Sundays and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, insert, select

from domain.candidate import Step, WayOut
from domain.office import NamesShown, Office
from domain.people import Role
from messages.say import LONGEST
from scheduler.class_list import tick
from scheduler.days_off import timetable_of
from storage.queries import employments
from storage.queries.admissions import Origin
from storage.queries.candidates import close, list_candidate, take_step
from storage.tables import audit, outbox, units
from tests.harness.district import add_person, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)
ORIGIN = Origin(at=datetime(2022, 1, 1, tzinfo=UTC), said_at=datetime(2022, 1, 1, tzinfo=UTC))


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        found = lay_down(session, {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 1, 1, 2)})
        made = insert(units).values(
            kind="cell",
            name="Chi bộ Công ty May",
            short="Công ty May",
            code="MAY",
            parent_id=found["Biên Sơn"],
            aliases=[],
            block=0,
            position=0,
            valid_from=date(2022, 1, 1),
        )
        district = session.execute(select(units.c.id).where(units.c.kind == "district")).scalar_one()
        return {
            **found,
            "May": session.execute(made.returning(units.c.id)).scalar_one(),
            "Lục Ngạn": district,
        }


@pytest.fixture
def beat(begin):
    def one(now: datetime, office: Office = OFFICE) -> list[str]:
        with begin() as session:
            last = session.execute(select(func.max(outbox.c.id))).scalar() or 0
            put = tick(session, now, office, TIMES)
            query = select(outbox.c.text).where(outbox.c.id > last).order_by(outbox.c.id)
            texts = session.execute(query).scalars().all()
            assert put == len(texts)
            return list(texts)

    return one


@pytest.fixture
def listed(begin, ids):
    """Puts a candidate on a unit's list who took a step on a day; answers the id."""

    def one(
        name: str, step: Step = Step.MENTORED, unit: str = "Biên Sơn", on: date = date(2022, 1, 5)
    ) -> int:
        with begin() as session:
            who = list_candidate(session, ids[unit], name, name.lower(), ORIGIN.at)
            take_step(session, who, step, on, ORIGIN)
            return who

    return one


@pytest.fixture
def officer(begin, ids):
    def join(channel: str = "telegram") -> int:
        with begin() as session:
            return add_person(session, "Ai", [(ids["Lục Ngạn"], Role.DISTRICT)], [channel])

    return join


def test_the_first_of_a_month_at_its_hour_and_once(beat, listed, officer):
    officer()
    listed("Lê Thị Nga")
    assert beat(at(3, 31, 20)) == []
    assert beat(at(4, 1, 7, 59)) == []
    (text,) = beat(at(4, 1))
    assert "101 Biên Sơn: L.T.N. (QC-1)" in text
    assert beat(at(4, 1, 8, 1)) == beat(at(4, 2)) == []
    (text,) = beat(at(5, 4))
    assert "· 4/5/2022" in text


def test_the_first_of_may_waits_for_the_working_day_after_the_holidays(beat, listed, officer):
    officer()
    listed("Lê Thị Nga")
    assert beat(at(4, 28)) == []
    for day in (1, 2, 3):
        assert beat(at(5, day)) == []
    assert len(beat(at(5, 4))) == 1


def test_a_list_that_was_missed_is_told_when_the_process_is_back(beat, listed, officer):
    officer()
    listed("Lê Thị Nga")
    beat(at(3, 30))
    assert len(beat(at(4, 12, 15))) == 1
    assert len(beat(at(7, 20))) == 1  # of three months that were missed the latest
    assert beat(at(7, 21)) == []


def test_it_is_never_told_at_night_and_nobody_is_no_news(beat, listed, officer):
    officer()
    beat(at(3, 31))
    assert beat(at(4, 1)) == []
    listed("Lê Thị Nga")
    beat(at(4, 29))
    assert beat(at(5, 4, 21, 30)) == []
    assert len(beat(at(5, 5, 7))) == 1


def test_workers_stand_apart_by_their_unit_or_by_what_was_told(begin, beat, listed, officer):
    officer()
    listed("Lê Thị Nga")
    listed("Vi Văn Toàn", unit="May")
    told, denied = listed("Hoàng Thị Mai"), listed("Giáp Văn Long", unit="May")
    with begin() as session:
        employments.record(session, told, True, ORIGIN)
        employments.record(session, denied, False, ORIGIN)
    beat(at(3, 31))
    (text,) = beat(at(4, 1))
    assert text.splitlines()[1:] == [
        "Đủ điều kiện học lớp tới: 4 quần chúng của 1 đơn vị.",
        "Lớp trong tuần (2):",
        "101 Biên Sơn: L.T.N. (QC-1), G.V.L. (QC-4)",
        "Lao động doanh nghiệp, mở lớp thứ Bảy và Chủ nhật (2):",
        "101 Biên Sơn · Công ty May: V.V.T. (QC-2)",
        "101 Biên Sơn: H.T.M. (QC-3)",
    ]


def test_who_left_or_has_no_mentor_is_not_called(begin, beat, listed, officer):
    officer()
    listed("Lê Thị Nga")
    listed("Vi Văn Toàn", Step.LISTED)
    left = listed("Hoàng Thị Mai")
    with begin() as session:
        close(session, left, WayOut.MOVED, date(2022, 2, 1), ORIGIN)
    beat(at(3, 31))
    (text,) = beat(at(4, 1))
    assert "H.T.M." not in text
    assert "V.V.T." not in text
    assert "Chưa tính 1 quần chúng chưa được phân công đảng viên giúp đỡ." in text


@pytest.mark.parametrize(
    ("channel", "names", "words"),
    [
        ("web", NamesShown.INITIALS, "101 Biên Sơn: Lê Thị Nga"),
        ("zalo", NamesShown.INITIALS, "101 Biên Sơn: L.T.N. (QC-1)"),
        ("zalo", NamesShown.CODE, "101 Biên Sơn: QC-1"),
    ],
)
def test_names_go_out_as_the_channel_may_carry_them_and_it_is_logged_who_was_shown_them(
    begin, beat, listed, officer, channel, names, words
):
    person = officer(channel)
    listed("Lê Thị Nga")
    beat(at(3, 31))
    (text,) = beat(at(4, 1), Office(names=names))
    assert words in text.splitlines()
    with begin() as session:
        seen = session.execute(select(audit.c.person_id, audit.c.act, audit.c.subject)).all()
    assert [tuple(each) for each in seen] == [(person, "see", "class list 1")]


def test_a_long_list_goes_out_page_by_page(begin, beat, listed, officer):
    officer("web")
    for number in range(60):
        listed(f"Nguyễn Hoàng Phương Thảo Nguyên {number}", unit=("Biên Sơn", "Trù Hựu", "May")[number % 3])
    beat(at(3, 31))
    (text,) = beat(at(4, 1))
    assert "trang 1/" in text
    assert len(text) <= LONGEST
    with begin() as session:
        choices = session.execute(select(outbox.c.choices)).scalar_one()
    assert choices == [["danh sách học lớp HL-2", "Xem tiếp"], ["menu", "Menu"]]
