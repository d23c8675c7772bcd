"""A quarter that is closed, and what still comes: by the district's word, by its date, twice, half-way, at once."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.carry_out import carry_out
from bot.carry_out.act import Act
from bot.carry_out.late import must_be_open, taken
from domain.amendment import Amendment
from domain.call_sheet import CallResult
from domain.candidate import Step, WayOut
from domain.commands import (
    AddCell,
    AmendTarget,
    AnswerIssue,
    CloseCandidate,
    CloseQuarter,
    CorrectAdmissions,
    DecideHandOver,
    FileQuarter,
    ListCandidates,
    MakePromise,
    NewCandidate,
    NewMember,
    NoteCalls,
    ProposeHandOver,
    RaiseIssue,
    RecordAdmissions,
    RecordHeads,
    RecordNil,
    RecordStrength,
    ReopenQuarter,
    TakeBackStep,
    TakeStep,
    TellFacts,
    TellLesson,
    TellWork,
    UndoLast,
)
from domain.errors import ClosedAlready, NotAllowed, NotClosed, QuarterClosed, ReasonNeeded
from domain.facts import Facts
from domain.organisation import Unit
from domain.people import Role
from domain.period import Quarter
from domain.plan_changes import TargetChange
from domain.rollup_json import rollup_json
from scheduler import periods as ticking
from scheduler.days_off import timetable_of
from storage.queries import closings, senders
from storage.queries.audit import last_undoable
from storage.queries.candidates import followed
from storage.queries.periods import after_words, periods_of
from storage.queries.progress import lock_unit
from storage.queries.revisions import report_of
from storage.queries.rollup import roll_up
from storage.session import DatabaseFault
from storage.tables import audit, filings, heads, issues, lessons, member_counts, revisions, targets
from storage.tables import closings as words
from tests.harness.stage import Stage

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)


def at(day: int, hour: int = 8, minute: int = 0, month: int = 4) -> datetime:
    return datetime.fromisoformat(f"2022-{month:02}-{day:02}T{hour:02}:{minute:02}:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Trù Hựu", "zalo")


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Trần Thị Bình")


def act_of(stage: Stage, someone, now: datetime, because: str | None = None) -> Act:
    with stage.begin() as session:
        person = senders.sender_of(session, someone.channel, someone.address, now.date()).person
    moment = now.astimezone(UTC)
    return Act(person=person, inbox_id=None, said_at=moment, at=moment, office=stage.office, because=because)


def said(stage: Stage) -> list[tuple[str, datetime, bool]]:
    """The words on quarters in the books: the kind, since when, and whether it holds."""
    with stage.begin() as session:
        rows = session.execute(select(words).order_by(words.c.id)).all()
    return [(row.kind, row.from_at, row.until_at is None) for row in rows]


def current(stage: Stage):
    with stage.begin() as session:
        return session.execute(select(revisions).where(revisions.c.until_at.is_(None))).all()


def beat(stage: Stage, now: datetime) -> int:
    with stage.begin() as session:
        return ticking.tick(session, now, stage.office, timetable_of(stage.office))


def close(stage: Stage, officer, now: datetime) -> None:
    officer.says("đóng quý I", now)
    assert "khóa sổ quý I/2022" in officer.says("1", now)


def reopen(stage: Stage, officer, line: str, now: datetime) -> str:
    officer.says(line, now)
    return officer.says("1", now)


def test_the_word_of_the_district_closes_a_quarter_and_keeps_what_stood(stage, secretary, officer):
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(1))
    secretary.says("1", at(1))
    close(stage, officer, at(2))
    with stage.begin() as session:
        (row,) = session.execute(select(words)).all()
        stood = rollup_json(roll_up(session, Q1, row.from_at, stage.office), stage.office.timezone)
    assert row.snapshot == json.loads(json.dumps(stood))
    assert row.snapshot["totals"]["quarter"] == {"target": 46, "admitted": 1}
    assert (row.by_person_id, row.inbox_id is not None) == (officer.id, True)


def test_only_the_district_may_close_and_reopen(stage, secretary):
    act = act_of(stage, secretary, at(2))
    for command in (
        CloseQuarter(quarter=Q1),
        ReopenQuarter(quarter=Q1, last=at(20).date(), because="bổ sung"),
    ):
        with pytest.raises(NotAllowed), stage.begin() as session:
            carry_out(session, command, act)
    assert said(stage) == []


def test_it_is_closed_once(stage, officer):
    close(stage, officer, at(2))
    assert "đã khóa sổ (huyện khóa lúc 08:00 ngày 2/4/2022)" in officer.says("đóng quý I", at(3))
    act = act_of(stage, officer, at(3))
    with pytest.raises(ClosedAlready), stage.begin() as session:
        carry_out(session, CloseQuarter(quarter=Q1), act)
    assert len(said(stage)) == 1


def test_a_yes_to_a_closing_that_somebody_else_was_faster_with_is_refused_in_words(stage, officer):
    other = stage.person("district", "", "zalo", "Lý Văn Hai")
    other.says("đóng quý I", at(2))
    close(stage, officer, at(2, 9))
    assert "đã khóa sổ" in other.says("1", at(2, 10))


def test_after_the_date_there_is_nothing_to_close_though_nobody_has_written_it_down(stage, officer):
    assert "đã khóa sổ (hết ngày 5/4/2022)" in officer.says("đóng quý I", at(8))


def test_a_filing_whose_yes_comes_after_the_close_is_refused_in_words(stage, secretary, officer):
    secretary.says("không phát sinh quý 1", at(1))
    close(stage, officer, at(2))
    assert "đã khóa sổ (huyện khóa lúc 08:00 ngày 2/4/2022)" in secretary.says("1", at(2, 9))
    with stage.begin() as session:
        assert session.execute(select(filings)).all() == []


def test_a_report_whose_yes_comes_after_the_close_is_asked_why(stage, secretary, officer):
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(1))
    close(stage, officer, at(2))
    assert "cho biết lý do" in secretary.says("1", at(2, 9))
    secretary.says("1", at(2, 9))
    assert "Đã ghi nhận" in secretary.says("1", at(2, 9))
    (row,) = current(stage)
    assert row.late_because == "Báo chậm"


def test_what_was_said_in_time_is_taken_as_such_when_the_date_alone_has_closed(stage, secretary):
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(5, 23, 50))
    beat(stage, at(6, 0, 5))
    assert "Đã ghi nhận" in secretary.says("1", at(6, 0, 10))
    (row,) = current(stage)
    assert row.late_because is None
    with stage.begin() as session:
        found = roll_up(session, Q1, at(6, 8), stage.office)
    assert [each.unit.short for each in found.amended_after_close] == ["Trù Hựu"]


def test_a_clock_that_jumps_over_the_close_closes_all_the_same(stage, secretary):
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(1))
    secretary.says("1", at(1))
    assert "đã khóa sổ" in secretary.says("rút THU-22-01", at(20))
    secretary.says("1", at(20))
    assert "Ghi là điều chỉnh sau chốt" in secretary.says("1", at(20))
    beat(stage, at(20, 9))
    assert said(stage) == [("closed", at(6, 0), True)]
    with stage.begin() as session:
        (closing,) = session.execute(select(words.c.id)).scalars()
        assert closings.snapshot_of(session, closing)["totals"]["quarter"]["admitted"] == 1


def test_whoever_reopens_what_nobody_wrote_down_as_closed_writes_that_first(stage, officer):
    assert "mở lại" in reopen(stage, officer, "mở lại quý I đến 20/4, lý do bổ sung", at(8))
    assert said(stage) == [("closed", at(6, 0), False), ("reopened", at(8), True)]


def test_a_reopened_quarter_takes_all_as_before_and_is_closed_by_itself(stage, secretary, officer):
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 9/4, lý do bổ sung", at(3))
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(8))
    assert "Chốt báo cáo quý I" in secretary.says("1", at(8))
    beat(stage, at(9, 23))
    assert [kind for kind, _, _ in said(stage)] == ["closed", "reopened"]
    beat(stage, at(12))
    assert said(stage)[-1] == ("closed", at(10, 0), True)
    assert "đã khóa sổ (hết ngày 9/4/2022)" in secretary.says("chốt quý 1", at(12))


def test_a_day_of_the_new_year_is_meant_at_the_end_of_the_old_one(stage, officer):
    december = datetime.fromisoformat("2022-12-29T08:00:00+07:00")
    assert "đến hết ngày 6/1/2023" in reopen(
        stage, officer, "mở lại quý III đến 6/1, lý do báo chậm", december
    )


def test_it_is_reopened_twice_only_for_longer(stage, officer):
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 5/4, lý do bổ sung", at(3))
    for day in ("4/4", "5/4"):
        assert "chưa khóa sổ" in officer.says(f"mở lại quý I đến {day}, lý do thêm", at(3, 9))
    assert "đến hết ngày 8/4/2022" in reopen(stage, officer, "mở lại quý I đến 8/4, lý do thêm", at(3, 9))
    with stage.begin() as session:
        assert periods_of(session).of(Q1).reopened_until == at(8).date()
    assert [holds for _, _, holds in said(stage)] == [False, False, True]


def test_what_is_open_is_not_reopened(stage, officer):
    assert "chưa khóa sổ" in officer.says("mở lại quý I đến 20/4, lý do bổ sung", at(2))
    command = ReopenQuarter(quarter=Q1, last=at(20).date(), because="bổ sung")
    act = act_of(stage, officer, at(2))
    with pytest.raises(NotClosed), stage.begin() as session:
        carry_out(session, command, act)


def test_the_books_reopen_a_quarter_again_only_for_longer(stage, officer):
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 9/4, lý do bổ sung", at(3))
    command = ReopenQuarter(quarter=Q1, last=at(9).date(), because="thêm")
    act = act_of(stage, officer, at(4))
    with pytest.raises(NotClosed), stage.begin() as session:
        carry_out(session, command, act)
    with stage.begin() as session:
        carry_out(session, replace(command, last=at(10).date()), act)


def test_a_closing_that_is_taken_back_has_never_been(stage, secretary, officer):
    close(stage, officer, at(2))
    officer.says("hoàn tác", at(2, 9))
    assert "Đã hoàn tác" in officer.says("1", at(2, 9))
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(3))
    assert "Đã ghi nhận" in secretary.says("1", at(3))
    beat(stage, at(7))
    with stage.begin() as session:
        found = roll_up(session, Q1, at(7), stage.office)
    assert (found.closed_on, found.amended_after_close) == (at(5).date(), ())


def test_a_closing_is_taken_back_on_the_last_day_of_grace_itself(stage, officer):
    close(stage, officer, at(5, 20))
    assert "Đã hoàn tác" in undo(officer, at(5, 23, 59))


def test_a_closing_is_not_taken_back_once_the_days_of_grace_are_over(stage, officer):
    close(stage, officer, at(5, 20))
    officer.says("hoàn tác", at(6, 8))
    assert "đã hết hạn ngày 5/4/2022" in officer.says("1", at(6, 8))
    assert [(kind, holds) for kind, _, holds in said(stage)] == [("closed", True)]


def test_a_closing_is_not_taken_back_once_another_has_reopened(stage, officer):
    other = stage.person("district", "", "zalo", "Lý Văn Hai")
    close(stage, officer, at(2))
    reopen(stage, other, "mở lại quý I đến 9/4, lý do bổ sung", at(2, 9))
    officer.says("hoàn tác", at(2, 10))
    assert "Đã hoàn tác" not in officer.says("1", at(2, 10))


def test_a_reopening_is_taken_back_by_closing_again(stage, secretary, officer):
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 9/4, lý do bổ sung", at(2, 9))
    officer.says("hoàn tác", at(2, 10))
    assert "Đã hoàn tác" in officer.says("1", at(2, 10))
    assert [(kind, holds) for kind, _, holds in said(stage)] == [
        ("closed", False),
        ("reopened", False),
        ("closed", True),
    ]
    assert "đã khóa sổ" in secretary.says("chốt quý 1", at(2, 11))


def test_what_was_filed_of_a_closed_quarter_stays_filed(stage, secretary, officer):
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(1))
    secretary.says("1", at(1))
    secretary.says("chốt quý 1", at(1, 9))
    secretary.says("1", at(1, 9))
    close(stage, officer, at(2))
    secretary.says("rút THU-22-01", at(3))
    secretary.says("1", at(3))
    secretary.says("1", at(3))
    with stage.begin() as session:
        rows = roll_up(session, Q1, at(3, 9), stage.office).units
        holds = session.execute(select(filings.c.until_at)).scalars().all()
    assert next(row for row in rows if row.unit.short == "Trù Hựu").filing == "filed"
    assert holds == [None]


def test_a_report_that_waited_for_the_closing_is_taken_with_a_reason_alone(stage, secretary, officer):
    close(stage, officer, at(2))
    early = act_of(stage, secretary, at(2) - timedelta(seconds=1), because="báo chậm")
    with stage.begin() as session:
        assert taken(session, [Q1], early).late == {Q1}
    for refused, do in (
        (ReasonNeeded, lambda s: taken(s, [Q1], replace(early, because=None))),
        (QuarterClosed, lambda s: must_be_open(s, Q1, early)),
    ):
        with pytest.raises(refused), stage.begin() as session:
            do(session)


def test_what_was_said_on_the_last_day_is_in_time_though_it_comes_in_after_it(stage, secretary):
    act = replace(act_of(stage, secretary, at(5, 23, 50)), at=at(6, 0, 10))
    beat(stage, at(6, 0, 5))
    with stage.begin() as session:
        must_be_open(session, Q1, act)
        assert taken(session, [Q1], act).late == frozenset()
        with pytest.raises(QuarterClosed):
            must_be_open(session, Q1, replace(act, said_at=at(6, 0, 1)))


def test_a_reason_that_was_not_needed_in_the_end_makes_nothing_late(stage, secretary):
    act = act_of(stage, secretary, at(2), because="báo chậm")
    with stage.begin() as session:
        came = taken(session, [Q1], act)
    assert (came.act.because, came.late) == (None, frozenset())


def waiting_commands(unit: Unit) -> dict[str, tuple[str, object]]:
    """What may wait for a closing and stands in its roll-up, or in a later one of the year: whose word it is."""
    member = NewMember(name="Vi Văn Toàn", ceremony_on=date(2022, 4, 1))
    change = TargetChange(unit=unit, quarter=Q2, before=1, after=3)
    return {
        "admission": ("secretary", RecordAdmissions(unit=unit, people=(member,))),
        "heads": ("secretary", RecordHeads(unit=unit, members=9, total=12)),
        "issue": ("secretary", RaiseIssue(unit=unit, text="Thiếu chỗ học lớp bồi dưỡng")),
        "strength": ("secretary", RecordStrength(unit=unit, members=4, last_admission=date(2018, 1, 5))),
        "lesson": ("secretary", TellLesson(unit=unit, batch=date(2022, 3, 1), text="Làm hồ sơ sớm hơn")),
        "nil": ("secretary", RecordNil(unit=unit, quarter=Q2)),
        "target": ("officer", AmendTarget(unit=unit, changes=(change,), because="chia tách")),
        "cell": ("secretary", AddCell(parent=unit, short="Thôn Mới")),
    }


@pytest.mark.parametrize(
    "what", ["admission", "heads", "issue", "strength", "lesson", "nil", "target", "cell"]
)
def test_whatever_waited_for_a_closing_is_written_after_it(stage, secretary, officer, what):
    """Its clock was read before the closing, and it got the unit's lock after it: the roll-up did not see it."""
    whose, command = waiting_commands(secretary.unit)[what]
    early = act_of(stage, {"secretary": secretary, "officer": officer}[whose], at(2) - timedelta(seconds=1))
    close(stage, officer, at(2))
    with stage.begin() as session:
        carry_out(session, command, early)
    with stage.begin() as session:
        (row,) = session.execute(select(words)).all()
        stood = rollup_json(roll_up(session, Q1, row.from_at, stage.office), stage.office.timezone)
        begun = [
            session.execute(select(func.max(table.c.from_at))).scalar()
            for table in (revisions, heads, issues, member_counts, lessons, filings, targets)
        ]
        noted = session.execute(select(func.max(audit.c.at))).scalar()
    assert row.snapshot == json.loads(json.dumps(stood))
    assert noted > row.from_at
    assert what == "cell" or max(filter(None, begun)) > row.from_at


