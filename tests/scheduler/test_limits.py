"""What runs out on the lists of candidates: told to the unit a week's morning, of each limit once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, update

from domain.candidate import Step
from domain.office import NamesShown, Office
from domain.people import Role
from scheduler.days_off import timetable_of
from scheduler.limits import MOST, tick
from storage.queries.admissions import Origin
from storage.queries.candidates import list_candidate, take_back, take_step
from storage.tables import addresses, outbox, units
from tests.harness.district import add_person, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)
MONDAY = (4, 25)
ORIGIN = Origin(at=datetime(2022, 3, 1, tzinfo=UTC), said_at=datetime(2022, 3, 1, tzinfo=UTC))


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 1, 1, 2)})


@pytest.fixture
def beat(begin):
    def one(now: datetime, office: Office = OFFICE) -> list[tuple[int, list[str]]]:
        with begin() as session:
            before = set(session.execute(select(outbox.c.id)).scalars())
            put = tick(session, now, office, TIMES)
            query = select(addresses.c.person_id, outbox.c.text, outbox.c.id).join(
                addresses, addresses.c.id == outbox.c.address_id
            )
            rows = [row for row in session.execute(query.order_by(outbox.c.id)) if row.id not in before]
            assert put == len(rows)
            return [(row.person_id, row.text.splitlines()) for row in rows]

    return one


@pytest.fixture
def listed(begin, ids):
    """Puts a candidate on a unit's list who took a step on a day; answers the entry of the step."""

    def one(name: str, step: Step, on: date, unit: str = "Biên Sơn") -> int:
        with begin() as session:
            who = list_candidate(session, ids[unit], name, name.lower(), ORIGIN.at)
            return take_step(session, who, step, on, ORIGIN)

    return one


def join(begin, *held, channel="telegram"):
    with begin() as session:
        return add_person(session, "Ai", held, [channel])


@pytest.mark.parametrize(
    ("step", "on", "words"),
    [
        (Step.DECIDED, date(2022, 3, 16), "có quyết định 16/3/2022, hạn tổ chức lễ kết nạp 28/4/2022."),
        (Step.DECIDED, date(2022, 1, 5), "có quyết định 5/1/2022, đã quá hạn tổ chức lễ kết nạp 23/2/2022."),
        (
            Step.CELL_RESOLVED,
            date(2022, 2, 7),
            "chi bộ có nghị quyết 7/2/2022, hạn có quyết định kết nạp 5/5/2022.",
        ),
        (
            Step.APPLIED,
            date(2021, 5, 20),
            "đã nộp đơn 20/5/2021, chưa có bước mới; quá ngày 20/5/2022 thì hồ sơ phải làm lại một phần.",
        ),
        (
            Step.ADMITTED,
            date(2021, 5, 25),
            "kết nạp 25/5/2021, đủ thời gian dự bị ngày 25/5/2022; cần làm hồ sơ công nhận chính thức.",
        ),
    ],
)
def test_each_limit_is_told_with_its_day(begin, ids, beat, listed, step, on, words):
    listed("Lê Thị Nga", step, on)
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    ((_, text),) = beat(at(*MONDAY))
    assert text[0].startswith("Hạn cần lưu ý của quần chúng ưu tú")
    assert text[1] == f"1) L.T.N. (QC-1): {words}"


def test_a_certificate_is_told_of_a_month_before_its_sixty_months_are_over(begin, ids, beat, listed):
    with begin() as session:
        who = list_candidate(session, ids["Biên Sơn"], "Lê Thị Nga", "le thi nga", ORIGIN.at)
        take_step(session, who, Step.TRAINED, date(2017, 5, 20), ORIGIN)
        take_step(session, who, Step.APPLIED, date(2022, 2, 1), ORIGIN)
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    ((_, text),) = beat(at(*MONDAY))
    assert text[1].endswith("học lớp bồi dưỡng 20/5/2017, giấy chứng nhận hết giá trị ngày 20/5/2022.")


def test_what_is_far_off_is_not_told(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 4, 8))
    listed("Vi Văn Toàn", Step.APPLIED, date(2021, 5, 26))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    assert beat(at(*MONDAY)) == []


def test_of_each_limit_somebody_is_told_once_and_anew_where_the_step_is(begin, ids, beat, listed):
    entry = listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    told = [len(beat(at(4, 25))), len(beat(at(4, 25, 9))), len(beat(at(5, 4))), len(beat(at(5, 9)))]
    assert told == [1, 0, 0, 0]
    with begin() as session:
        take_back(session, entry, at(5, 10))
        take_step(session, 1, Step.DECIDED, date(2022, 4, 1), ORIGIN)
    assert len(beat(at(5, 16))) == 1


def test_it_is_told_on_mondays_at_eight_and_after_a_holiday_on_the_next_working_day(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(4, 28))  # before anybody joined it would have been told: nothing is due on a Thursday
    assert [beat(at(4, 30)), beat(at(5, 1)), beat(at(5, 2)), beat(at(5, 3)), beat(at(5, 4, 7, 30))] == [
        []
    ] * 5
    assert len(beat(at(5, 4))) == 1  # 2 and 3 May are given for the holidays


