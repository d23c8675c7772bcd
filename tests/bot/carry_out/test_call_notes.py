"""What a note of a call does to the books, and how it is undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.carry_out import Act, carry_out
from domain.call_sheet import CallResult
from domain.commands import NoteCalls
from domain.errors import DayNotAhead, NotYourUnit, QuarterClosed, UnitHasFiled
from domain.period import Quarter
from storage.queries import promises
from storage.queries.senders import sender_of
from storage.tables import addresses, call_notes, calls, issues, outbox

AT = datetime.fromisoformat("2022-03-28T14:05:00+07:00")
MINUTE = timedelta(minutes=1)
Q1 = Quarter(2022, 1)
TOMORROW = date(2022, 3, 29)


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "web", "Đỗ Thị Minh Châu")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Chũ", "web", "Vi Thị Mai")


def do(stage, someone, command, at=AT):
    with stage.begin() as session:
        person = sender_of(session, someone.channel, someone.address, at.date()).person
        act = Act(person=person, inbox_id=None, said_at=at, at=at, office=stage.office)
        return carry_out(session, command, act)


def note(stage, *units, result=CallResult.PROMISED, day=TOMORROW, words=""):
    called = tuple(stage.unit(unit) for unit in units)
    return NoteCalls(units=called, quarter=Q1, result=result, day=day, words=words)


def promised(stage, unit):
    unit_id = stage.unit(unit).id
    with stage.begin() as session:
        promise = promises.promise_of(session, unit_id, Q1)
    return promise.day if promise else None


def told(stage, someone):
    with stage.begin() as session:
        query = select(outbox.c.text).join(addresses, addresses.c.id == outbox.c.address_id)
        mine = query.where(addresses.c.value == someone.address, outbox.c.kind == "notice")
        return list(session.scalars(mine.order_by(outbox.c.id)))


def rows(stage, table):
    with stage.begin() as session:
        return session.execute(select(table).order_by(table.c.id)).all()


def says(someone, *texts, at=AT):
    return [someone.says(text, at) for text in texts][-1]


def test_a_promise_by_phone_takes_the_place_of_the_one_before_and_the_unit_is_told(stage, officer, secretary):
    says(secretary, "hẹn 31/3")
    says(officer, "Chũ đã gọi, hẹn mai", "1", at=AT + MINUTE)
    assert promised(stage, "Chũ") == TOMORROW
    (notice,) = told(stage, secretary)
    assert "đã ghi qua điện thoại: Chũ hẹn báo cáo quý I/2022 thứ Ba 29/3/2022" in notice


def test_undone_the_promise_before_holds_again_and_the_unit_is_told(stage, officer, secretary):
    says(secretary, "hẹn 31/3")
    says(officer, "Chũ đã gọi, hẹn mai", "1", "hoàn tác", at=AT + MINUTE)
    assert "Đã hoàn tác" in says(officer, "1", at=AT + 2 * MINUTE)
    assert promised(stage, "Chũ") == date(2022, 3, 31)
    assert "đã xóa ngày hẹn báo cáo quý I/2022 của Chũ (29/3)" in told(stage, secretary)[-1]
    assert [row.until_at is None for row in rows(stage, call_notes)] == [False]


def test_undone_a_promise_that_the_unit_has_made_since_stays(stage, officer, secretary):
    says(officer, "Chũ đã gọi, hẹn mai", "1")
    says(secretary, "hẹn 31/3", at=AT + MINUTE)
    says(officer, "hoàn tác", "1", at=AT + 2 * MINUTE)
    assert promised(stage, "Chũ") == date(2022, 3, 31)


def test_a_wish_is_settled_by_the_call_and_is_open_again_when_the_note_is_undone(stage, officer, secretary):
    says(secretary, "gọi lại cho tôi")
    says(officer, "Chũ đã gặp", "1", at=AT + MINUTE)
    assert [row.settled_at is None for row in rows(stage, calls)] == [False]
    says(officer, "hoàn tác", "1", at=AT + 2 * MINUTE)
    assert [row.settled_at is None for row in rows(stage, calls)] == [True]


def test_what_the_district_is_to_see_to_is_an_issue_of_the_unit_that_other_officers_hear_of(stage, officer):
    second = stage.person("district", "", "web", "Thân Văn Khải")
    do(stage, officer, note(stage, "Chũ", result=CallResult.ISSUE, day=None, words="lớp chưa mở"))
    assert [row.text for row in rows(stage, issues)] == ["lớp chưa mở"]
    assert told(stage, officer) == []
    (notice,) = told(stage, second)
    assert notice.startswith("Vướng mắc VM-1 của Chũ:\n«lớp chưa mở»")


def test_an_issue_is_withdrawn_when_its_note_is_undone(stage, officer):
    says(officer, "bảng gọi điện", "1 vướng mắc: lớp bồi dưỡng chưa mở", "1", "hoàn tác", "1")
    assert [row.until_at is None for row in rows(stage, issues)] == [False]


def test_several_units_are_noted_and_undone_together(stage, officer):
    says(officer, "bảng gọi điện", "2, 3 và 5 không nghe máy", "1")
    assert len({row.unit_id for row in rows(stage, call_notes)}) == 3
    says(officer, "hoàn tác", "1")
    assert [row.until_at is None for row in rows(stage, call_notes)] == [False] * 3


def test_a_unit_that_has_filed_since_is_refused_and_then_none_is_noted(stage, officer, secretary):
    says(secretary, "quý này không có ai", "1")
    with pytest.raises(UnitHasFiled):
        do(stage, officer, note(stage, "Biên Sơn", "Chũ"))
    assert rows(stage, call_notes) == []


@pytest.mark.parametrize("day", [date(2022, 3, 27), date(2022, 4, 6)])
def test_a_day_that_is_over_or_on_which_nothing_is_taken_is_refused(stage, officer, day):
    with pytest.raises(DayNotAhead):
        do(stage, officer, note(stage, "Chũ", day=day))


def test_a_closed_quarter_takes_no_promise(stage, officer):
    with pytest.raises(QuarterClosed):
        do(stage, officer, note(stage, "Chũ", day=date(2022, 4, 8)), AT + timedelta(days=10))


def test_nobody_notes_a_call_to_a_unit_that_they_do_not_oversee(stage, secretary):
    overseer = stage.person("overseer", "Biên Sơn", "web", "Thân Văn Khải")
    for someone in (secretary, overseer):
        with pytest.raises(NotYourUnit):
            do(stage, someone, note(stage, "Chũ"))
    do(stage, overseer, note(stage, "Biên Sơn"))
    assert promised(stage, "Biên Sơn") == TOMORROW


def test_a_unit_is_not_reminded_before_the_day_promised_by_phone(stage, officer, secretary):
    do(stage, officer, note(stage, "Chũ", day=date(2022, 3, 30)))
    stage.heartbeats(datetime.fromisoformat("2022-03-29T08:00:00+07:00"))
    assert not [row for row in rows(stage, outbox) if row.kind == "reminder"]
    stage.heartbeats(datetime.fromisoformat("2022-03-30T08:00:00+07:00"))
    (reminder,) = [row for row in rows(stage, outbox) if row.kind == "reminder"]
    assert "ngày đơn vị hẹn báo cáo" in reminder.text


def test_a_unit_that_undoes_its_own_promise_does_not_undo_what_the_district_has_noted_since(
    stage, officer, secretary
):
    says(secretary, "hẹn 31/3")
    says(officer, "Chũ đã gọi, hẹn mai", "1", at=AT + MINUTE)
    assert "Quý I/2022 đã có thay đổi sau đó" in says(secretary, "hoàn tác", "1", at=AT + 2 * MINUTE)
    assert promised(stage, "Chũ") == TOMORROW


def test_a_unit_undoes_its_own_promise_that_holds_again_since_the_note_was_undone(stage, officer, secretary):
    says(secretary, "hẹn 31/3")
    says(officer, "Chũ đã gọi, hẹn mai", "1", "hoàn tác", "1", at=AT + MINUTE)
    says(secretary, "hoàn tác", "1", at=AT + 2 * MINUTE)
    assert promised(stage, "Chũ") is None


def test_a_sheet_of_the_quarter_before_is_not_what_a_call_is_about(stage, officer):
    says(officer, "bảng gọi điện")
    june = datetime.fromisoformat("2022-06-28T09:00:00+07:00")
    assert "quý I" not in says(officer, "Tân Hoa đã gọi, hẹn mai", at=june)
    says(officer, "1", at=june)
    assert [row.quarter for row in rows(stage, call_notes)] == [Quarter(2022, 2)]


def test_a_wish_of_a_unit_that_owes_nothing_stays_on_the_sheet_though_nobody_answered(stage, officer):
    stage.person("secretary", "Kim Sơn", "web", "Vi Văn Sơn").says("gọi lại cho tôi", AT)
    says(officer, "bảng gọi điện", "1 không nghe máy", "1", at=AT + MINUTE)
    for later in (2 * MINUTE, timedelta(days=1)):
        sheet = says(officer, "bảng gọi điện", at=AT + later)
        while "Kim Sơn" not in sheet:
            assert "Xem tiếp" in sheet
            sheet = says(officer, "xem tiếp", at=AT + later)
        assert "không nghe máy" in sheet