def prepared(stage: Stage, secretary, officer) -> Unit:
    """A unit of which the books hold an admission, a candidate, an issue and a wish to hand over: one of each."""
    unit = secretary.unit
    stage.prepare("admitted", "Vi Văn Toàn 10/3/2022", secretary, at(1))
    stage.prepare("candidate", "Lý Thị Nga listed 1/2/2022", secretary, at(1))
    act = act_of(stage, secretary, at(1))
    with stage.begin() as session:
        (one,) = followed(session, [unit.id])
        applied = {"step": Step.APPLIED, "taken_on": date(2022, 3, 1)}
        carry_out(session, TakeStep(unit=unit, candidate=one.id, **applied), act)
        carry_out(session, RaiseIssue(unit=unit, text="Thiếu chỗ học"), act)
        carry_out(session, ProposeHandOver(unit=unit, role=Role.SECRETARY, successor="Vi Văn Hai"), act)
    return unit


def waiting_changes(session, unit: Unit) -> dict[str, tuple[str, object]]:
    """What may wait for a closing and changes what is on the books already: whose word it is."""
    report, (one,) = report_of(session, 1), followed(session, [unit.id])
    withdrawn = Amendment(
        admission=1,
        revision=report.revision,
        code=report.code,
        unit=unit.id,
        before=report.figures,
        after=None,
    )
    obstacle = {"quarter": Q2, "result": CallResult.ISSUE, "words": "Thiếu giấy tờ"}
    return {
        "correction": ("secretary", CorrectAdmissions(amendments=(withdrawn,), because="báo trùng")),
        "facts": ("secretary", TellFacts(admission=1, gender="nữ", facts=Facts(), because="bổ sung")),
        "answer": ("officer", AnswerIssue(issue=1, text="Học ở huyện")),
        "call": ("officer", NoteCalls(units=(unit,), **obstacle)),
        "promise": ("secretary", MakePromise(unit=unit, quarter=Q2, day=date(2022, 7, 1))),
        "list": (
            "secretary",
            ListCandidates(unit=unit, people=(NewCandidate(name="Vi Thị Ba"),), listed_on=date(2022, 3, 1)),
        ),
        "step": (
            "secretary",
            TakeStep(unit=unit, candidate=one.id, step=Step.VETTED, taken_on=date(2022, 3, 9)),
        ),
        "step back": ("secretary", TakeBackStep(unit=unit, candidate=one.id, entry=one.last.id)),
        "way out": (
            "secretary",
            CloseCandidate(unit=unit, candidate=one.id, because=WayOut.MOVED, closed_on=date(2022, 3, 9)),
        ),
        "work": ("secretary", TellWork(unit=unit, candidate=one.id, private_firm=True)),
        "consent": ("officer", DecideHandOver(number=1, agreed=False, reason="chưa đến kỳ")),
        "wish": ("secretary", ProposeHandOver(unit=unit, role=Role.SECRETARY, successor="Vi Thị Tư")),
    }


