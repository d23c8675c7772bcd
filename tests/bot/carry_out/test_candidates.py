"""The writer of the lists of candidates checks what it is told against the books as they are by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.carry_out import Act, carry_out
from domain.candidate import Step, WayOut
from domain.commands import (
    CloseCandidate,
    ListCandidates,
    NewCandidate,
    NewMember,
    RecordAdmissions,
    TakeBackStep,
    TakeStep,
    TellWork,
)
from domain.deed import Deed
from domain.errors import AdmittedAlready, AlreadyListed, CandidateChanged, NotYourUnit, OnlyOneStep
from storage.queries.candidates import followed
from storage.queries.employments import employed
from storage.queries.senders import sender_of
from storage.tables import audit

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


@pytest.fixture
def books(stage, secretary):
    def act(command, by=secretary):
        with stage.begin() as session:
            person = sender_of(session, by.channel, by.address, AT.date()).person
            said = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=stage.office)
            return carry_out(session, command, said)

    return act


def people(stage, unit):
    with stage.begin() as session:
        return followed(session, [unit.id])


def log(stage):
    deeds = select(audit.c.act, audit.c.subject).where(audit.c.act.in_(list(Deed))).order_by(audit.c.id)
    with stage.begin() as session:
        return [tuple(entry) for entry in session.execute(deeds)]


def refused(stage, books, kind, command, by=None):
    """The refusal, which has left nothing in the log."""
    with pytest.raises(kind) as error:
        books(command) if by is None else books(command, by)
    assert log(stage) == []
    return error.value


def test_each_who_is_listed_has_an_entry_of_their_own(stage, secretary, books):
    both = (NewCandidate(name="Vi Thị Hạ", birth_year=2000), NewCandidate(name="Lê Văn An"))
    books(ListCandidates(unit=secretary.unit, people=both, listed_on=date(2022, 3, 27)))
    found = people(stage, secretary.unit)
    assert [(one.name, one.birth_year, one.step, one.step_on) for one in found] == [
        ("Vi Thị Hạ", 2000, Step.LISTED, date(2022, 3, 27)),
        ("Lê Văn An", None, Step.LISTED, date(2022, 3, 27)),
    ]
    assert log(stage) == [("list candidate", one.code) for one in found]


def test_nobody_is_listed_twice_unless_it_was_said_that_they_are_another(stage, secretary, books):
    stage.prepare("candidate", "Vi Thị Hạ listed 2/3/2022", secretary, AT)
    command = ListCandidates(
        unit=secretary.unit, people=(NewCandidate(name="Hạ"),), listed_on=date(2022, 3, 27)
    )
    assert refused(stage, books, AlreadyListed, command).code == "QC-1"
    books(replace(command, others=("QC-1",)))
    assert len(people(stage, secretary.unit)) == 2


@pytest.mark.parametrize(
    ("step", "on"),
    [
        (Step.TRAINED, date(2022, 3, 20)),
        (Step.VETTED, date(2022, 3, 1)),
        (Step.MENTORED, date(2022, 3, 3)),
        (Step.ADMITTED, date(2022, 3, 20)),
        (Step.CONFIRMED, date(2022, 3, 20)),
    ],
)
def test_a_step_is_refused_that_fits_the_books_no_more(stage, secretary, books, step, on):
    """It was taken meanwhile, lies outside its neighbours' days, or has its own way into the books."""
    stage.prepare("candidate", "Vi Thị Hạ trained 2/3/2022", secretary, AT)
    someone = people(stage, secretary.unit)[0]
    command = TakeStep(unit=secretary.unit, candidate=someone.id, step=step, taken_on=on)
    refused(stage, books, CandidateChanged, command)


def test_a_cell_straight_below_the_district_has_no_committees_step(stage, books):
    cell = stage.person("secretary", "THPT số 3", "zalo")
    stage.prepare("candidate", "Vi Thị Hạ cell_resolved 2/3/2022", cell, AT)
    someone = people(stage, cell.unit)[0]
    command = TakeStep(
        unit=cell.unit, candidate=someone.id, step=Step.COMMITTEE_RESOLVED, taken_on=date(2022, 3, 20)
    )
    refused(stage, books, CandidateChanged, command, cell)


def test_only_the_entry_that_was_confirmed_is_taken_back_and_never_the_last_one(stage, secretary, books):
    stage.prepare("candidate", "Vi Thị Hạ trained 2/3/2022", secretary, AT)
    someone = people(stage, secretary.unit)[0]
    command = TakeBackStep(unit=secretary.unit, candidate=someone.id, entry=someone.last.id)
    refused(stage, books, OnlyOneStep, command)
    refused(stage, books, CandidateChanged, replace(command, entry=99))


def test_who_was_admitted_neither_leaves_nor_goes_back(stage, secretary, books):
    stage.prepare("candidate", "Vi Thị Hạ admitted 2/3/2022", secretary, AT)
    someone = people(stage, secretary.unit)[0]
    leave = CloseCandidate(
        unit=secretary.unit, candidate=someone.id, because=WayOut.MOVED, closed_on=date(2022, 3, 20)
    )
    refused(stage, books, AdmittedAlready, leave)
    back = TakeBackStep(unit=secretary.unit, candidate=someone.id, entry=someone.last.id)
    refused(stage, books, AdmittedAlready, back)


def test_who_has_left_takes_no_step(stage, secretary, books):
    stage.prepare("candidate", "Vi Thị Hạ trained 2/3/2022", secretary, AT)
    someone = people(stage, secretary.unit)[0]
    leave = CloseCandidate(
        unit=secretary.unit, candidate=someone.id, because=WayOut.MOVED, closed_on=date(2022, 3, 20)
    )
    books(leave)
    with pytest.raises(CandidateChanged):
        books(leave)
    step = TakeStep(unit=secretary.unit, candidate=someone.id, step=Step.APPLIED, taken_on=date(2022, 3, 21))
    with pytest.raises(CandidateChanged):
        books(step)


