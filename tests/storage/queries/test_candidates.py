"""Lists of candidates as the books keep them: steps end, nothing is overwritten, and who left is forgotten in time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from domain.candidate import CandidateId, Step, WayOut
from storage.queries import candidates
from storage.queries.admissions import Origin
from storage.tables import candidate_steps
from storage.tables import candidates as rows
from tests.harness.district import add_unit


def at(day: int, month: int = 3) -> datetime:
    return datetime(2022, month, day, 3, tzinfo=UTC)


def by(moment: datetime) -> Origin:
    return Origin(at=moment, said_at=moment)


@pytest.fixture
def unit(session):
    return add_unit(session, "Biên Sơn")


def listed(session, unit, name: str, *steps: Step) -> CandidateId:
    made = candidates.list_candidate(session, unit, name, name.lower(), at(1), birth_year=1999, gender="nữ")
    for day, step in enumerate(steps, 1):
        candidates.take_step(session, made, step, date(2022, 1, day), by(at(1)))
    return made


def test_candidates_come_with_their_steps_those_who_are_furthest_first(session, unit):
    near = listed(session, unit, "A", Step.LISTED)
    far = listed(session, unit, "B", Step.DECIDED, Step.LISTED)
    found = candidates.open_candidates(session, [unit])
    assert [one.id for one in found] == [far, near]
    assert [taken.step for taken in found[0].steps] == [Step.LISTED, Step.DECIDED]
    assert (found[0].step, found[0].step_on) == (Step.DECIDED, date(2022, 1, 1))
    assert candidates.open_candidates(session, []) == ()


def test_who_is_admitted_is_followed_until_confirmed_and_open_no_more(session, unit):
    someone = listed(session, unit, "A", Step.LISTED, Step.ADMITTED)
    assert candidates.open_candidates(session, [unit]) == ()
    assert [one.id for one in candidates.followed(session, [unit])] == [someone]
    candidates.take_step(session, someone, Step.CONFIRMED, date(2023, 1, 2), by(at(2)))
    assert candidates.followed(session, [unit]) == ()


def test_a_step_that_is_taken_back_stays_in_the_books_as_ended(session, unit):
    someone = listed(session, unit, "A", Step.LISTED)
    entry = candidates.take_step(
        session, someone, Step.VETTED, date(2022, 2, 1), by(at(2)), responsible="Đoàn xã", decision_no="9"
    )
    assert candidates.take_back(session, entry, at(3))
    assert not candidates.take_back(session, entry, at(4))
    assert candidates.candidate_by_id(session, someone).step is Step.LISTED
    ended = session.execute(select(candidate_steps).where(candidate_steps.c.id == entry)).one()
    assert ended.until_at == at(3)
    candidates.take_again(session, entry, by(at(5)))
    last = candidates.candidate_by_id(session, someone).last
    assert (last.step, last.on, last.responsible, last.decision_no) == (
        Step.VETTED,
        date(2022, 2, 1),
        "Đoàn xã",
        "9",
    )


def test_who_has_no_step_in_force_is_on_no_list(session, unit):
    someone = listed(session, unit, "A", Step.LISTED)
    candidates.take_back(session, candidates.candidate_by_id(session, someone).last.id, at(2))
    assert candidates.followed(session, [unit]) == ()
    assert candidates.candidate_by_id(session, someone) is None


def test_who_left_is_on_the_list_again_when_the_way_out_is_ended(session, unit):
    someone = listed(session, unit, "A", Step.LISTED)
    closing = candidates.close(session, someone, WayOut.MOVED, date(2022, 3, 2), by(at(2)))
    assert candidates.followed(session, [unit]) == ()
    assert candidates.closed_because(session, someone) is WayOut.MOVED
    assert candidates.open_again(session, closing, at(3)) == someone
    assert candidates.open_again(session, closing, at(4)) is None
    assert candidates.closed_because(session, someone) is None
    assert [one.id for one in candidates.followed(session, [unit])] == [someone]


def test_who_was_listed_by_mistake_is_forgotten_once_all_steps_ended_long_ago(session, unit):
    stays = listed(session, unit, "A", Step.LISTED)
    undone = listed(session, unit, "B", Step.LISTED)
    for one in (stays, undone):
        wrong = candidates.take_step(session, one, Step.VETTED, date(2022, 2, 1), by(at(1)))
        candidates.take_back(session, wrong, at(2))
    candidates.take_back(session, candidates.candidate_by_id(session, undone).last.id, at(2))
    assert candidates.erase_closed(session, date(2022, 3, 2)) == ()
    assert candidates.erase_closed(session, date(2022, 3, 10)) == ((undone, unit),)
    assert candidates.erase_closed(session, date(2022, 3, 10)) == ()
    assert session.execute(select(rows.c.name).where(rows.c.id == stays)).scalar() == "A"


def test_who_left_long_ago_is_forgotten_once_and_nobody_else(session, unit):
    stays = listed(session, unit, "A", Step.LISTED)
    left = listed(session, unit, "B", Step.LISTED)
    late = listed(session, unit, "C", Step.LISTED)
    back = listed(session, unit, "D", Step.LISTED)
    candidates.close(session, left, WayOut.WITHDREW, date(2022, 3, 2), by(at(2)))
    candidates.close(session, late, WayOut.WITHDREW, date(2022, 3, 2), by(at(20)))
    candidates.open_again(
        session, candidates.close(session, back, WayOut.MOVED, date(2022, 3, 2), by(at(2))), at(3)
    )
    assert candidates.erase_closed(session, date(2022, 3, 2)) == ()
    assert candidates.erase_closed(session, date(2022, 3, 10)) == ((left, unit),)
    assert candidates.erase_closed(session, date(2022, 3, 10)) == ()
    forgotten = session.execute(select(rows).where(rows.c.id == left)).one()
    assert (forgotten.name, forgotten.folded, forgotten.gender, forgotten.birth_year) == ("", "", None, None)
    names = session.execute(select(rows.c.name).where(rows.c.id.in_([stays, late, back]))).scalars().all()
    assert sorted(names) == ["A", "C", "D"]