CHANGES = ("correction", "facts", "answer", "call", "promise", "list", "step", "step back", "way out", "work")


@pytest.mark.parametrize("what", [*CHANGES, "consent", "wish"])
def test_whatever_changes_the_books_and_waited_for_a_closing_does_so_after_it(
    stage, secretary, officer, what
):
    unit = prepared(stage, secretary, officer)
    with stage.begin() as session:
        whose, command = waiting_changes(session, unit)[what]
    early = act_of(stage, {"secretary": secretary, "officer": officer}[whose], at(2) - timedelta(seconds=1))
    close(stage, officer, at(2))
    with stage.begin() as session:
        carry_out(session, command, early)
    with stage.begin() as session:
        (row,) = session.execute(select(words)).all()
        stood = rollup_json(roll_up(session, Q1, row.from_at, stage.office), stage.office.timezone)
        noted = session.execute(select(audit.c.at).order_by(audit.c.id.desc()).limit(1)).scalar()
    assert row.snapshot == json.loads(json.dumps(stood))
    assert noted > row.from_at


def test_what_has_the_very_moment_of_a_closing_comes_after_it(stage, officer):
    close(stage, officer, at(2))
    with stage.begin() as session:
        (moment,) = session.execute(select(words.c.from_at)).scalars()
        later = after_words(session, moment)
        assert later > moment
        assert after_words(session, later) == later


