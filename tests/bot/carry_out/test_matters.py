"""Who is told of obstacles, answers and calls, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.carry_out import Act, carry_out
from domain.commands import AnswerIssue, MakePromise, RecordHeads, SettleCall
from domain.errors import AnswersChanged, CallSettled, DayNotAhead, NoSuchIssue, NotAllowed, NotYourUnit
from domain.matters import CallId, IssueId
from domain.period import Quarter
from storage.queries import promises
from storage.queries.senders import sender_of
from storage.tables import addresses, heads, issue_answers, issues, outbox

AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
Q1 = Quarter(2022, 1)


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Trần Văn Bình")


def notices(stage, someone):
    with stage.begin() as session:
        query = select(outbox.c.text).join(addresses, addresses.c.id == outbox.c.address_id)
        mine = query.where(addresses.c.value == someone.address, outbox.c.kind == "notice")
        return list(session.scalars(mine.order_by(outbox.c.id)))


def doing(stage, session, someone, at=AT):
    person = sender_of(session, someone.channel, someone.address, at.date()).person
    return Act(person=person, inbox_id=None, said_at=at, at=at, office=stage.office)


def do(stage, someone, command, at=AT):
    with stage.begin() as session:
        return carry_out(session, command, doing(stage, session, someone, at))


def raise_one(secretary, words="Lớp bồi dưỡng nhận thức về Đảng chưa mở"):
    secretary.says(f"vướng mắc: {words}", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)


def test_every_officer_is_told_of_an_issue_once_and_in_full(stage, secretary, officer):
    second = stage.person("district", "", "web")
    raise_one(secretary, "đề nghị huyện mở lớp " + "bồi dưỡng " * 100)
    for each in (officer, second):
        (told,) = notices(stage, each)
        assert told.startswith("Vướng mắc VM-1 của Biên Sơn:\n«đề nghị huyện")
        assert told.count("bồi dưỡng") == 100
        assert "«VM-1: …»" in told


def test_a_long_issue_is_read_back_in_short_and_kept_up_to_its_limit(stage, secretary):
    answer = secretary.says("vướng mắc: đề nghị huyện mở lớp " + "bồi dưỡng " * 200, AT)
    assert len(answer) < 1200
    assert "giữ phần đầu" in answer
    secretary.says("1", AT)
    with stage.begin() as session:
        (kept,) = session.scalars(select(issues.c.text)).all()
    assert 1490 < len(kept) <= 1500


def test_the_answer_comes_back_to_who_asked_and_to_a_successor(stage, officer):
    deputy = stage.person("deputy", "Biên Sơn", "zalo", "Vi Văn An")
    raise_one(deputy)
    successor = stage.person("secretary", "Biên Sơn", "telegram", "Lê Văn Sơn")
    officer.says("VM-1: huyện mở lớp ngày 9/4", AT)
    officer.says("1", AT)
    for each in (deputy, successor):
        (told,) = notices(stage, each)
        assert "trả lời vướng mắc VM-1" in told
        assert "«huyện mở lớp ngày 9/4»" in told


@pytest.mark.parametrize("line", ["VM-1: huyện mở lớp ngày 9/4", "vm1 huyen mo lop ngay 9/4"])
def test_the_answer_typed_with_its_code_under_the_list_is_read_back_at_once(stage, secretary, officer, line):
    raise_one(secretary)
    assert "VM-1" in officer.says("vướng mắc", AT)
    read_back = officer.says(line, AT)
    assert "kiểm tra" in read_back
    assert "ngày 9/4»" in read_back or "ngay 9/4»" in read_back
    assert "đã gửi Biên Sơn" in officer.says("1", AT)
    assert len(notices(stage, secretary)) == 1


def test_the_code_alone_under_the_list_shows_the_issue(secretary, officer):
    raise_one(secretary)
    officer.says("vướng mắc", AT)
    assert "gõ câu trả lời" in officer.says("VM-1 nhé", AT)


def test_who_asked_as_the_secretary_is_told_once(stage, secretary, officer):
    raise_one(secretary)
    officer.says("VM-1: huyện mở lớp ngày 9/4", AT)
    officer.says("1", AT)
    assert len(notices(stage, secretary)) == 1


def test_an_answer_that_reaches_nobody_says_so(stage, secretary, officer):
    raise_one(secretary)
    with stage.begin() as session:
        session.execute(
            addresses.update().where(addresses.c.value == secretary.address).values(blocked_at=AT)
        )
    officer.says("VM-1: huyện mở lớp ngày 9/4", AT)
    assert "chưa có ai nhận được tin nhắn" in officer.says("1", AT)


def test_an_officer_who_is_about_to_answer_sees_that_another_one_has(stage, secretary, officer):
    raise_one(secretary)
    second = stage.person("district", "", "web")
    for each, words in ((officer, "huyện mở lớp ngày 9/4"), (second, "huyện mở lớp ngày 16/4")):
        each.says(f"VM-1: {words}", AT)
    officer.says("1", AT)
    answer = second.says("1", AT)
    assert "Đã có trả lời lúc 08:00 ngày 24/3/2022: huyện mở lớp ngày 9/4" in answer
    assert len(notices(stage, secretary)) == 1
    assert "Đã ghi nhận" in second.says("1", AT)


def test_an_answer_given_without_knowing_of_another_one_is_refused(stage, secretary, officer):
    raise_one(secretary)
    do(stage, officer, AnswerIssue(issue=IssueId(1), text="huyện mở lớp ngày 9/4"))
    with pytest.raises(AnswersChanged):
        do(stage, officer, AnswerIssue(issue=IssueId(1), text="huyện mở lớp ngày 16/4"))
    with stage.begin() as session:
        assert len(session.execute(select(issue_answers)).all()) == 1


def test_an_answer_that_is_undone_is_taken_back_from_who_was_told(stage, secretary, officer):
    raise_one(secretary)
    officer.says("VM-1: huyện mở lớp ngày 9/4", AT)
    officer.says("1", AT)
    officer.says("hoàn tác", AT)
    assert "Đã hoàn tác" in officer.says("1", AT)
    assert "đã rút câu trả lời vướng mắc VM-1" in notices(stage, secretary)[-1]
    assert "VM-1 Biên Sơn" in officer.says("vướng mắc", AT)


def test_an_issue_that_was_answered_is_not_withdrawn(stage, secretary, officer):
    raise_one(secretary)
    officer.says("VM-1: huyện mở lớp ngày 9/4", AT)
    officer.says("1", AT)
    secretary.says("hoàn tác", AT)
    assert "không hoàn tác được" in secretary.says("1", AT)
    with stage.begin() as session:
        assert session.scalars(select(issues.c.until_at)).one() is None


def test_only_the_district_answers_and_settles(stage, secretary):
    raise_one(secretary)
    with pytest.raises(NotAllowed):
        do(stage, secretary, AnswerIssue(issue=IssueId(1), text="tự trả lời"))
    with pytest.raises(NotAllowed):
        do(stage, secretary, SettleCall(call=CallId(1)))
    with stage.begin() as session:
        assert session.execute(select(issue_answers)).all() == []


def test_what_is_not_there_is_neither_answered_nor_settled(stage, officer):
    with pytest.raises(NoSuchIssue):
        do(stage, officer, AnswerIssue(issue=IssueId(7), text="đã xong"))
    with pytest.raises(CallSettled):
        do(stage, officer, SettleCall(call=CallId(7)))


def test_figures_of_another_unit_are_refused(stage, secretary):
    foreign = RecordHeads(unit=stage.unit("Kim Sơn"), members=1, total=2)
    with pytest.raises(NotYourUnit):
        do(stage, secretary, foreign)


@pytest.mark.parametrize("days", [-1, 0, 13])
def test_a_promise_names_a_coming_day_within_the_quarters_reports(stage, secretary, days):
    day = AT.date() + timedelta(days=days)
    with pytest.raises(DayNotAhead):
        do(stage, secretary, MakePromise(unit=secretary.unit, quarter=Q1, day=day))


def test_an_undone_promise_gives_way_to_the_one_before(stage, secretary):
    secretary.says("hẹn 30/3", AT)
    secretary.says("hẹn 31/3", AT)
    secretary.says("hoàn tác", AT)
    secretary.says("1", AT)
    with stage.begin() as session:
        assert promises.promise_of(session, secretary.unit.id, Q1).day.day == 30


def test_undone_figures_give_way_to_those_before_and_nothing_is_overwritten(stage, secretary):
    for said in ("trưởng thôn đv 9/10", "1", "trưởng thôn đv 8/10", "1", "hoàn tác", "1"):
        secretary.says(said, AT)
    with stage.begin() as session:
        rows = session.execute(select(heads).order_by(heads.c.id)).all()
    assert [(row.members, row.until_at is None) for row in rows] == [(9, False), (8, False), (9, True)]


def test_figures_told_twice_are_undone_twice(stage, secretary):
    for said in ("trưởng thôn đv 5/10", "1", "trưởng thôn đv 6/10", "1", "hoàn tác", "1", "hoàn tác"):
        secretary.says(said, AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    with stage.begin() as session:
        assert session.execute(select(heads).where(heads.c.until_at.is_(None))).all() == []


def test_a_day_promised_twice_is_undone_twice(stage, secretary):
    for said in ("hẹn 30/3", "hẹn 31/3", "hoàn tác", "1", "hoàn tác"):
        secretary.says(said, AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    with stage.begin() as session:
        assert promises.promise_of(session, secretary.unit.id, Q1) is None


def test_a_promise_whose_earlier_day_is_over_is_undone_all_the_same(stage, secretary):
    at = AT + timedelta(days=1, hours=-1)
    secretary.says("hẹn 25/3", AT)
    secretary.says("hẹn 31/3", at)
    for _ in range(2):
        secretary.says("hoàn tác", at)
        assert "Đã hoàn tác" in secretary.says("1", at)
    with stage.begin() as session:
        assert promises.promise_of(session, secretary.unit.id, Q1) is None


def test_somebody_is_on_the_list_of_calls_once(stage, secretary, officer):
    for _ in range(2):
        assert "sẽ gọi cho đồng chí" in secretary.says("nhờ gọi lại", AT)
    (told,) = notices(stage, officer)
    assert told.startswith("Cần gọi lại: H.V.T., bí thư đảng ủy xã Biên Sơn, đang nhắn qua Zalo.")
    assert "Cần gọi lại (1)" in officer.says("vướng mắc", AT)