def test_a_commune_may_write_for_its_cells_and_nobody_for_another_unit(stage, secretary, books):
    stage.cell("Thôn Hạ", "Biên Sơn")
    cell = stage.person("cell_secretary", "Thôn Hạ", "telegram")
    other = stage.person("secretary", "Trù Hựu", "telegram")
    command = ListCandidates(
        unit=cell.unit, people=(NewCandidate(name="Vi Thị Hạ"),), listed_on=date(2022, 3, 27)
    )
    refused(stage, books, NotYourUnit, command, other)
    refused(stage, books, NotYourUnit, replace(command, unit=secretary.unit), cell)
    books(command)
    assert len(people(stage, cell.unit)) == 1


@pytest.fixture
def cell(stage, secretary):
    stage.cell("Thôn Hạ", "Biên Sơn")
    return stage.person("cell_secretary", "Thôn Hạ", "zalo")


def confirmed(someone, line):
    someone.says(line, AT)
    return someone.says("1", AT)


def test_nobody_is_admitted_who_has_left_the_list_meanwhile(stage, secretary, books):
    stage.prepare("candidate", "Vi Thị Hạ decided 2/3/2022", secretary, AT)
    someone = people(stage, secretary.unit)[0]
    member = NewMember(name=someone.name, ceremony_on=date(2022, 3, 20), candidate=someone.id)
    leave = CloseCandidate(
        unit=secretary.unit, candidate=someone.id, because=WayOut.MOVED, closed_on=date(2022, 3, 20)
    )
    books(leave)
    with pytest.raises(CandidateChanged):
        books(RecordAdmissions(unit=secretary.unit, people=(member,)))


def test_neither_being_listed_nor_a_step_is_undone_once_an_admission_stands_on_it(stage, secretary, cell):
    """The admission has a code and a unit of its own: only the candidate's steps tell of it."""
    assert "QC-1" in confirmed(cell, "thêm quần chúng Vi Thị Hạ")
    assert "Đã ghi nhận" in confirmed(secretary, "kn Vi Thị Hạ 20/3")
    assert people(stage, cell.unit)[0].is_admitted
    assert "đã được kết nạp" in confirmed(cell, "hoàn tác")
    assert [taken.step for taken in people(stage, cell.unit)[0].steps] == [Step.LISTED, Step.ADMITTED]


def test_a_way_out_is_not_undone_once_the_same_person_was_listed_anew(stage, secretary, books):
    deputy = stage.person("deputy", "Biên Sơn", "zalo")
    confirmed(secretary, "thêm quần chúng Vi Thị Hạ")
    someone = people(stage, secretary.unit)[0]
    confirmed(secretary, "Vi Thị Hạ xin rút hôm nay")
    assert people(stage, secretary.unit) == ()
    assert "QC-2" in confirmed(deputy, "thêm quần chúng Vi Thị Hạ")
    assert "QC-2" in confirmed(secretary, "hoàn tác")
    assert [one.code for one in people(stage, secretary.unit)] == ["QC-2"]
    assert someone.code == "QC-1"


def test_a_way_out_is_undone_beside_somebody_of_whom_it_was_said_that_they_are_another(
    stage, secretary, books
):
    stage.prepare("candidate", "Vi Thị Hạ listed 2/3/2022", secretary, AT)
    stage.prepare("candidate", "Vi Thị Hạ listed 2/3/2022", secretary, AT)
    secretary.says("QC-1 xin rút hôm nay", AT)
    secretary.says("1", AT)
    assert len(people(stage, secretary.unit)) == 1
    confirmed(secretary, "hoàn tác")
    assert len(people(stage, secretary.unit)) == 2


def test_a_step_whose_taking_back_was_undone_is_undone_itself(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ listed 2/3/2022", secretary, AT)
    for said in ("Vi Thị Hạ nộp đơn hôm qua", "1", "Vi Thị Hạ lùi một bước", "1", "hoàn tác", "1"):
        secretary.says(said, AT)
    assert people(stage, secretary.unit)[0].step is not Step.LISTED
    assert "Đã hoàn tác" in confirmed(secretary, "hoàn tác")
    assert [one.step for one in people(stage, secretary.unit)] == [Step.LISTED]


def test_where_a_candidate_works_is_told_with_the_name_or_later(stage, secretary, books):
    both = (NewCandidate(name="Vi Thị Hạ", private_firm=True), NewCandidate(name="Lê Văn An"))
    books(ListCandidates(unit=secretary.unit, people=both, listed_on=date(2022, 3, 27)))
    first, second = (one.id for one in people(stage, secretary.unit))

    def told():
        with stage.begin() as session:
            return employed(session, [first, second])

    assert told() == {first: True}
    books(TellWork(unit=secretary.unit, candidate=first, private_firm=False))
    books(TellWork(unit=secretary.unit, candidate=second, private_firm=True))
    assert told() == {first: False, second: True}


def test_where_a_candidate_works_is_the_word_of_their_own_unit(stage, secretary, books):
    books(ListCandidates(unit=secretary.unit, people=(NewCandidate(name="Lê Văn An"),), listed_on=AT.date()))
    (one,) = people(stage, secretary.unit)
    other = stage.person("secretary", "Trù Hựu", "zalo")
    with pytest.raises(NotYourUnit):
        books(TellWork(unit=secretary.unit, candidate=one.id, private_firm=True), other)
    with pytest.raises(CandidateChanged):
        books(TellWork(unit=other.unit, candidate=one.id, private_firm=True), other)