def test_a_reopening_that_waited_for_the_closing_is_written_after_it(stage, officer):
    early = act_of(stage, officer, at(2) - timedelta(seconds=1))
    close(stage, officer, at(2))
    with stage.begin() as session:
        carry_out(session, ReopenQuarter(quarter=Q1, last=at(9).date(), because="bổ sung"), early)
    (closed, reopened) = said(stage)
    assert (closed[0], reopened[0], reopened[2]) == ("closed", "reopened", True)
    assert reopened[1] > closed[1]


def test_what_is_undone_while_a_quarter_is_closed_is_undone_after_it(stage, secretary, officer):
    secretary.says("9/12 trưởng thôn là đảng viên", at(1))
    secretary.says("1", at(1))
    close(stage, officer, at(2))
    early = act_of(stage, secretary, at(2) - timedelta(seconds=1))
    with stage.begin() as session:
        entries = last_undoable(session, early.person.id, at(1, 0))
        carry_out(session, UndoLast(entries=tuple(entry.id for entry in entries)), early)
    with stage.begin() as session:
        (row,) = session.execute(select(words)).all()
        (told,) = session.execute(select(heads)).all()
        stood = rollup_json(roll_up(session, Q1, row.from_at, stage.office), stage.office.timezone)
    assert told.until_at > row.from_at
    assert row.snapshot == json.loads(json.dumps(stood))