def test_after_two_weeks_down_it_is_told_once(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(4, 13))
    assert [len(beat(at(4, 28, 9))), len(beat(at(4, 28, 10)))] == [1, 0]


def test_several_units_and_limits_are_one_message_the_most_urgent_first(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    listed("Vi Văn Toàn", Step.APPLIED, date(2021, 1, 20), "Trù Hựu")
    join(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.SECRETARY), channel="web")
    ((_, text),) = beat(at(*MONDAY), Office(names=NamesShown.CODE))
    assert text[0] == "Hạn cần lưu ý của quần chúng ưu tú:"
    assert [line.split(": ")[0] for line in text[1:3]] == [
        "1) Vi Văn Toàn (QC-2) · Trù Hựu",
        "2) Lê Thị Nga (QC-1) · Biên Sơn",
    ]
    assert text[3:] == [
        "Bước nào đã xong, đồng chí báo để tôi ghi vào danh sách. Mỗi hạn tôi chỉ nhắc một lần."
    ]


def test_where_names_are_hidden_the_code_stands(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    ((_, text),) = beat(at(*MONDAY), Office(names=NamesShown.CODE))
    assert text[1].startswith("1) QC-1: có quyết định")


def test_too_much_at_once_goes_on_a_week_later(begin, ids, beat, listed):
    for number in range(MOST + 2):
        listed(f"Người {number}", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    ((_, first),) = beat(at(4, 25))
    ((_, second),) = beat(at(5, 4))
    assert (len(first), len(second)) == (MOST + 2, 2 + 2)
    assert len("\n".join(first)) <= 2000
    assert beat(at(5, 9)) == []


def test_the_secretary_is_told_and_only_without_one_the_deputy(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    deputy = join(begin, (ids["Biên Sơn"], Role.DEPUTY))
    join(begin, (ids["Trù Hựu"], Role.SECRETARY))
    join(begin, (ids["Biên Sơn"], Role.OVERSEER))
    assert [person for person, _ in beat(at(*MONDAY))] == [deputy]
    listed("Vi Văn Toàn", Step.DECIDED, date(2022, 3, 16))
    secretary = join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    ((person, text),) = beat(at(5, 4))
    assert person == secretary
    assert len(text) == 4  # both candidates: the secretary has not heard of the first either


def test_a_cell_s_candidate_is_told_to_the_cell_or_to_the_commune_above(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    with begin() as session:
        commune = ids["Biên Sơn"]
        made = insert(units).values(
            kind="cell",
            name="Chi bộ Thôn Hạ",
            short="Thôn Hạ",
            code="BSC1",
            parent_id=commune,
            aliases=[],
            block=0,
            position=0,
            valid_from=date(1900, 1, 1),
        )
        cell = session.execute(made.returning(units.c.id)).scalar_one()
        who = list_candidate(session, cell, "Vi Văn Toàn", "vi van toan", ORIGIN.at)
        take_step(session, who, Step.DECIDED, date(2022, 3, 16), ORIGIN)
    secretary = join(begin, (commune, Role.SECRETARY))
    ((person, text),) = beat(at(*MONDAY))
    assert (person, len(text)) == (secretary, 4)
    of_cell = join(begin, (cell, Role.CELL_SECRETARY))
    ((person, text),) = beat(at(5, 4))
    assert person == of_cell
    assert text[0] == "Hạn cần lưu ý của quần chúng ưu tú, Thôn Hạ:"


def test_nobody_reached_is_told_when_they_are(begin, ids, beat, listed):
    listed("Lê Thị Nga", Step.DECIDED, date(2022, 3, 16))
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    with begin() as session:
        session.execute(update(addresses).values(blocked_at=at(4, 1)))
    assert beat(at(4, 25)) == []
    with begin() as session:
        session.execute(update(addresses).values(blocked_at=None))
    assert len(beat(at(5, 4))) == 1


def test_as_many_as_are_told_at_once_fit_into_a_message_whatever_the_names(begin, ids, beat, listed):
    for number in range(MOST):
        listed(f"Nguyễn Thị Phương Thảo Nguyên {number}", Step.RECOMMENDED, date(2021, 4, 20))
    with begin() as session:
        long = "Phòng giao dịch Ngân hàng Chính sách xã hội huyện"
        session.execute(update(units).where(units.c.id == ids["Biên Sơn"]).values(short=long))
    listed("Vi Văn Toàn", Step.APPLIED, date(2021, 4, 21), "Trù Hựu")
    join(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.SECRETARY), channel="web")
    told = [text for now in (at(4, 25), at(5, 4)) for _, text in beat(now, Office(names=NamesShown.FULL))]
    assert sum(line[0].isdigit() for text in told for line in text) == MOST + 1
    assert all(len("\n".join(text)) < 1900 for text in told)
