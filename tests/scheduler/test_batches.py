"""What came of a batch of decisions: told to the unit once, on the working day after it was reported."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from domain.candidate import Step
from domain.commands import NewMember
from domain.office import Office
from domain.people import Role
from scheduler.batches import tick
from scheduler.days_off import timetable_of
from storage.queries import admissions, candidates
from storage.queries.admissions import Entry, Origin
from storage.tables import addresses, outbox
from tests.harness.district import add_person, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)


def at(month: int, day: int, hour: int = 16, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 1, 1, 2)})


@pytest.fixture
def beat(begin):
    def one(now: datetime) -> list[tuple[int, list[str]]]:
        with begin() as session:
            last = session.execute(select(func.max(outbox.c.id))).scalar() or 0
            put = tick(session, now, OFFICE, TIMES)
            query = select(addresses.c.person_id, outbox.c.text).join(
                addresses, addresses.c.id == outbox.c.address_id
            )
            rows = session.execute(query.where(outbox.c.id > last).order_by(outbox.c.id)).all()
            assert put == len(rows)
            return [(row.person_id, row.text.splitlines()) for row in rows]

    return one


@pytest.fixture
def reported(begin, ids):
    """Somebody admitted, as a unit has reported it at a moment; the candidate's steps before."""
    serials = iter(range(1, 99))

    def one(
        when: datetime,
        decided: date | None,
        ceremony: date | None,
        *,
        unit: str = "Biên Sơn",
        resolved: date | None = None,
    ) -> None:
        origin = Origin(at=when, said_at=when)
        with begin() as session:
            who = None
            if resolved:
                who = candidates.list_candidate(session, ids[unit], "Vi Văn An", "vi van an", when)
                candidates.take_step(session, who, Step.CELL_RESOLVED, resolved, origin)
            member = NewMember(name="Vi Văn An", ceremony_on=ceremony, decision_on=decided, candidate=who)
            entry = Entry(
                unit=ids[unit],
                cell=None,
                year=2022,
                serial=next(serials),
                member=member,
                folded="vi van an",
                decision_no=None,
            )
            admissions.record(session, entry, origin)

    return one


def join(begin, *held):
    with begin() as session:
        return add_person(session, "Ai", held, ["zalo"])


def test_those_who_were_decided_on_one_day_are_one_batch_told_on_the_day_after_its_report(
    begin, ids, beat, reported
):
    secretary = join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    reported(at(3, 14, 9), date(2022, 3, 10), date(2022, 3, 13), resolved=date(2022, 1, 13))
    reported(at(3, 14, 10), date(2022, 3, 10), None)
    assert beat(at(3, 14)) == []
    assert beat(at(3, 15, 15, 59)) == []
    ((told, lines),) = beat(at(3, 15))
    assert told == secretary
    took = "từ nghị quyết chi bộ đến quyết định 40 ngày làm việc (hạn 60); từ quyết định đến lễ 1 ngày làm việc (hạn 30)"
    assert lines[:3] == [
        "Biên Sơn, đợt kết nạp 10/3/2022: 2 đồng chí có quyết định, 1 đã làm lễ, 1 chờ lễ.",
        f"Người chờ lâu nhất: {took}.",
        "Quý I: 2/1 · Cả năm: 2/5",
    ]
    assert beat(at(3, 15, 16, 1)) == beat(at(3, 16)) == []


def test_two_days_and_two_units_are_batches_of_their_own(begin, ids, beat, reported):
    join(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.SECRETARY))
    reported(at(3, 14, 9), date(2022, 3, 10), None)
    reported(at(3, 14, 9), date(2022, 3, 11), None)
    reported(at(3, 14, 9), date(2022, 3, 10), None, unit="Trù Hựu")
    found = [lines[0].partition(":")[0] for _, lines in beat(at(3, 15))]
    assert sorted(found) == [
        "Biên Sơn, đợt kết nạp 10/3/2022",
        "Biên Sơn, đợt kết nạp 11/3/2022",
        "Trù Hựu, đợt kết nạp 10/3/2022",
    ]


def test_a_decision_without_a_day_counts_with_its_ceremony(begin, ids, beat, reported):
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    reported(at(3, 14, 9), None, date(2022, 3, 12))
    ((_, lines),) = beat(at(3, 15))
    assert lines[0] == "Biên Sơn, đợt kết nạp 12/3/2022: 1 đồng chí có quyết định, 1 đã làm lễ."
    assert lines[1] == "Chưa tính được thời gian làm hồ sơ, vì chưa ghi ngày nghị quyết chi bộ."


def test_a_candidate_who_has_a_decision_waits_for_the_ceremony(begin, ids, beat):
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    origin = Origin(at=at(3, 14, 9), said_at=at(3, 14, 9))
    with begin() as session:
        who = candidates.list_candidate(session, ids["Biên Sơn"], "Lê Thị Nga", "le thi nga", origin.at)
        candidates.take_step(session, who, Step.DECIDED, date(2022, 3, 11), origin)
    ((_, lines),) = beat(at(3, 15))
    assert lines[0] == "Biên Sơn, đợt kết nạp 11/3/2022: 1 đồng chí có quyết định, 1 chờ lễ."


def test_without_a_secretary_the_deputies_are_told_and_a_successor_is_not_told_again(
    begin, ids, beat, reported
):
    deputy = join(begin, (ids["Biên Sơn"], Role.DEPUTY))
    reported(at(3, 14, 9), date(2022, 3, 10), None)
    assert [person for person, _ in beat(at(3, 15))] == [deputy]
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    assert beat(at(3, 16)) == []


def test_what_lies_back_is_entered_for_the_record_and_a_sunday_waits(begin, ids, beat, reported):
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    reported(at(3, 18, 9), date(2021, 11, 10), date(2021, 11, 12))
    reported(at(3, 19, 9), date(2022, 3, 10), None)
    assert beat(at(3, 20)) == []  # a Sunday
    assert [lines[0].partition(":")[0] for _, lines in beat(at(3, 21))] == ["Biên Sơn, đợt kết nạp 10/3/2022"]
    reported(at(3, 22, 9), date(2022, 3, 11), None)
    assert beat(at(4, 8)) == []  # two weeks later it is no news


def test_a_process_that_was_down_for_a_day_tells_it_when_it_is_back(begin, ids, beat, reported):
    join(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 14, 12))
    reported(at(3, 14, 13), date(2022, 3, 10), None)
    assert len(beat(at(3, 16, 18))) == 1