@pytest.mark.parametrize(
    "what", ["admission", "heads", "issue", "strength", "lesson", "nil", "target", "cell"]
)
def test_it_waits_for_a_closing_that_is_under_way(postgresql_plan_url, what):
    stage = Stage(postgresql_plan_url)
    people = {
        "secretary": stage.person("secretary", "Trù Hựu", "zalo"),
        "officer": stage.person("district", "", "zalo"),
    }
    whose, command = waiting_commands(stage.unit("Trù Hựu"))[what]
    act = act_of(stage, people[whose], at(2))
    with stage.begin() as session:
        closings.lock_quarters(session)
        assert would_wait(stage, lambda other: carry_out(other, command, act))
    stage.engine.dispose()


def test_a_race_that_the_conversation_did_not_see_is_refused_by_the_books(stage, secretary, officer):
    close(stage, officer, at(2))
    command = FileQuarter(unit=secretary.unit, quarter=Q1, admitted=0)
    act = act_of(stage, secretary, at(2, 9))
    with pytest.raises(QuarterClosed), stage.begin() as session:
        carry_out(session, command, act)


def test_two_processes_close_it_once(plan_url):
    """Both see the quarter open; who comes second finds it closed."""
    stages = [Stage(plan_url), Stage(plan_url)]
    begun = threading.Barrier(2)

    def close_by_date(stage: Stage) -> None:
        begun.wait()
        beat(stage, at(8))

    workers = [threading.Thread(target=close_by_date, args=[each]) for each in stages]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert said(stages[0]) == [("closed", at(6, 0), True)]
    for each in stages:
        each.engine.dispose()


def test_a_closing_waits_for_a_report_that_is_under_way(postgresql_plan_url):
    stage = Stage(postgresql_plan_url)
    act = act_of(stage, stage.person("district", "", "zalo"), at(2))
    with stage.begin() as session:
        lock_unit(session, stage.unit("Trù Hựu").id)
        assert would_wait(stage, lambda other: carry_out(other, CloseQuarter(quarter=Q1), act))
    stage.engine.dispose()


def test_nobody_writes_a_units_books_while_a_quarter_is_closed(postgresql_plan_url):
    stage = Stage(postgresql_plan_url)
    unit = stage.unit("Trù Hựu")
    with stage.begin() as session:
        closings.lock_quarters(session)
        assert would_wait(stage, lambda other: lock_unit(other, unit.id))
        assert would_wait(stage, closings.lock_quarters)
    stage.engine.dispose()


def would_wait(stage: Stage, work) -> bool:
    """Whether another process would have to wait for its turn to do this."""
    try:
        with stage.begin() as session:
            session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            work(session)
    except DatabaseFault as fault:
        return "lock timeout" in str(fault)
    return False


def test_a_closing_that_was_taken_back_leaves_the_quarter_the_one_that_is_reported(stage, secretary, officer):
    close(stage, officer, at(2))
    officer.says("hoàn tác", at(2, 9))
    officer.says("1", at(2, 9))
    assert "QUÝ I/2022" in officer.says("tình hình", at(2, 10))


def test_a_reopening_whose_yes_comes_after_its_day_is_refused_in_words(stage, officer):
    beat(stage, at(8))
    officer.says("mở lại quý I đến 9/4, lý do bổ sung", at(9))
    assert "Ngày 9/4/2022 đã qua" in officer.says("1", at(10))
    assert [kind for kind, _, _ in said(stage)] == ["closed"]


def test_undoing_what_another_officer_has_built_upon_is_refused_with_the_quarter_s_name(stage, officer):
    close(stage, officer, at(2))
    other = stage.person("district", "", "zalo", "Lý Văn Hai")
    reopen(stage, other, "mở lại quý I đến 9/4, lý do bổ sung", at(2, 9))
    officer.says("hoàn tác", at(2, 10))
    refused = officer.says("1", at(2, 10))
    assert "Quý I/2022 đã có thay đổi sau đó nên tôi không hoàn tác được.\n" in f"{refused}\n"
    assert "sửa báo cáo" not in refused


def test_undoing_a_longer_reopening_leaves_the_shorter_one(stage, officer):
    beat(stage, at(8))
    reopen(stage, officer, "mở lại quý I đến 12/4, lý do bổ sung", at(9))
    reopen(stage, officer, "mở lại quý I đến 20/4, lý do còn thiếu", at(10))
    officer.says("hoàn tác", at(10, 9))
    officer.says("1", at(10, 9))
    with stage.begin() as session:
        period = periods_of(session).of(Q1)
    assert (period.reopened_until, period.word.reason) == (at(12).date(), "bổ sung")
    assert [kind for kind, _, _ in said(stage)] == ["closed", "reopened", "reopened", "reopened"]


def test_a_quarter_is_reopened_for_the_day_itself_and_undoing_leads_back_to_that(stage, officer):
    beat(stage, at(8))
    assert "đến hết ngày 12/4/2022" in reopen(stage, officer, "mở lại quý I đến 12/4, lý do bổ sung", at(12))
    reopen(stage, officer, "mở lại quý I đến 20/4, lý do còn thiếu", at(12, 9))
    assert "Đã hoàn tác" in undo(officer, at(12, 10))
    with stage.begin() as session:
        assert periods_of(session).of(Q1).reopened_until == at(12).date()


def undo(officer, now: datetime) -> str:
    officer.says("hoàn tác", now)
    return officer.says("1", now)


def test_a_closing_is_undone_after_the_reopening_that_followed_it(stage, secretary, officer):
    """Undoing the reopening has closed it again: by then another row holds than the one that is undone."""
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 9/4, lý do bổ sung", at(2, 9))
    assert "mở lại quý I/2022" in undo(officer, at(2, 10))
    assert "Đã hoàn tác" in undo(officer, at(2, 11))
    with stage.begin() as session:
        period = periods_of(session).of(Q1)
        assert roll_up(session, Q1, at(2, 12), stage.office).reopened_until == date(2022, 4, 5)
    assert (period.last_day, period.word.takes_back) == (date(2022, 4, 5), True)
    secretary.says("kn Vi Văn Toàn ngày 10/3", at(3))
    secretary.says("1", at(3))
    with stage.begin() as session:
        assert roll_up(session, Q1, at(3, 12), stage.office).amended_after_close == ()


def test_a_reopening_is_undone_after_the_closing_that_followed_it(stage, secretary, officer):
    close(stage, officer, at(2))
    reopen(stage, officer, "mở lại quý I đến 9/4, lý do bổ sung", at(2, 9))
    close(stage, officer, at(2, 10))
    assert "khóa sổ quý I/2022" in undo(officer, at(2, 11))
    assert "mở lại quý I/2022" in undo(officer, at(2, 12))
    assert "Đã hoàn tác" in undo(officer, at(2, 13))
    assert "chốt là không phát sinh" in secretary.says("chốt quý 1", at(2, 14))


def test_an_earlier_quarter_takes_reports_again_while_a_later_one_is_closed(stage, secretary, officer):
    beat(stage, at(8, month=7))
    assert "mở lại quý I/2022 đến hết ngày 20/7/2022" in reopen(
        stage, officer, "mở lại quý I đến 20/7, lý do bổ sung", at(8, month=7)
    )
    assert "không phát sinh" in secretary.says("chốt quý 1", at(9, month=7))
    assert "Đã ghi nhận" in secretary.says("1", at(9, month=7))
    assert "đã khóa sổ" in secretary.says("chốt quý 2", at(9, month=7))
    beat(stage, at(21, month=7))
    with stage.begin() as session:
        periods = periods_of(session)
    assert periods.is_closed(Q1, date(2022, 7, 21))
    assert periods.is_closed(Q2, date(2022, 7, 21))


def test_the_closing_of_an_earlier_quarter_is_undone_by_naming_it(stage, officer):
    beat(stage, at(8))
    reopen(stage, officer, "mở lại quý I đến 20/7, lý do bổ sung", at(1, month=7))
    close(stage, officer, at(2, month=7))
    officer.says("đóng quý II", at(2, 9, month=7))
    assert "khóa sổ quý II/2022" in officer.says("1", at(2, 9, month=7))
    assert "khóa sổ quý I/2022?" in officer.says("hoàn tác khóa sổ quý I", at(2, 10, month=7))
    assert "Đã hoàn tác" in officer.says("1", at(2, 10, month=7))
    with stage.begin() as session:
        periods = periods_of(session)
    assert periods.of(Q1).reopened_until == date(2022, 7, 20)
    assert periods.is_closed(Q2, date(2022, 7, 3))


def test_a_closing_that_is_nobodys_to_undo_leads_to_reopening_and_undoes_no_other(stage, officer):
    beat(stage, at(8))
    officer.says("đóng quý II", at(2, month=7))
    officer.says("1", at(2, month=7))
    assert "Mở lại quý I/2022 đến hết ngày nào?" in officer.says("hoàn tác quý I", at(2, 9, month=7))
    with stage.begin() as session:
        assert periods_of(session).is_closed(Q2, date(2022, 7, 2))
